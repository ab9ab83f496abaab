"""Every text that the sources mark for translation is in the Arabic catalogue, whole."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.support.msgids import CATALOGUE, every_message

PLURALS = 6
PLACE = re.compile(r"%\((\w+)\)")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def test_no_text_is_missing_when_the_sources_are_read(catalogue: Catalog) -> None:
    missing = []
    for context, words in every_message():
        entry = catalogue.get(words if isinstance(words, str) else words[0], context)
        forms = () if entry is None else (entry.string,) if isinstance(entry.string, str) else entry.string
        if not forms or not all(forms):
            missing.append(words)
    assert not missing


def test_counted_texts_have_six_forms_when_they_are_arabic(catalogue: Catalog) -> None:
    counted = [words[0] for _context, words in every_message() if not isinstance(words, str)]
    assert [words for words in counted if len(catalogue.get(words).string) != PLURALS] == []


def test_no_text_is_left_over_when_the_sources_are_read(catalogue: Catalog) -> None:
    used = {(context, words if isinstance(words, str) else words[0]) for context, words in every_message()}
    ids = [
        (each.context, each.id if isinstance(each.id, str) else each.id[0]) for each in catalogue if each.id
    ]
    assert [each for each in ids if each not in used] == []


def test_no_text_is_uncertain_when_it_is_shown(catalogue: Catalog) -> None:
    assert [each.id for each in catalogue if each.fuzzy and each.id] == []


def test_no_place_is_invented_when_a_text_is_translated(catalogue: Catalog) -> None:
    wrong = []
    for each in catalogue:
        ids = (each.id,) if isinstance(each.id, str) else each.id
        forms = (each.string,) if isinstance(each.string, str) else each.string
        places = {name for text in ids for name in PLACE.findall(text)}
        if any(not set(PLACE.findall(form)) <= places for form in forms):
            wrong.append(each.id)
        if len(ids) == 1 and set(PLACE.findall(forms[0])) != places:
            wrong.append(each.id)
    assert not wrong
