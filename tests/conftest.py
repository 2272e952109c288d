"""Settings of the whole suite."""

from hypothesis import settings

# The same examples in every run: a test that fails today fails tomorrow.  No deadline, because
# machines are shared and noisy.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
