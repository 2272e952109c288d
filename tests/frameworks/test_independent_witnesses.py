"""The table of independent witnesses says what was compared, and sees what does not fit."""

import csv
import sys
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from re import findall

import numpy as np
import pytest
from click.testing import CliRunner

from reference_nets import dense, tanh
from tests.frameworks.distance import Distance

pytest.importorskip("torch")  # what follows imports it
from tests.frameworks import independent_witnesses
from tests.frameworks.independent_witnesses import STEM, cells, main, row, summary
from tests.frameworks.torch_comparison import OPERATIONS, torch_values
from tests.frameworks.witnesses import WITNESSES

COMMITTED = Path(__file__).parents[2] / "reports" / "independent_witnesses.csv"


def calls_of(operation):
    """Return the functions, or the code of those in Python, that the witness runs."""
    called = []

    def note(frame, event, function):
        called.append(function if event == "c_call" else frame.f_code)

    points = [operation.sample(np.random.default_rng(seed)) for seed in range(5)]
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for point in points:  # some are of sizes that the library refuses
            torch_values(operation, point)
    finally:
        sys.setprofile(before)
    return called


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.name)
def test_a_witness_calls_the_functions_that_the_table_names(operation):
    _, text = WITNESSES[operation.name]
    named = [resolve_name(name) for name in findall(r"`(torch[\w.]+)`", text)]
    called = calls_of(operation)
    assert [f for f in named if getattr(f, "__code__", f) not in called] == []


def test_a_function_that_is_not_called_is_not_found():
    assert resolve_name("torch.sigmoid") not in calls_of(tanh)


def test_every_operation_has_a_witness():
    assert {operation.name for operation in OPERATIONS} == set(WITNESSES)


def test_the_committed_table_has_a_row_for_every_operation():
    with COMMITTED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["operation"] for r in rows] == [operation.name for operation in OPERATIONS]


def test_the_committed_table_names_the_witnesses():
    with COMMITTED.open(encoding="utf-8") as file:
        told = {r["operation"]: (r["witness"], r["implementation"]) for r in csv.DictReader(file)}
    assert told == WITNESSES


def test_a_row_counts_points_and_entries():
    """5 single inputs and 5 batches, and 2 awkward inputs."""
    r = row(dense)
    assert (r.random_points, r.awkward_points, r.forward.entries > 0) == (10, 2, True)


def test_a_right_operation_lies_within_rounding():
    assert summary([row(dense)]).endswith("All that was compared lies within rounding.")


@pytest.fixture(params=["z", "delta_w"])
def planted(request, monkeypatch):
    """Make the witness differ by one part in 10^12 in one quantity of the dense layer."""

    def off(operation, point):
        values = torch_values(operation, point)
        return {**values, request.param: values[request.param] * (1 + 1e-12)}

    monkeypatch.setattr(independent_witnesses, "torch_values", off)


@pytest.mark.usefixtures("planted")
def test_one_part_in_1e12_is_further_apart_than_rounding_explains():
    assert summary([row(dense)]).endswith("Further apart than rounding explains: dense.")


@pytest.fixture
def command(monkeypatch, tmp_path):
    """Return the exit status of the command for the dense layer alone."""
    monkeypatch.setattr(independent_witnesses, "OPERATIONS", [dense])
    return lambda: CliRunner().invoke(main, ["--out", str(tmp_path)]).exit_code


def test_the_command_writes_both_files(command, tmp_path):
    assert command() == 0
    assert {f.name for f in tmp_path.iterdir()} == {f"{STEM}.md", f"{STEM}.csv"}


@pytest.mark.usefixtures("planted")
def test_the_command_ends_with_status_1_where_something_is_too_far(command):
    assert command() == 1


def test_an_operation_without_a_witness_says_so():
    stranger = row(replace(tanh, name="stranger"))
    assert cells(stranger) == ["stranger", "none"] + [""] * 7


def test_a_difference_is_told_in_ulp_beside_what_rounding_explains():
    ours, theirs = np.array([1.0, 2.0]), np.array([1.0, 2.0 + 2**-48])
    assert Distance.between(ours, theirs, np.full(2, 2**-52)) == Distance(8.0, 2.0, 4.0, 2)


@pytest.mark.parametrize("theirs", [[np.nan, 1.0], [np.inf, 1.0], [1.0]])
def test_what_is_not_a_number_or_of_another_shape_is_infinitely_far(theirs):
    assert Distance.between(np.ones(2), np.array(theirs), np.ones(2)).share == np.inf


def test_a_cancelled_entry_counts_in_the_share_and_has_no_ulp():
    ours, theirs = np.array([1.0, 0.0]), np.array([1.0, 1e-17])
    found = Distance.between(ours, theirs, np.array([0.0, 1e-17]))
    assert found == Distance(0.0, 0.0, 0.25, 2, without_digit=1)


def test_a_difference_where_rounding_explains_none_is_an_infinite_share():
    assert Distance.between(np.array(1.0), np.array(1.5), np.array(0.0)).share == np.inf
