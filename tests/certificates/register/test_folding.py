"""Spellings that the register takes for one."""

from __future__ import annotations

import pytest

from accreditation_engine.certificates.register.folding import as_looked_for, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("جمعية الأمل", "جمعيه الامل"),
        ("مؤسَّسة آفاق", "موسسه  افاق"),
        ("الهُدى", "الهدي"),
        ("ﻻ إله", "لا اله"),
        ("Fondation Élan d’Œuvres", "fondation elan d’oeuvres"),
        ("İSTANBUL Işık", "istanbul isik"),
        ("C‑IC‑٢٠٢٦", "c-ic-2026"),
    ],
)
def test_spellings_are_one_when_a_reader_takes_them_for_one(written: str, typed: str) -> None:
    assert as_looked_for(written) == as_looked_for(typed)


def test_words_are_apart_when_they_differ_in_a_letter_and_the_longest_comes_first() -> None:
    assert as_looked_for("نور") != as_looked_for("نار")
    assert words_of("نور الاسكندرية نور") == [("الاسكندريه",), ("نور",)]
