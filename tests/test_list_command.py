"""`gradcheck list`: which operations it names, what it says of each, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gradcheck.cli import main
from gradcheck.listing import evidence_in
from reference_nets import CATALOGUE, lenet

OK, COULD_NOT_RUN = 0, 2


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


def row_of(name: str, *options: str) -> list[str]:
    """Return the cells of one operation's row."""
    rows = run("list", "--only", name, "--format", "tsv", *options).output.splitlines()
    return [cell.strip() for cell in rows[1].split("\t")]


def stored(directory: Path, *findings: dict[str, str], target: str = "reference_nets") -> None:
    """Store a report with these findings."""
    made_by = {"command": f"gradcheck report {target} --seed 0"}
    content = json.dumps({"made_by": made_by, "findings": findings})
    (directory / "reports").mkdir()
    (directory / "reports" / "gradient_accuracy.json").write_text(content, encoding="utf-8")


def finding(evidence: str = "exact", verdict: str = "agree") -> dict[str, str]:
    return {"operation": "dense", "evidence": evidence, "verdict": verdict}


def test_the_list_has_every_operation_of_the_catalogue_in_its_order(here):
    result = run("list", "--format", "tsv")
    names = [line.split("\t")[0].strip() for line in result.output.splitlines()[1:-2]]
    assert result.exit_code == OK
    assert names == [operation.name for operation in CATALOGUE]


def test_a_row_has_inputs_with_their_dimensions_output_equations_and_forms(here):
    assert row_of("dense")[:-1] == [
        "dense",
        "w(k,i), a(i), b(k)",
        "z(k)",
        "4",
        "scalar, matrix, batch",
    ]


def test_many_inputs_take_several_lines_on_a_terminal_and_one_in_a_file(here):
    lines = run("list", "--only", "lenet").output.splitlines()
    inputs = row_of("lenet")[1]
    assert not any(inputs in line for line in lines)
    assert inputs.count("(") == len(lenet.inputs)


def test_the_last_line_counts(here):
    last = run("list", "--only", "dense").output.splitlines()[-1]
    assert last.startswith("operations: 1; equations: 4; ")


def test_evidence_is_that_of_the_stored_report(here):
    stored(here, finding("exact"), finding("exact"))
    assert row_of("dense")[-1] == "exact"
    last = run("list", "--only", "dense").output.splitlines()[-1]
    assert last.endswith("evidence from reports/gradient_accuracy.json")


def test_without_a_report_it_says_so_and_how_to_make_one(here):
    assert row_of("dense")[-1] == "not yet reported"
    last = run("list", "--only", "dense").output.splitlines()[-1]
    assert "no report on reference_nets in reports" in last
    assert last.endswith("make one with: gradcheck report reference_nets")


def test_what_is_not_in_the_report_is_not_yet_reported(here):
    stored(here, finding())
    assert row_of("bilinear")[-1] == "not yet reported"


def test_a_report_on_another_target_is_no_evidence(here):
    """Somebody else's dense layer is another layer."""
    stored(here, finding(), target="somebodys.layers")
    assert row_of("dense")[-1] == "not yet reported"


@pytest.mark.parametrize(
    ("findings", "evidence"),
    [
        ([finding("proved"), finding("proved")], "proved"),
        ([finding("proved"), finding("exact")], "exact, 1 of 2 proved"),
        ([finding("exact"), finding("measured")], "measured"),
        ([finding("proved"), finding(verdict="DISAGREE")], "DISAGREE"),
        ([finding("proved"), finding(verdict="inconclusive")], "inconclusive"),
    ],
)
def test_the_weakest_comparison_decides(findings, evidence):
    made_by = {"command": "gradcheck report reference_nets"}
    content = {"made_by": made_by, "findings": findings}
    assert evidence_in(content, "reference_nets") == {"dense": evidence}


@pytest.mark.parametrize("content", ["", "[1]", "{}}", '{"findings": []}', '{"made_by": {}}'])
def test_a_broken_report_is_named_with_the_cure(here, content):
    stored(here)
    (here / "reports" / "gradient_accuracy.json").write_text(content, encoding="utf-8")
    result = run("list")
    assert result.exit_code == COULD_NOT_RUN
    assert "reports/gradient_accuracy.json cannot be read as a report" in result.output
    assert result.output.endswith("gradcheck report reference_nets --out reports\n")


def test_a_list_in_an_unknown_format_could_not_run(here):
    result = run("list", "--format", "papyrus")
    assert result.exit_code == COULD_NOT_RUN
    assert "--format papyrus: tabulate has no such format" in result.output


@pytest.mark.parametrize("arguments", [("nowhere",), ("--only", "no such layer")])
def test_a_list_of_nothing_could_not_run(here, arguments):
    result = run("list", *arguments)
    assert result.exit_code == COULD_NOT_RUN
    assert len(result.output.splitlines()) == 1
