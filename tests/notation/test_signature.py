"""Shape signatures: what they read, what they refuse, and the extents of dimensions."""

import pytest

from gradcheck.notation import NotationError, PointError, Signature

DENSE = Signature.parse("(k,i),(i),(k)->(k)")


def test_the_inputs_are_read_in_order():
    assert DENSE.inputs == (("k", "i"), ("i",), ("k",))


def test_a_fixed_dimension_is_an_integer():
    assert Signature.parse("(3,k)->(k)").inputs == ((3, "k"),)


def test_a_scalar_has_no_dimensions():
    assert Signature.parse("()->()").output == ()


def test_spaces_are_allowed_anywhere_between_words():
    assert Signature.parse(" ( k , i ) , (i) -> (k) ") == Signature.parse("(k,i),(i)->(k)")


def test_an_operation_may_have_no_inputs():
    assert Signature.parse("->(k)").inputs == ()


def test_a_signature_prints_as_it_is_written():
    assert str(Signature.parse("(k, 3),()->(k)")) == "(k,3),()->(k)"


def test_names_come_once_each_in_order_of_appearance():
    assert Signature.parse("(k,i),(i),(2)->(k,m)").names == ("k", "i", "m")


@pytest.mark.parametrize(
    "text", ["", "(k)", "k->k", "(k->(k)", "(k),->(k)", "(,k)->(k)", "(k)->(k),(k)", "(k-1)->(k)"]
)
def test_an_unparsable_signature_is_refused_with_a_readable_one(text):
    with pytest.raises(NotationError) as refusal:
        Signature.parse(text)
    assert f"signature {text!r} cannot be read" in str(refusal.value)
    assert "'(k,i),(i),(k)->(k)'" in str(refusal.value)


def test_sizes_are_read_off_the_shapes():
    assert DENSE.sizes({"w": (2, 3), "a": (3,), "b": (2,)}) == {"k": 2, "i": 3}


def test_a_wrong_number_of_dimensions_is_refused_by_symbol():
    with pytest.raises(PointError, match=r"a has shape \(3, 1\).* gives it 1 dimension: \(i\)"):
        DENSE.sizes({"w": (2, 3), "a": (3, 1), "b": (2,)})


def test_extents_that_differ_are_refused_with_their_origin():
    with pytest.raises(PointError, match=r"a has shape \(4,\), but \(i\) has i = 3 from w"):
        DENSE.sizes({"w": (2, 3), "a": (4,), "b": (2,)})


def test_a_dimension_repeated_in_one_input_must_agree_with_itself():
    with pytest.raises(PointError, match=r"m has shape \(2, 3\), but \(k,k\) has k = 2 from m"):
        Signature.parse("(k,k)->()").sizes({"m": (2, 3)})


def test_a_fixed_dimension_is_refused_by_its_size():
    with pytest.raises(PointError, match=r"x has shape \(2,\), but \(3\) has the fixed size 3"):
        Signature.parse("(3)->()").sizes({"x": (2,)})
