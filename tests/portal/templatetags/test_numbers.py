from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from accreditation_engine.portal.templatetags.numbers import bar, bytesize, number, percent


@pytest.mark.parametrize("language", ["ar", "en"])
def test_number_is_written_alike_when_the_language_changes(language: str) -> None:
    with translation.override(language):
        assert ">7,000<" in number(7000)
        assert ">1,234.50<" in number(Decimal("1234.50"))


def test_number_leaves_words_when_a_rating_is_one() -> None:
    assert number("لا ينطبق") == "<bdi>لا ينطبق</bdi>"


def test_percent_keeps_the_declared_places_when_given_a_string() -> None:
    assert ">85.50%<" in percent("85.50")


def test_percent_is_empty_when_there_is_no_score() -> None:
    assert percent(None) == ""


@pytest.mark.parametrize(("value", "width"), [("72.5", "72.5"), (-3, "0"), (104, "100"), (None, "0")])
def test_bar_stays_within_its_frame_when_the_score_does_not(value: str | int | None, width: str) -> None:
    assert f'<rect width="{width}%"' in bar(percent=value)


def test_bar_has_no_line_when_there_is_no_threshold() -> None:
    assert "<line" not in bar(percent=50)
    assert 'x1="60%"' in bar(percent=50, threshold=60)


def test_bytesize_is_in_words_when_given_bytes() -> None:
    with translation.override("en"):
        assert "1.4" in bytesize(1_436_201)
    with translation.override("ar"):
        assert "606 بايت<" in bytesize(606)
