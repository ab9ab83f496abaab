from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from pytest_django import Settings

from accreditation_engine.portal.templatetags.dates import day, moment

LATE = datetime.datetime(2026, 11, 24, 22, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("language", "words"), [("ar", "25 نوفمبر 2026"), ("en", "25 November 2026")])
def test_day_is_that_of_the_reader_when_it_is_past_midnight_there(language: str, words: str) -> None:
    with translation.override(language):
        assert words in day(LATE)


def test_moment_has_hours_when_shown_in_arabic() -> None:
    with translation.override("ar"):
        assert moment(LATE) == '<time datetime="2026-11-25T00:30:00+02:00">25 نوفمبر 2026، 00:30</time>'


def test_day_is_empty_when_there_is_none() -> None:
    assert day(None) == ""


def test_digits_are_arabic_indic_only_in_arabic_when_the_setting_says_so(settings: Settings) -> None:
    settings.ARABIC_DIGITS = "arabic-indic"
    with translation.override("ar"):
        assert "٢٤ نوفمبر ٢٠٢٦" in day(datetime.date(2026, 11, 24))
    with translation.override("en"):
        assert "24 November 2026" in day(datetime.date(2026, 11, 24))
