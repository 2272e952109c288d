"""Where PyTorch is missing, its tables are not collected; the tests skip themselves."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["torch_*.py"]
