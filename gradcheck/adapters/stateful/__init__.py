"""Objects that keep parameters and caches between their forward and backward methods."""
