"""What code holds beside its arguments is found under readable paths."""

from functools import partial

import numpy as np

from gradcheck.notation.reach import LONGEST, attributes, reached

TABLE = np.arange(3.0)
NAMED = {"w": np.ones(2), "layers": [np.zeros(1)]}


class Holder:
    """An object with an attribute of its class and one of its own."""

    shared = np.ones(4)

    def __init__(self):
        self.own = np.zeros(5)

    def method(self, x):
        """Use a global of the module."""
        return x + TABLE


def helper(x):
    return x + TABLE


def test_globals_are_found_where_they_are_named():
    assert list(reached([lambda x: x + TABLE])) == ["TABLE"]


def test_globals_of_other_functions_of_the_package_are_found():
    assert list(reached([lambda x: helper(x)])) == ["TABLE"]


def test_globals_of_inner_functions_are_found():
    assert list(reached([lambda x: [row + TABLE for row in x]])) == ["TABLE"]


def test_items_have_paths():
    assert list(reached([lambda x: x + NAMED])) == ["NAMED['w']", "NAMED['layers'][0]"]


def test_defaults_are_found_under_the_names_of_their_parameters():
    def function(x, scale=2.0, *, shift=3.0):
        return x * scale + shift

    assert reached([function]) == {"scale": 2.0, "shift": 3.0}


def test_arguments_of_partials_are_found():
    assert list(reached([partial(lambda a, b: a, TABLE, b=1.0)])) == ["0", "b"]


def test_objects_are_looked_into():
    held = Holder()
    assert set(reached([lambda x: held.method(x)])) == {"held.own", "Holder.shared", "TABLE"}


def test_bound_methods_bring_their_object():
    assert set(reached([Holder().method])) == {"Holder.own", "Holder.shared", "TABLE"}


def test_an_object_that_was_given_has_a_class_and_attributes():
    assert set(reached([Holder()])) == {"Holder.shared", "TABLE"}
    assert set(attributes([Holder()])) == {"Holder.own"}


def test_libraries_are_not_looked_into():
    assert reached([np.tanh, np.linalg.norm, lambda x: np.linalg.norm(x)]) == {}


def test_what_refers_to_itself_comes_to_an_end():
    loop = [TABLE]
    loop.append(loop)
    assert list(reached([lambda x: loop])) == ["loop[0]"]


def test_long_containers_are_data():
    data = [0.5] * (LONGEST + 1)
    assert reached([lambda x: data]) == {}


def test_a_name_that_is_not_bound_yet_is_nothing():
    def function(x):
        return later + x

    found = reached([function])
    later = 1.0
    assert (found, later) == ({}, 1.0)


b = np.ones(3)


def test_an_attribute_is_no_global_of_the_same_name():
    class Layer:
        def forward(self, x):
            return x + self.b

    assert not reached([Layer()])
