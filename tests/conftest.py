"""Settings of the whole suite."""

from hypothesis import settings

pytest_plugins = ["pytester"]  # runs pytest inside a test, for the plugin's own tests

# The same examples in every run: a test that fails today fails tomorrow.  No deadline, because
# machines are shared and noisy.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
