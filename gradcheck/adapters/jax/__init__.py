"""JAX code as layers: custom rules and plain functions, in floats by JAX, in balls by its jaxpr."""
