"""Twenty gradients that are right at an ordinary sample and wrong elsewhere, each with its twin."""

from tests.search_mistakes.at_repeated_indices import AT_REPEATED_INDICES
from tests.search_mistakes.at_ties import AT_TIES
from tests.search_mistakes.at_zeros import AT_ZEROS
from tests.search_mistakes.hidden import Hidden
from tests.search_mistakes.in_other_layouts import IN_OTHER_LAYOUTS
from tests.search_mistakes.off_the_default import OFF_THE_DEFAULT

HIDDEN: tuple[Hidden, ...] = (
    *AT_ZEROS,
    *AT_TIES,
    *AT_REPEATED_INDICES,
    *IN_OTHER_LAYOUTS,
    *OFF_THE_DEFAULT,
)

__all__ = ["HIDDEN", "Hidden"]
