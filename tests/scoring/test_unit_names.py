"""Names of branches or programmes, as draws take them."""

from __future__ import annotations

import unicodedata

from accreditation_engine.scoring.unit_names import unit_names


def test_names_come_one_a_line_without_blanks_around() -> None:
    assert unit_names("  b \r\n\n\ta   1\n") == ["b", "a 1"]


def test_names_that_look_alike_are_alike() -> None:
    pairs = [("أسوان", unicodedata.normalize("NFD", "أسوان")), ("قنا", "\u200fقنا\u2069"), ("a", "\ufeffa\0")]
    for one, other in pairs:
        assert one != other
        assert unit_names(one) == unit_names(other)
