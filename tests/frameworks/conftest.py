"""Where PyTorch is missing, what imports it is not collected; the tests skip themselves."""

from importlib.util import find_spec

NEEDS_TORCH = ["torch_*.py", "independent_witnesses.py"]
collect_ignore_glob = [] if find_spec("torch") else NEEDS_TORCH
