"""Examples for code that comes without inputs: said by people, or guessed and tried."""

from gradcheck.adapters.examples.arguments import Arguments, ArgumentsError, parse_arguments
from gradcheck.adapters.examples.drawn import Drawn
from gradcheck.adapters.examples.examples import described, example_of, examples_of
from gradcheck.adapters.examples.nearest import NoExampleError
from gradcheck.adapters.examples.shapes import ShapesError, parse_shapes

__all__ = [
    "Arguments",
    "ArgumentsError",
    "Drawn",
    "NoExampleError",
    "ShapesError",
    "described",
    "example_of",
    "examples_of",
    "parse_arguments",
    "parse_shapes",
]
