"""Whether a report can be stored, found out before an hour's work and not after it.

It imports nothing of weight: the pytest plugin is loaded by every run of pytest.
"""

from __future__ import annotations

from pathlib import Path


def make_writable(directory: Path) -> None:
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


def not_writable(option: str, directory: Path, error: OSError) -> str:
    """Say why the report cannot be stored, and the cure.

    Examples
    --------
    >>> not_writable("--out", Path("out"), OSError(13, "Permission denied"))
    '--out out: cannot be written (Permission denied); name another directory'
    """
    return f"{option} {directory}: cannot be written ({error.strerror}); name another directory"
