"""Other people's layers as operations, and the targets in which they are found."""
