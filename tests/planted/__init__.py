"""Wrong layers, each a few lines away from a right one: the harness must catch and name them."""
