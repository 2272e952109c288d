"""One operation at one point: our values, and PyTorch's under our symbols."""

import numpy as np
import torch

from reference_nets import CATALOGUE, multilayer_perceptron
from tests.frameworks.entitled_errors import values_at, wanted
from tests.frameworks.torch_functions import TORCH

OPERATIONS = [*CATALOGUE, multilayer_perceptron(1)]


def our_values(operation, point, form):
    return operation.evaluate(form, values_at(operation, point), wanted(operation))


def torch_values(operation, point):
    """Return the output and the gradients that PyTorch gives, under our symbols."""
    tensors = {symbol: tensor(point.inputs[symbol]) for symbol in operation.inputs}
    for symbol in operation.differentiable:
        tensors[symbol].requires_grad_()
    output = TORCH[operation.name](*tensors.values())
    output.backward(tensor(point.cotangent))
    gradients = {f"delta_{s}": tensors[s].grad.numpy() for s in operation.differentiable}
    return {operation.output: output.detach().numpy(), **gradients}


def tensor(x):
    return torch.tensor(np.array(x))  # a copy: the point is read-only
