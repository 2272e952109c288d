"""The witnesses are independent: read off the source text, because no value would show it."""

import ast
import inspect
from pathlib import Path

import pytest

import reference_nets

ROOT = Path(reference_nets.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
LANGUAGE = {"len", "range", "zip", "enumerate", "sum", "min", "max", "abs"}

every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))


def forms_in(text):
    """Return the bodies of a module's equations as (name, form) -> syntax tree."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    decorated = [(node, ast.unparse(d)) for node in functions for d in node.decorator_list]
    return {
        (node.name, "scalar" if mark == "equation" else mark.rpartition(".")[2]): node
        for node, mark in decorated
    }


def names_in(node):
    return {n.id for statement in node.body for n in ast.walk(statement) if isinstance(n, ast.Name)}


def helpers_of(node):
    """Return the functions that a body calls by name, other than those of the language."""
    calls = [n for statement in node.body for n in ast.walk(statement) if isinstance(n, ast.Call)]
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)} - LANGUAGE


def numpy_in_scalar_forms(text):
    forms = forms_in(text)
    return [
        name for (name, form), node in forms.items() if form == "scalar" and "np" in names_in(node)
    ]


def shared_helpers(text):
    forms = forms_in(text)
    return {
        helper
        for (name, form), node in forms.items()
        if form != "scalar"
        for helper in helpers_of(node) & helpers_of(forms[name, "scalar"])
    }


def imported_packages(text):
    imports = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import | ast.ImportFrom)]
    modules = [
        name
        for node in imports
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    ]
    return {".".join(module.split(".")[:2]) for module in modules}


@every_source
def test_no_scalar_form_uses_numpy(path):
    assert numpy_in_scalar_forms(path.read_text()) == []


@every_source
def test_the_scalar_form_shares_no_helper_with_the_others(path):
    assert shared_helpers(path.read_text()) == set()


@every_source
def test_of_the_harness_only_the_public_notation_is_imported(path):
    packages = imported_packages(path.read_text())
    assert {p for p in packages if p.split(".")[0] == "gradcheck"} <= {"gradcheck.notation"}


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if forms_in(path.read_text())], ids=lambda p: p.stem
)
def test_equations_are_written_in_numpy_alone(path):
    """What stands beside the families, such as the loader of real data, may need more."""
    packages = {package.split(".")[0] for package in imported_packages(path.read_text())}
    assert packages <= {"gradcheck", "numpy", "reference_nets"}


def test_numpy_in_a_scalar_form_would_be_seen():
    planted = "@equation\ndef h(z):\n    return np.exp(z)\n"
    assert numpy_in_scalar_forms(planted) == ["h"]


def test_a_shared_helper_would_be_seen():
    planted = "@equation\ndef h(z):\n    return f(z)\n\n@h.matrix\ndef h(z):\n    return f(z)\n"
    assert shared_helpers(planted) == {"f"}


def test_an_import_of_the_harness_would_be_seen():
    assert imported_packages("from gradcheck.checks.x import y\nimport math") == {
        "gradcheck.checks",
        "math",
    }


def test_every_module_with_equations_is_read():
    """A rule about source text is worth nothing if it reads the wrong files."""
    with_equations = [path.stem for path in SOURCES if forms_in(path.read_text())]
    assert {"dense", "tanh", "softmax_cross_entropy", "multilayer_perceptron"} <= {*with_equations}


def test_the_harness_does_not_import_the_reference_networks():
    harness = Path(inspect.getfile(reference_nets)).parents[1] / "gradcheck"
    importing = [
        path.name
        for path in harness.rglob("*.py")
        if any(p.split(".")[0] == "reference_nets" for p in imported_packages(path.read_text()))
    ]
    assert importing == []
