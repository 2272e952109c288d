"""All of NumPy that layers are written with has a counterpart; its own test is named after it."""

import numpy as np
import pytest

from gradcheck.arithmetic.buffers import MAKERS
from gradcheck.arithmetic.dispatch import FUNCTIONS, UFUNCS
from gradcheck.arithmetic.special import IN_PYTHON

UFUNC_NAMES = """
    add subtract multiply divide power negative positive square sqrt cbrt reciprocal absolute fabs
    sign exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh
    arccosh arctanh arctan2 hypot logaddexp logaddexp2 maximum minimum fmax fmin floor ceil rint
    trunc floor_divide remainder fmod heaviside copysign isnan isfinite isinf signbit less greater
    less_equal greater_equal equal not_equal logical_and logical_or logical_not matmul
    erf erfc expit gammaln digamma psi xlogy logit log_expit ndtr
""".split()  # noqa: SIM905 - a line a name would fill screens

FUNCTION_NAMES = """
    sum mean var std max min prod cumsum cumprod argmax argmin sort argsort median average where
    clip round sinc dot vdot inner outer tensordot einsum trace diff pad stack concatenate vstack
    hstack roll flip repeat tile broadcast_to take take_along_axis put_along_axis reshape ravel
    transpose swapaxes moveaxis squeeze expand_dims split array_split tril triu diag diagonal
    zeros_like ones_like empty_like full_like select piecewise nonzero count_nonzero any all
    linalg.norm linalg.inv linalg.solve linalg.det linalg.slogdet linalg.cholesky
    lib.stride_tricks.sliding_window_view
""".split()  # noqa: SIM905 - a line a name would fill screens

MAKER_NAMES = """
    zeros ones empty full eye identity zeros_like ones_like empty_like full_like array asarray
    asanyarray ascontiguousarray fromiter
""".split()  # noqa: SIM905 - a line a name would fill screens


@pytest.mark.parametrize("name", UFUNC_NAMES)
def test_ufunc_has_a_counterpart(name):
    assert name in UFUNCS


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_function_has_a_counterpart(name):
    function = np
    for part in name.split("."):
        function = getattr(function, part)
    assert function in FUNCTIONS


@pytest.mark.parametrize("name", MAKER_NAMES)
def test_maker_has_a_stand_in(name):
    assert name in MAKERS


@pytest.mark.parametrize("name", ["logsumexp", "softmax", "log_softmax"])
def test_python_function_of_scipy_has_a_stand_in(name):
    assert name in IN_PYTHON
