r"""Matrix factorisation of ratings: user u rates item i by p_u^\top q_i.

Only the ratings that are known count: m_ui = 1 where they are, 0 where they are not.  Users and
items share their factors with each other, so that all forms carry both indices.

Shapes
    P : (u, k), Q : (i, k), R : (u, i), M : (u, i), lam : (), e : (u, i), E : ().

Convention
    Half the squares, **summed** over the known ratings; every factor is penalised once, however
    many ratings it has; \lambda (lam) is given.

Source
    Y. Koren, R. Bell and C. Volinsky, Matrix factorization techniques for recommender systems,
    Computer 42 (2009), no. 8, 30-37, who count the penalty once a rating.
"""

from gradcheck.notation import POSITIVE, Binary, Operation, equation
from gradcheck.notation.scalar import total


@equation
def e(P, Q, R, M):
    r"e_{ui} = m_{ui} \left( \sum_k p_{uk} q_{ik} - r_{ui} \right)"
    U, I, K = len(P), len(Q), len(Q[0])
    return [
        [M[u][i] * (total(P[u][k] * Q[i][k] for k in range(K)) - R[u][i]) for i in range(I)]
        for u in range(U)
    ]


@e.matrix
def e(P, Q, R, M):
    r"e = M \odot (P Q^\top - R)"
    return M * (P @ Q.T - R)


@equation
def E(e, P, Q, lam):
    r"E = \frac{1}{2} \left( \sum e_{ui}^2 + \lambda \sum p_{uk}^2 + \lambda \sum q_{ik}^2 \right)"
    squares = total(e_ui * e_ui for e_u in e for e_ui in e_u)
    of_users = total(p_uk * p_uk for p_u in P for p_uk in p_u)
    of_items = total(q_ik * q_ik for q_i in Q for q_ik in q_i)
    return squares / 2 + lam * (of_users + of_items) / 2


@E.matrix
def E(e, P, Q, lam):
    r"E = \frac{1}{2} \| e \|^2 + \frac{\lambda}{2} (\| P \|^2 + \| Q \|^2)"
    return (e**2).sum() / 2 + lam * ((P**2).sum() + (Q**2).sum()) / 2


@equation
def delta_P(delta_E, e, P, Q, lam):
    r"\delta p_{uk} = \delta E \left( \sum_i e_{ui} q_{ik} + \lambda p_{uk} \right)"
    U, I, K = len(P), len(Q), len(Q[0])
    return [
        [delta_E * (total(e[u][i] * Q[i][k] for i in range(I)) + lam * P[u][k]) for k in range(K)]
        for u in range(U)
    ]


@delta_P.matrix
def delta_P(delta_E, e, P, Q, lam):
    r"\delta P = \delta E \, (e Q + \lambda P)"
    return delta_E * (e @ Q + lam * P)


@equation
def delta_Q(delta_E, e, P, Q, lam):
    r"\delta q_{ik} = \delta E \left( \sum_u e_{ui} p_{uk} + \lambda q_{ik} \right)"
    U, I, K = len(P), len(Q), len(Q[0])
    return [
        [delta_E * (total(e[u][i] * P[u][k] for u in range(U)) + lam * Q[i][k]) for k in range(K)]
        for i in range(I)
    ]


@delta_Q.matrix
def delta_Q(delta_E, e, P, Q, lam):
    r"\delta Q = \delta E \, (e^\top P + \lambda Q)"
    return delta_E * (e.T @ P + lam * Q)


matrix_factorisation = Operation(
    "matrix factorisation",
    "(u,k),(i,k),(u,i),(u,i),()->()",
    E,
    (delta_P, delta_Q),
    where=(e,),
    inputs=("P", "Q", "R", "M", "lam"),
    parameters=("P", "Q"),
    constants=("R", "M", "lam"),
    domain={"M": Binary(), "lam": POSITIVE},
)
