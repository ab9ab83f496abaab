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
    assert words_of("نور الاسكندرية نور") == [("لاسكندريه",), ("نور",)]


@pytest.mark.parametrize("typed", ["الشباب", "للشباب", "شباب"])
@pytest.mark.parametrize("written", ["جمعية وصل للشباب", "دار الشباب", "بيت الحرف وبالشباب"])
def test_the_article_is_found_joined_to_a_preposition_or_not(written: str, typed: str) -> None:
    assert all(any(way in as_looked_for(written) for way in ways) for ways in words_of(typed))


def test_short_words_and_compound_names_keep_their_article() -> None:
    assert words_of("الام نورالدين") == [("نورالدين", "نور الدين"), ("الام",)]
