"""Whether the report can be stored, found out before an hour of tests and not after it."""

from __future__ import annotations

from pathlib import Path


def probe(directory: Path) -> None:
    """Make a directory if it is missing, and a file in it that is taken away again.

    Raises
    ------
    OSError
        If the directory cannot be made or written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / ".gradcheck-is-writable"
    file.touch()
    file.unlink()


def not_writable(directory: Path, error: OSError) -> str:
    """Say why the report cannot be stored, and the cure.

    Examples
    --------
    >>> not_writable(Path("out"), OSError(13, "Permission denied"))
    '--gradcheck-report out: cannot be written (Permission denied); name another directory'
    """
    return (
        f"--gradcheck-report {directory}: cannot be written ({error.strerror}); "
        f"name another directory"
    )
