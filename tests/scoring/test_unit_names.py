"""Names of branches or programmes, as draws take them."""

from __future__ import annotations

import unicodedata

import pytest

from accreditation_engine.scoring.unit_names import in_natural_order, named_again, unit_key, unit_names


def test_names_come_one_a_line_without_blanks_around() -> None:
    assert unit_names("  b \r\n\n\ta   1\n") == ["b", "a 1"]


def test_names_that_look_alike_are_alike() -> None:
    pairs = [("أسوان", unicodedata.normalize("NFD", "أسوان")), ("قنا", "\u200fقنا\u2069"), ("a", "\ufeffa\0")]
    for one, other in pairs:
        assert one != other
        assert unit_names(one) == unit_names(other)


@pytest.mark.parametrize("line", ["\u200b", "\u3164", "\u2800", "\u2060\ufeff", "\u00ad"])
def test_what_nobody_sees_names_nothing(line: str) -> None:
    assert unit_names(f"a\n{line}\nb") == ["a", "b"]
    assert unit_names(f"{line}a") == (["a"] if line not in "\u3164\u2800" else [f"{line}a"])


def test_digits_are_kept_as_typed_and_compared_as_numbers() -> None:
    assert unit_names("فرع ٣") == ["فرع ٣"]
    assert unit_key("فرع ٣") == unit_key("فرع 3") == unit_key("فرع ۳") == "فرع 3"
    assert unit_key("فرع 03") != unit_key("فرع 3")
    assert named_again(["فرع ٣", "فرع 4", "فرع 3", "قنا", "قنا"]) == ["فرع ٣", "فرع 3", "قنا"]


def test_names_are_listed_as_people_count() -> None:
    names = ["10", "2", "1", "11", "فرع ١٠", "فرع 9", "b 2a", "b 10", "b", "b 002", f"b {'9' * 5000}"]
    assert in_natural_order(names) == [
        "1", "2", "10", "11", "b", "b 002", "b 2a", "b 10", f"b {'9' * 5000}", "فرع 9", "فرع ١٠",
    ]  # fmt: skip
