"""A line of Python that brings a disagreement back."""

from __future__ import annotations

from gradcheck.notation.layer import Layer
from gradcheck.search.candidate import Candidate, as_drawn
from gradcheck.search.layouts import LAYOUTS, PLAIN
from gradcheck.search.legible import array_expression, name_of

_BACKWARD_TAKES = {"forward and backward": "{inputs}", "forward with cache": "cache"}
"""What a backward function is handed after the cotangent, by the kind of the layer."""


def reproducing_line(layer: Layer, candidate: Candidate) -> str:
    """Return a line of Python that checks a layer at a candidate; empty where there is none.

    Functions are called by their names, objects by those of their classes with ``...`` for what
    they were made with, and their parameters stand in a comment.

    Parameters
    ----------
    layer : Layer
        The layer.
    candidate : Candidate
        Where it goes wrong.
    """
    code = _code(layer, candidate.layout)
    if not code or candidate.cotangent is not as_drawn:
        return ""
    inputs = ", ".join(_input(layer, candidate, symbol) for symbol in layer.inputs)
    return (
        f"gradcheck.check({code}, [{inputs}]{_options(layer, candidate)}){_kept(layer, candidate)}"
    )


def _code(layer: Layer, layout: str) -> str:
    """Return the code under test; handed arrays of another layout where that matters."""
    given = layer.code[:1] if layer.kind.startswith("JAX") else layer.code
    names = [name_of(one) for one in given]
    if layout == PLAIN:
        return ", ".join(names)
    if layer.kind not in _BACKWARD_TAKES or not LAYOUTS[layout].text:
        return ""
    stored = {
        symbol: LAYOUTS[layout].text.format(symbol) if x.ndim else symbol
        for symbol, x in layer.values.items()
    }
    inputs, handed = ", ".join(stored), ", ".join(stored.values())
    taken = _BACKWARD_TAKES[layer.kind]
    dout = LAYOUTS[layout].text.format("dout") if layer.output.ndim else "dout"
    return (
        f"lambda {inputs}: {names[0]}({handed}), "
        f"lambda dout, {taken.format(inputs=inputs)}: "
        f"{names[1]}({dout}, {taken.format(inputs=handed)})"
    )


def _input(layer: Layer, candidate: Candidate, symbol: str) -> str:
    x = candidate.values[symbol]
    if layer.kind.startswith("PyTorch"):
        return f"torch.tensor({array_expression(x)})"
    return array_expression(x)


def _options(layer: Layer, candidate: Candidate) -> str:
    floating = [symbol for symbol in layer.inputs if candidate.values[symbol].dtype.kind == "f"]
    held = [symbol for symbol in floating if symbol in layer.held]
    return (f", held={held!r}" if held else "") + (
        f", seed={candidate.seed}" if candidate.seed else ""
    )


def _kept(layer: Layer, candidate: Candidate) -> str:
    """Return a comment with the parameters that the code keeps itself."""
    kept = [f"{s} = {array_expression(candidate.values[s])}" for s in layer.parameters]
    return f"  # with {', '.join(kept)}" if kept else ""
