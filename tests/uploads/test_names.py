"""What a file is called here, whatever it was called there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.uploads.names import LONGEST, clean_name


@pytest.mark.parametrize(
    ("sent", "kept_as"),
    [
        ("policy\u202efdp.exe", "policyfdp.exe"),  # shown as policyexe.pdf
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\system.pdf", "system.pdf"),
        ("C:\\Users\\mona\\سياسة.pdf", "سياسة.pdf"),
        ("/absolute/x.pdf", "x.pdf"),
        ("a\x00b\nc\r.pdf", "abc.pdf"),
        ("two  words .pdf", "two  words .pdf"),
        ("\u2067isolated\u2069.pdf", "isolated.pdf"),
        ("half\ud800.pdf", "half.pdf"),
    ],
)
def test_a_name_keeps_neither_folders_nor_what_is_not_seen(sent: str, kept_as: str) -> None:
    assert clean_name(sent) == kept_as


@pytest.mark.parametrize("name", ["م" * 300 + ".pdf", "x." + "y" * 300, "x" * 300, "." + "z" * 300 + ".pdf"])
def test_a_long_name_is_cut_and_keeps_its_ending(name: str) -> None:
    cut = clean_name(name)
    assert len(cut) <= LONGEST
    assert cut.endswith(".pdf") == name.endswith(".pdf")


@given(st.text())
def test_no_name_turns_what_stands_beside_it_or_is_longer_than_its_column(name: str) -> None:
    cut = clean_name(name)
    assert len(cut) <= LONGEST
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in cut)
    assert "/" not in cut
    assert "\\" not in cut
    assert clean_name(cut) == cut
