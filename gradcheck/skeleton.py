"""What ``gradcheck init`` does: writes a new layer, in the notation, and its test."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

import click

COULD_NOT_RUN = 2

TAKEN = frozenset({"gradcheck", "np", "numpy", "pytest", "conftest", "total", "equation", "z"})
"""Names that the skeleton needs for something else."""


class SkeletonError(Exception):
    """A skeleton that cannot be written there; the message has the cure."""


def init(path: Path) -> int:
    """Write the skeleton of a layer and its test, and say what to do with them.

    Parameters
    ----------
    path : Path
        ``name.py``, of a file that does not exist yet.

    Returns
    -------
    int
        The exit status: 0, or 2 if it could not be written.
    """
    try:
        texts = skeleton(path)
        _write(texts)
    except SkeletonError as error:
        click.echo(f"gradcheck: {error}", err=True)
        return COULD_NOT_RUN
    for written in texts:
        click.echo(f"wrote {written}")
    click.echo(f"next: pytest {list(texts)[1]}; gradcheck validate {path}; gradcheck report {path}")
    return 0


def skeleton(path: Path) -> Mapping[Path, str]:
    """Return the text of a layer and that of its test, by their paths.

    Parameters
    ----------
    path : Path
        Of the layer.

    Raises
    ------
    SkeletonError
        If the name is none for a layer.

    Examples
    --------
    >>> [path.name for path in skeleton(Path("gate.py"))]
    ['gate.py', 'test_gate.py']
    """
    _check_name(path)
    name = path.stem
    in_package = (path.parent / "__init__.py").exists()
    names = {
        "name": name,
        "title": name.replace("_", " ").strip().capitalize(),
        "module": f".{name}" if in_package else name,
    }
    return {
        path: _text("layer", names),
        path.with_name(f"test_{name}.py"): _text("test", names),
    }


def _check_name(path: Path) -> None:
    name = path.stem
    if path.suffix != ".py":
        raise SkeletonError(f"{path} is no path of a module: let it end in .py")
    if not name.isidentifier() or keyword.iskeyword(name):
        raise SkeletonError(
            f"{path}: {name!r} is no name in Python; take letters, digits and underscores, "
            f"a letter first"
        )
    if name in TAKEN or name in sys.stdlib_module_names or name.startswith("test_"):
        raise SkeletonError(f"{path}: {name} is the name of something else; take another one")


def _text(template: str, names: Mapping[str, str]) -> str:
    source = files("gradcheck") / "templates" / f"{template}.txt"
    return Template(source.read_text(encoding="utf-8")).substitute(names)


def _write(texts: Mapping[Path, str]) -> None:
    """Write all files or none, and overwrite none."""
    written: list[Path] = []
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        for half_done in written:
            half_done.unlink()
        raise SkeletonError(_refusal(path, error)) from None


def _refusal(path: Path, error: OSError) -> str:
    if isinstance(error, FileExistsError) and Path(error.filename) == path:
        return f"{path} exists, and is left as it is: remove it, or take another name"
    return f"{path}: cannot be written ({error.strerror}); name another place"
