"""The permanent corpus of right but awkward gradients: no checker may accuse one of them."""

from tests.corpus.algorithms import ALGORITHMS
from tests.corpus.awkward import Awkward, wrong_twin
from tests.corpus.badly_scaled import BADLY_SCALED
from tests.corpus.dense_layers import DENSE_LAYERS
from tests.corpus.domain_edges import DOMAIN_EDGES
from tests.corpus.factorisations import FACTORISATIONS
from tests.corpus.image_layers import IMAGE_LAYERS
from tests.corpus.inaccurate import INACCURATE
from tests.corpus.input_memory import INPUT_MEMORY
from tests.corpus.input_shapes import INPUT_SHAPES
from tests.corpus.kinks import KINKS
from tests.corpus.near_kinks import NEAR_KINKS
from tests.corpus.noisy import NOISY
from tests.corpus.not_liftable import NOT_LIFTABLE
from tests.corpus.overflow import OVERFLOW
from tests.corpus.sequence_layers import SEQUENCE_LAYERS
from tests.corpus.stable_rewrites import STABLE_REWRITES
from tests.corpus.ties import TIES

CORPUS: tuple[Awkward, ...] = (
    *BADLY_SCALED,
    *OVERFLOW,
    *STABLE_REWRITES,
    *ALGORITHMS,
    *INACCURATE,
    *NOT_LIFTABLE,
    *FACTORISATIONS,
    *NOISY,
    *KINKS,
    *TIES,
    *NEAR_KINKS,
    *DOMAIN_EDGES,
    *INPUT_SHAPES,
    *INPUT_MEMORY,
    *DENSE_LAYERS,
    *SEQUENCE_LAYERS,
    *IMAGE_LAYERS,
)

__all__ = ["CORPUS", "Awkward", "wrong_twin"]
