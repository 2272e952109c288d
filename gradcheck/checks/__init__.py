"""The laws: each a function from an operation and a point to findings."""
