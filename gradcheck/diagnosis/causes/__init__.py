"""What a gradient can be wrong by: one family of mistakes a file, each tried in turn."""
