"""What the command line of ``gradcheck validate`` says, and whether that can be done."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradcheck.adapters.examples import (
    ArgumentsError,
    ShapesError,
    parse_arguments,
    parse_shapes,
)
from gradcheck.adapters.recognition import KINDS
from gradcheck.directories import make_writable
from gradcheck.validation.jobs import Job
from gradcheck.validation.limits import Limits


class RefusedError(Exception):
    """The command cannot run; the message has the cure."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line says.

    Attributes
    ----------
    targets : sequence of str
        What to validate.
    arguments, shapes : str
        What constructors and layers are called with; guessed if empty.
    kind : str
        How to understand the code; recognised if empty.
    limits : Limits
        On each layer.
    seed : int
        Of all that is drawn.
    search : bool
        Whether to search for inputs at which a gradient goes wrong.
    require_digits : float, optional
        Digits that floats have to keep.
    jobs : int
        Processes at a time.
    json : bool
        Whether to print JSON and nothing else.
    out, junit : Path, optional
        Where to write the report, and JUnit's XML.
    """

    targets: Sequence[str]
    limits: Limits
    arguments: str = ""
    shapes: str = ""
    kind: str = ""
    seed: int = 0
    search: bool = False
    require_digits: float | None = None
    jobs: int = 1
    json: bool = False
    out: Path | None = None
    junit: Path | None = None

    def command_for(self, targets: Sequence[str]) -> str:
        """Return the command line for targets, as far as it decides what is found."""
        parts = ["gradcheck", "validate", *targets]
        parts += ["--args", self.arguments] * bool(self.arguments)
        parts += ["--shapes", self.shapes] * bool(self.shapes)
        parts += ["--kind", self.kind] * bool(self.kind)
        parts += ["--search"] * self.search + ["--seed", str(self.seed)]
        if self.require_digits is not None:
            parts += ["--require-digits", f"{self.require_digits:g}"]
        return shlex.join(parts)

    def job(self, task: str, target: str, layer: str = "") -> Job:
        """Return a question to a worker."""
        return Job(
            task=task,
            target=target,
            layer=layer,
            arguments=self.arguments,
            shapes=self.shapes,
            kind=self.kind,
            seed=self.seed,
            search=self.search,
            entitlement=self.require_digits is not None,
            gigabytes=self.limits.gigabytes,
            budget=self.limits.checking,
        )


def check(options: Options) -> None:
    """Find out before an hour's work, not after it, whether the options can be followed.

    Raises
    ------
    RefusedError
        If one cannot, with its value and the cure.
    """
    limits = options.limits
    _refuse(not options.targets, "name what to validate: path.py, path.py:Name or package.module")
    _refuse(
        options.kind not in ("", *KINDS),
        f"--kind {options.kind}: take one of {', '.join(KINDS)}, or leave it out",
    )
    _refuse(options.seed < 0, f"--seed {options.seed}: a seed is 0 or larger")
    _refuse(options.jobs < 1, f"--jobs {options.jobs}: at least one process is needed")
    _refuse(not limits.seconds > 0, f"--timeout {limits.seconds:g}: give seconds, more than 0")
    _refuse(not limits.gigabytes > 0, f"--memory {limits.gigabytes:g}: give GB, more than 0")
    try:
        parse_arguments(options.arguments)
        parse_shapes(options.shapes) if options.shapes else None
    except ArgumentsError as error:
        raise RefusedError(f"--args {error}") from None
    except ShapesError as error:
        raise RefusedError(f"--shapes {error}") from None
    _check_writable("--out", options.out)
    _check_writable("--junit", options.junit.parent if options.junit else None)


def _refuse(wrong: bool, reason: str) -> None:  # noqa: FBT001 - a condition, not a switch
    if wrong:
        raise RefusedError(reason)


def _check_writable(option: str, directory: Path | None) -> None:
    if directory is None:
        return
    try:
        make_writable(directory)
    except OSError as error:
        raise not_writable(option, directory, error) from None


def not_writable(option: str, directory: Path, error: OSError) -> RefusedError:
    """Return the error that says that a file cannot be stored."""
    return RefusedError(
        f"{option} {directory}: cannot be written ({error.strerror}); name another place"
    )
