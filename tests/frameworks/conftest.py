"""Where PyTorch is missing, its table is not collected; the tests skip themselves."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["torch_functions.py"]
