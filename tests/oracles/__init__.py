"""Tests of the oracles: derivatives from the forward code alone."""
