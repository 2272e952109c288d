"""`gradcheck prove`, and the column `evidence` of a report."""

import json
import sys

import pytest
from click.testing import CliRunner

pytest.importorskip("sympy", reason="proofs need the extra 'proofs'")

from gradcheck.checks.finding import Evidence, Finding, Verdict
from gradcheck.checks.proof import Proof
from gradcheck.cli import main
from gradcheck.proving import upgraded


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_it_lists_equation_form_and_evidence():
    lines = run("prove", "--only", "tanh").output.splitlines()
    assert lines[0].split() == [
        "operation",
        "equation",
        "form",
        "against",
        "evidence",
        "why",
        "not",
    ]
    assert lines[2].split() == ["tanh", "delta_z", "scalar", "numerical", "proved"]


def test_it_counts_the_equations_that_were_proved():
    output = run("prove", "--only", "dense").output
    assert output.splitlines()[-1] == "4 of 4 equations proved, in all their forms"


def test_what_is_not_proved_is_listed_with_its_reason_and_is_no_failure():
    result = run("prove", "--only", "relu")
    assert "not proved  not smooth: the code branches on z[0] > 0" in result.output
    assert result.output.splitlines()[-1] == "0 of 2 equations proved, in all their forms"
    assert result.exit_code == 0


def test_a_pattern_that_matches_nothing_could_not_run():
    result = run("prove", "--only", "no such layer")
    assert result.exit_code == 2
    assert "--only no such layer: matches none of dense" in result.output


def test_without_sympy_it_names_the_cure(monkeypatch):
    monkeypatch.delitem(sys.modules, "gradcheck.checks.proof", raising=False)
    monkeypatch.setitem(sys.modules, "sympy", None)
    for module in [name for name in sys.modules if name.startswith("gradcheck.arithmetic.symbol")]:
        monkeypatch.delitem(sys.modules, module)
    result = run("prove", "--only", "dense")
    assert result.exit_code == 2
    assert "proofs need sympy; install it with: pip install 'gradcheck[proofs]'" in result.output


def evidence_of(tmp_path, *options):
    run("report", "reference_nets.activations.tanh", "--out", str(tmp_path), *options)
    report = json.loads((tmp_path / "gradient_accuracy.json").read_text(encoding="utf-8"))
    return {finding["evidence"] for finding in report["findings"]}


def test_a_report_says_proved_where_it_was_asked_to_prove(tmp_path):
    assert evidence_of(tmp_path, "--prove") == {"proved"}


def test_a_report_says_exact_otherwise(tmp_path):
    assert evidence_of(tmp_path) == {"exact"}


def finding(**changes):
    columns = {
        "operation": "dense",
        "point": "random",
        "check": "derivative",
        "quantity": "delta_w",
        "candidate": "matrix form",
        "reference": "numerical",
        "evidence": Evidence.EXACT,
        "verdict": Verdict.AGREE,
    }
    return Finding(**(columns | changes))


PROVED = Proof(
    operation="dense", quantity="delta_w", candidate="matrix form", reference="numerical"
)


def test_only_what_balls_confirm_is_marked_as_proved():
    (marked,) = upgraded([finding()], [PROVED])
    assert marked.evidence is Evidence.PROVED


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.DISAGREE},
        {"verdict": Verdict.INCONCLUSIVE},
        {"evidence": Evidence.MEASURED},
        {"candidate": "scalar form"},
        {"operation": "another"},
    ],
    ids=str,
)
def test_what_balls_do_not_confirm_keeps_its_evidence(changes):
    unmarked = finding(**changes)
    assert upgraded([unmarked], [PROVED]) == [unmarked]
