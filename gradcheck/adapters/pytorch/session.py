"""One start of PyTorch code: forward on tensors over the given arrays, back through autograd."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from gradcheck.adapters.pytorch.modules import Running
from gradcheck.adapters.pytorch.numbers import Numbers
from gradcheck.adapters.pytorch.outputs import Outputs
from gradcheck.adapters.pytorch.program import Program
from gradcheck.adapters.pytorch.tensors import array_of, is_tensor, pytorch, settings
from gradcheck.arithmetic.leaves import leaves
from gradcheck.notation.layer import Array, Session, Values


class TorchSession(Session):
    """The tensors of the last forward pass are what autograd goes back through."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.running: Running | None = None
        self.outputs = program.outputs
        self._numbers: Numbers | None = None
        self._values: Values = {}
        self._ends: dict[str, Any] = {}
        self._tensors: list[Any] = []

    def forward(self, values: Values) -> Any:
        """Return the output as an array."""
        numbers = Numbers.of(values.values(), self._program.dtype)
        if self._program.copies is not None and numbers != self._numbers:
            self.running = self._program.copies.start(numbers.real)
        self._values, self._numbers = values, numbers
        with settings(numbers.real):
            result = self._result(numbers)
        self.outputs = self.outputs or Outputs.found_in(result)
        self._tensors = self.outputs.of_result(result)
        return self.outputs.joined(self._tensors)

    def backward(self, cotangent: Any) -> dict[str, Any]:
        """Return the gradients, zero where no path leads: that is what autograd's None means."""
        return {
            symbol: _zeros_like(self._values[symbol]) if found is None else array_of(found)
            for symbol, found in self.found(cotangent).items()
        }

    def found(self, cotangent: Any) -> dict[str, Any]:
        """Return what autograd finds for each symbol: a tensor, or None where no path leads."""
        assert self.outputs is not None  # forward found them
        assert self._numbers is not None
        parts = self.outputs.split(cotangent, self._tensors)
        pairs = [(y, d) for y, d in zip(self._tensors, parts, strict=True) if y.requires_grad]
        symbols = self._program.differentiable
        if not pairs or not symbols:
            return dict.fromkeys(symbols)
        with settings(self._numbers.real):
            gradients = pytorch().autograd.grad(
                [output for output, _ in pairs],
                [self._ends[symbol] for symbol in symbols],
                [part for _, part in pairs],
                retain_graph=True,  # so that one can go back twice
                allow_unused=True,
            )
        return dict(zip(symbols, gradients, strict=True))

    def memory(self) -> dict[str, Array]:
        """Return what the user's own autograd.Functions keep for their backward."""
        return {
            f"{node.name()}[{n}].{path}": array_of(tensor)
            for n, node in enumerate(_nodes(tensor.grad_fn for tensor in self._tensors))
            for path, tensor in _kept(node)
        }

    def _result(self, numbers: Numbers) -> Any:
        """Call the code on tensors over the values."""
        subject, arguments = self._program.subject, self._program.arguments
        inputs = {
            slot.symbol: numbers.tensor(self._values[slot.symbol], slot.device)
            for slot in arguments.slots
        }
        wanted = self._program.differentiable
        self._ends = {s: _end(tensor) for s, tensor in inputs.items() if s in wanted}
        with self._parameters(numbers) as parameters:
            self._ends |= parameters
            called = subject.bound(self.running and self.running.module, numbers.real)
            return called(*arguments.filled(inputs))

    def _parameters(self, numbers: Numbers) -> AbstractContextManager[Mapping[str, Any]]:
        if self.running is None:
            return nullcontext({})
        return self.running.holding(
            {
                symbol: numbers.tensor(self._values[symbol], parameter.device)
                for symbol, parameter in self._program.parameters.items()
            }
        )


def _end(tensor: Any) -> Any:
    """Make a tensor part of autograd's graph, and return the place at which its gradient arrives.

    A leaf that requires gradients must not be changed in place, as an in-place ReLU does; in a
    network, what reaches a layer is no leaf.  To add -0.0 makes it the result of an operation,
    over the same memory, and leaves every bit as it is.
    """
    torch = pytorch()
    tensor.add_(torch.full((), -0.0, dtype=tensor.dtype, device=tensor.device).requires_grad_())
    return torch.autograd.graph.get_gradient_edge(tensor)


def _zeros_like(value: Any) -> Array:
    return np.zeros(np.shape(value), np.asarray(value).dtype)


def _nodes(starts: Iterable[Any]) -> Iterator[Any]:
    """Yield the nodes of autograd's graph that are the user's, each once."""
    ahead, seen = [node for node in starts if node is not None], set()
    while ahead:
        node = ahead.pop()
        if node in seen:
            continue
        seen.add(node)
        ahead += [before for before, _ in node.next_functions if before is not None]
        if isinstance(node, pytorch().autograd.function.BackwardCFunction):
            yield node


def _kept(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield the tensors that a Function saved, and those that it set as attributes of ctx."""
    for n, tensor in enumerate(node.saved_tensors):
        if tensor is not None:
            yield f"saved_tensors[{n}]", tensor
    for name, value in vars(node).items():
        for n, leaf in enumerate(leaves(value)):
            if is_tensor(leaf):
                yield f"{name}[{n}]" if isinstance(value, (list, tuple, dict)) else name, leaf
