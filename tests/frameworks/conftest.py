"""Where a framework is missing, what imports it is not collected; the tests skip themselves."""

from importlib.util import find_spec

FRAMEWORKS = ("torch", "jax", "autograd")
NEEDS_THEM = ["torch_*.py", "independent_witnesses.py", "readme_layers.py"]
collect_ignore_glob = [] if all(map(find_spec, FRAMEWORKS)) else NEEDS_THEM
