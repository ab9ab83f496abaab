"""What counts as written, and in which form it is kept."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from accreditation_engine.written import EMPTY_PLACES, is_seen, kept_line, kept_text

BLANK = {
    "nothing": "",
    "blanks": " \t\n",
    "a blank without a width": "\u200b",
    "a blank that does not break": "\u00a0\u202f\u3000",
    "joiners": "\u200c\u200d\u2060",
    "a byte order mark": "\ufeff",
    "marks of direction": "\u200e\u200f\u061c\u202a\u202c\u2066\u2069",
    "a soft hyphen": "\u00ad",
    "fillers of Hangul": "\u115f\u1160\u3164\uffa0",
    "Braille without a dot": "\u2800\u2800",
    "control characters": "\0\x07\x1b\x7f\x85",
    "marks without a letter": "\u0651\u034f\ufe0f",
    "tags": "\U000e0041\U000e007f",
    "half a character": "\ud83d",
    "of every kind": "\u200b \u3164\n\u2800\u200f",
}


@pytest.mark.parametrize("typed", BLANK.values(), ids=BLANK)
def test_what_nobody_sees_is_not_written(typed: str) -> None:
    assert not is_seen(typed)
    assert kept_text(typed) == ""


@pytest.mark.parametrize("typed", ["لا", "٣", ".", "—", "👍", "한", "\u3164x", "\u200b\u0643"])
def test_one_character_that_is_seen_is_written(typed: str) -> None:
    assert is_seen(typed)
    assert kept_text(typed)


def test_no_character_of_a_category_that_is_never_seen_is_written() -> None:
    unseen = {"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"}
    found = [
        code
        for code in range(sys.maxunicode + 1)
        if is_seen(chr(code)) == (unicodedata.category(chr(code)) in unseen or chr(code) in EMPTY_PLACES)
    ]
    assert found == []


def test_a_text_is_kept_with_one_end_of_line_and_nothing_unseen_around_it() -> None:
    assert kept_text("\ufeff\u200b السطر الأول\r\nالثاني\rالثالث\u2028الرابع \u200b\n") == (
        "السطر الأول\nالثاني\nالثالث\nالرابع"
    )


def test_what_no_database_takes_and_no_page_shows_is_left_out() -> None:
    assert kept_text("a\0b\x07c\x9fd\ud83de\tf") == "abcde\tf"


def test_marks_that_steer_letters_stay_inside_a_text_and_at_its_end() -> None:
    for typed in [
        "نمی\u200cخواهم",
        "لغة C++\u200f",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "(\u2066ISO 17065\u2069)",
    ]:
        assert kept_text(f" {typed} ") == typed


def test_a_kept_text_is_kept_as_it_is() -> None:
    typed = " \u200b\u00a0 نص\u0085 \u200b \v"
    assert kept_text(kept_text(typed)) == kept_text(typed) == "نص"


def test_an_endless_text_of_blanks_is_read_at_once() -> None:
    assert kept_text("\u200b \u3164" * 500_000 + "x") == ("\u3164" + "\u200b \u3164" * 499_999 + "x")


def test_a_name_keeps_nothing_that_turns_letters_round() -> None:
    assert kept_line("نور\u202e abc\u202c \u2066EG-1\u2069\u202a") == "نور abc EG-1"
    assert kept_line("لغة C++\u200f") == "لغة C++\u200f"
    assert kept_line("\u202e\u2069") == ""
