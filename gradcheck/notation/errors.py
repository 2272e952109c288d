"""What the notation refuses: each error names the offending thing and its cure."""

from __future__ import annotations


class NotationError(ValueError):
    """A declaration that contradicts itself: an equation, a signature or an operation."""


class PointError(ValueError):
    """Inputs that do not fit an operation: a shape, a dtype or a value outside its domain."""
