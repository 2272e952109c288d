"""Outcomes as JUnit's XML, which continuous integration shows as tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from gradcheck.validation.messages import body, title
from gradcheck.validation.outcomes import CRASHED, Outcome

_TAGS = {"disagree": "failure", CRASHED: "error", "inconclusive": "skipped"}
"""A layer on which nothing could be said is not passed, and not failed."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(outcomes: Sequence[Outcome]) -> str:
    """Return a suite for each target, with a case for each layer.

    Parameters
    ----------
    outcomes : sequence of Outcome
        Of the layers.
    """
    root = ElementTree.Element("testsuites", name="gradcheck")
    for target in dict.fromkeys(outcome.target for outcome in outcomes):
        _suite(root, target, [outcome for outcome in outcomes if outcome.target == target])
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ElementTree.Element, target: str, outcomes: Sequence[Outcome]) -> None:
    tags = [_TAGS.get(outcome.verdict, "") for outcome in outcomes]
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=_text(target),
        tests=str(len(outcomes)),
        failures=str(tags.count("failure")),
        errors=str(tags.count("error")),
        skipped=str(tags.count("skipped")),
        time=f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    )
    for outcome, tag in zip(outcomes, tags, strict=True):
        _case(suite, outcome, tag)


def _case(suite: ElementTree.Element, outcome: Outcome, tag: str) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=_text(title(outcome)),
        classname=_text(outcome.target),
        time=f"{outcome.seconds:.3f}",
    )
    if tag:
        said = _text(body(outcome))
        ElementTree.SubElement(case, tag, message=said.partition("\n")[0]).text = said
    if outcome.output:
        ElementTree.SubElement(case, "system-out").text = _text(outcome.output)


def _text(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
