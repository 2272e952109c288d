"""What is claimed of every stranger's layer, right and wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import gradcheck
from tests.strangers.stranger import Mistake, Stranger


def each_mistake(strangers: Iterable[Stranger]) -> pytest.MarkDecorator:
    """Parametrise a test by all mistakes of some strangers."""
    return pytest.mark.parametrize(
        ("stranger", "mistake"),
        [pytest.param(s, m, id=_name(s, m)) for s in strangers for m in s.mistakes],
    )


def each_cause(strangers: Iterable[Stranger]) -> pytest.MarkDecorator:
    """Do the same, expecting that the causes which are not found stay unnamed."""
    return pytest.mark.parametrize(
        ("stranger", "mistake"),
        [
            pytest.param(s, m, id=_name(s, m), marks=_unnamed(m))
            for s in strangers
            for m in s.mistakes
        ],
    )


def is_right(stranger: Stranger, directory: Path) -> None:
    """Assert that the layer agrees and obeys all laws."""
    report = gradcheck.check(*stranger.arguments(directory))
    assert report.verdict == "agree"


def is_caught(stranger: Stranger, mistake: Mistake, directory: Path) -> None:
    """Assert that the gradient disagrees in which the mistake was made."""
    report = gradcheck.check(*stranger.arguments(directory, mistake), explain=False)
    wrong = report.frame[report.frame.verdict == "DISAGREE"]
    assert mistake.quantity in set(wrong.quantity)


def is_named(
    stranger: Stranger, mistake: Mistake, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Assert that the cause is the one that was planted."""
    # a busy machine finds the same causes, only later
    monkeypatch.setattr("gradcheck.examination.EXPLAINING", math.inf)
    report = gradcheck.check(*stranger.arguments(directory, mistake), laws=False)
    causes = [f.cause for f in report.findings if f.quantity == mistake.quantity and f.cause]
    assert any(re.search(mistake.cause, cause) for cause in causes)


def _name(stranger: Stranger, mistake: Mistake) -> str:
    return f"{stranger.file[:-3]}: {mistake.name}"


def _unnamed(mistake: Mistake) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.xfail(reason=mistake.unnamed),) if mistake.unnamed else ()
