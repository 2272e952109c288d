"""What PyTorch calls the layers that only multiply, choose, arrange and add."""

import torch
from torch.nn import functional

PADDING = 0


def padded_embedding(w, x):
    """Return PyTorch's embedding, the padding row set to zero, as it starts out there."""
    return functional.embedding(
        x, w.index_fill(0, torch.tensor([PADDING]), 0.0), padding_idx=PADDING
    )


SIMPLE_LAYERS = {
    "bilinear": lambda w, x, y, b: functional.bilinear(x, y, w, b),
    "embedding": lambda w, x: functional.embedding(x, w),
    "embedding, padding index 0": padded_embedding,
    "dropout": lambda x, m, p: torch.where(m == 1, x / (1 - p), 0.0),  # its own draws the mask
    "flatten": lambda x: torch.flatten(x, start_dim=-3),
    "residual sum": torch.add,
    "concatenation": lambda a, b: torch.cat((a, b), dim=-1),
}
