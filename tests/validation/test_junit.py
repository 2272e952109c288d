"""JUnit's XML: what continuous integration reads of a validation."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gradcheck.checks.finding import Finding, Verdict
from gradcheck.validation.junit import junit
from gradcheck.validation.outcomes import Outcome
from gradcheck.validation.rows import crashed


def finding(verdict: Verdict) -> Finding:
    return Finding(
        operation="relu",
        point="given",
        check="derivative",
        quantity="delta_x",
        candidate="backward",
        reference="numerical",
        entries=1,
        candidate_value=1.0,
        reference_value=2.0,
        verdict=verdict,
    )


def case(found: Finding, output: str = "") -> ElementTree.Element:
    """Return the case of a layer, as a reader of the XML sees it."""
    made = Outcome("a.py", "relu", (found,), "x of shape (5, 3)", output, 1.5)
    root = ElementTree.fromstring(junit([made]))
    return root.find("testsuite/testcase")


def test_a_layer_that_agrees_is_a_case_and_nothing_else():
    passed = case(finding(Verdict.AGREE))
    assert passed.attrib == {
        "name": "relu, x of shape (5, 3)",
        "classname": "a.py",
        "time": "1.500",
    }
    assert list(passed) == []


@pytest.mark.parametrize(
    ("found", "tag"),
    [
        (finding(Verdict.DISAGREE), "failure"),
        (finding(Verdict.INCONCLUSIVE), "skipped"),
        (crashed("relu", "took longer than 30 s"), "error"),
    ],
)
def test_every_other_verdict_has_its_element(found, tag):
    assert [child.tag for child in case(found)] == [tag]


def test_the_message_says_what_is_wrong():
    failure = case(finding(Verdict.DISAGREE)).find("failure")
    assert failure.get("message") == "relu, given: delta_x is wrong in backward"
    assert "numerical   2.0" in failure.text


def test_what_was_printed_is_kept_without_what_xml_cannot_hold():
    printed = case(finding(Verdict.AGREE), output="\x1b[31mred\x00 <&> 50 %\n").find("system-out")
    assert printed.text == "\ufffd[31mred\ufffd <&> 50 %\n"


def test_suites_count_their_cases():
    outcomes = [
        Outcome("a.py", "right", (finding(Verdict.AGREE),)),
        Outcome("b.py", "lost", (crashed("lost", "exited"),)),
        Outcome("a.py", "wrong", (finding(Verdict.DISAGREE),)),
    ]
    counted = ("name", "tests", "failures", "errors", "skipped")
    suites = ElementTree.fromstring(junit(outcomes)).findall("testsuite")
    assert [tuple(suite.get(key) for key in counted) for suite in suites] == [
        ("a.py", "2", "1", "0", "0"),
        ("b.py", "1", "0", "1", "0"),
    ]
