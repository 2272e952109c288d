"""What a process prints: the beginning is kept, the rest is counted and thrown away."""

from __future__ import annotations

import threading
from typing import IO

KEPT = 2_000
"""Bytes: about a screenful."""

CHUNK = 1 << 16


class Output:
    """Reads a pipe to its end, beside whatever else goes on, so that nothing ever fills up.

    Parameters
    ----------
    pipe : file
        A binary one.
    """

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe, self._kept, self.bytes = pipe, b"", 0
        # a daemon, because a grandchild that outlives its parent may hold the pipe open
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while chunk := self._pipe.read1(CHUNK):  # type: ignore[attr-defined]  # a buffered reader
            self._kept = (self._kept + chunk)[:KEPT]
            self.bytes += len(chunk)
        self._pipe.close()

    def text(self, patience: float = 1.0) -> str:
        """Return the first lines, with a mark where something was left out."""
        self._reader.join(patience)
        text = self._kept.decode("utf-8", errors="replace")
        left_out = self.bytes - len(self._kept)
        return text + f"... and {size(left_out)} more" if left_out else text


def size(count: int) -> str:
    """Write a number of bytes as people say it.

    Examples
    --------
    >>> size(50_000_123), size(1_200), size(17)
    ('50 MB', '1.2 kB', '17 bytes')
    """
    for name, unit in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} bytes"
