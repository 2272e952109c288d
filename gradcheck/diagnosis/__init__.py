"""From a disagreement to its cause: which form, where, and why."""
