"""Validating strangers' layers: each in a process of its own, one row however it ends."""
