"""What pytest must not look into: strangers' code is run by the tests, right and edited."""

collect_ignore = ["code"]
