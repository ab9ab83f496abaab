"""Whole numbers that forms and addresses send."""

from __future__ import annotations

from accreditation_engine.portal.whole_numbers import whole_number


def test_a_whole_number_is_read_in_digits_of_any_script_and_nothing_else_is() -> None:
    assert [whole_number(each) for each in ("0", "30", "٣٠", "9" * 9)] == [0, 30, 30, 999_999_999]
    assert [whole_number(each) for each in ("", " 1", "-1", "1.5", "²", "x", "9" * 10)] == [None] * 7
