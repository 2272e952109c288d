"""`gradcheck show`: what a page has, whom a name means, what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gradcheck.cli import main
from reference_nets import dense, multilayer_perceptron

OK, COULD_NOT_RUN = 0, 2

STRANGER = '''
"""A square, elsewhere."""

from gradcheck import Operation, equation


FACTORS = [2.0]


def twice(x):
    """Return 2 x."""
    return FACTORS[0] * x


@equation
def y(x):
    r"y = x^2"
    return x * x  # noqa: E501


@equation
def delta_x(delta_y, x):
    """2 x
    times the cotangent
    """
    return delta_y * twice(x)


square = Operation("a square", "()->()", y, (delta_x,))
'''


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stranger(here) -> str:
    (here / "somebodys_layers.py").write_text(STRANGER, encoding="utf-8")
    return "somebodys_layers.py"


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


def page(name: str, *options: str) -> str:
    result = run("show", name, *options)
    assert result.exit_code == OK, result.output
    return result.output


def test_a_page_starts_with_the_operation_and_what_its_module_says():
    lines = page("dense").splitlines()
    assert lines[0] == str(dense)
    assert lines[3] == "Dense layer: every unit is a weighted sum of all inputs."
    assert "Shapes" in lines


def test_a_page_says_of_each_input_its_shape_role_and_domain():
    lines = [line.split() for line in page("softmax cross-entropy").splitlines()]
    assert ["z", "(k)", "activation", "real"] in lines
    assert ["t", "(k)", "constant", "one-hot"] in lines


def test_formula_and_code_of_all_forms_stand_side_by_side():
    lines = page("dense", "--width", "140").splitlines()
    start = lines.index("delta_b(delta_z)")
    assert [re.split(" {2,}", line.strip()) for line in lines[start + 3 : start + 8]] == [
        ["[scalar]", "[matrix]", "[batch]"],
        [r"\delta b_k = \delta z_k", r"\delta b = \delta z", r"\delta b = \Delta Z^\top 1"],
        [""],
        ["def delta_b(delta_z):"] * 3,
        [
            "return [delta_z[k] for k in range(len(delta_z))]",
            "return delta_z",
            "return delta_z.sum(axis=0)",
        ],
    ]


def test_forms_stand_under_each_other_where_the_width_is_small():
    lines = page("dense", "--width", "40").splitlines()
    start = lines.index("delta_b(delta_z)")
    forms = [line for line in lines[start:] if line.startswith("[")]
    assert forms == ["[scalar]", "[matrix]", "[batch]"]


@pytest.mark.parametrize("width", [90, 120, 200])
def test_no_row_of_several_forms_is_wider_than_the_width(width):
    rows = [line for line in page("LSTM", "--width", str(width)).splitlines() if "def " in line]
    assert max(len(line) for line in rows if line.count("def ") > 1) <= width


def test_the_width_of_the_terminal_is_the_default(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert page("dense") == page("dense", "--width", "60")


def test_an_activation_shows_h_and_its_derivative():
    text = page("sigmoid")
    assert r"h(z) = \frac{1}{1 + e^{-z}}" in text
    assert r"\delta z = \delta a \odot h'(z)" in text
    assert "return 1 / (1 + exp(-z))" in text
    assert "lambda" not in text


def test_a_separable_loss_shows_the_loss_of_one_entry_and_its_slopes():
    text = page("huber_loss")
    assert "E = 1^\\top \\ell(y, t)" in text
    assert "return np.clip(y - t, -c, c)" in text
    assert "zip(" not in text


def test_helpers_that_the_forms_call_are_shown_with_their_sentence():
    text = page("sigmoid").partition("helpers\n-------\n")[2]
    assert text.lstrip().startswith("# Return 1 / (1 + e^x) by way of its logarithm")
    assert "def one_over_one_plus_exp(x):\n    return np.exp(-np.logaddexp(0.0, x))" in text


def test_a_net_shows_its_equations_by_its_own_symbols_in_reading_order():
    lines = page("multilayer_perceptron").splitlines()
    headings = [line for line in lines if re.match(r"(delta_)?[azwbE]\d?\(", line)]
    assert headings[:5] == [
        "z1(w1, a0, b1)",
        "a1(z1)",
        "z2(w2, a1, b2)   as z1(w1, a0, b1)",
        "E(z2, t)",
        "delta_z2(delta_E, z2, t)",
    ]
    assert len(headings) == len(multilayer_perceptron(2).equations)


def test_a_net_is_described_by_the_module_named_for_it():
    """Its last equation is a loss, which is written elsewhere."""
    assert "in the manner of LeNet" in page("lenet")


def test_a_chain_shows_the_activation_that_it_repeats():
    text = page("lenet")
    assert r"a_k = h(z_k) \quad \text{for each } h \quad \text{for each } c" in text
    assert "return np.tanh(z)" in text


def test_a_function_stands_for_its_first_variant_and_the_others_are_named():
    lines = page("convolution_2d").splitlines()
    assert lines[0].startswith("convolution 2d: z(w, a, b)")
    assert lines[-1] == (
        "Variants: convolution 2d, stride 2, padding 1; convolution 2d, dilation 2; "
        "convolution 2d, groups 2"
    )


def test_a_variant_is_shown_by_its_name():
    assert page("convolution 2d, groups 2").startswith("convolution 2d, groups 2: z(w, a, b)")


@pytest.mark.parametrize("name", ["rms_normalisation", "RMS normalisation", "Rms Normalisation"])
def test_a_name_may_be_written_as_in_code_or_in_text(name):
    assert page(name).startswith("RMS normalisation: ")


@pytest.mark.parametrize(("name", "meant"), [("sofmax", "softmax"), ("Tanhh", "tanh")])
def test_an_unknown_name_is_answered_with_near_ones_in_one_line(name, meant):
    result = run("show", name)
    assert result.exit_code == COULD_NOT_RUN
    start = f"gradcheck: reference_nets has no operation {name!r}: did you mean {meant}"
    assert result.output.startswith(start)
    assert len(result.output.splitlines()) == 1


def test_a_name_that_is_near_nothing_is_answered_with_where_names_are():
    result = run("show", "xyzzy")
    assert result.exit_code == COULD_NOT_RUN
    assert result.output.endswith("'xyzzy': gradcheck list names all that it has\n")


def test_somebody_elses_operation_is_shown_by_its_variable(stranger):
    text = page("square", "--target", stranger)
    assert text.startswith("a square: y(x), ()->()")
    assert "A square, elsewhere." in text
    assert "# Return 2 x.\ndef twice(x):\n    return FACTORS[0] * x" in text


def test_code_has_neither_docstring_nor_decorator_nor_notes_to_linters(stranger):
    text = page("a square", "--target", stranger)
    assert "def y(x):\n    return x * x\n" in text
    assert "def delta_x(delta_y, x):\n    return delta_y * twice(x)\n" in text
    assert not any(mark in text for mark in ("noqa", "@equation", '"""'))


def test_a_target_that_cannot_be_loaded_could_not_show(here):
    result = run("show", "dense", "--target", "nowhere.py")
    assert result.exit_code == COULD_NOT_RUN
    assert result.output == "gradcheck: there is no file nowhere.py: check the path\n"
