"""Ratings read from files, by their content."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.scoring.files import RatingsFileError, raw_ratings


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 3, "b": "not_applicable"}',
        "\ufeff criterion,rating\na,3\nb,not_applicable\n",
        "criterion,rating\r\na,3\r\n\r\nb,not_applicable",
        "Criterion;Rating;Note\na;3;seen on site\nb;not_applicable;\n",
        'rating\tcriterion\n3\ta\nnot_applicable\t"b"\n',
    ],
)
def test_both_forms_are_read_by_content(text: str) -> None:
    assert {name: str(rating) for name, rating in raw_ratings(text.encode()).items()} == {
        "a": "3",
        "b": "not_applicable",
    }


def test_json_numbers_are_exact() -> None:
    assert raw_ratings(b'{"a": 2.10, "b": 1e1}') == {"a": Decimal("2.10"), "b": Decimal("1e1")}


def test_a_header_alone_and_an_empty_object_rate_nothing() -> None:
    assert raw_ratings(b"criterion,rating\n") == {}
    assert raw_ratings(b"{}") == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty; give a JSON object"),
        (b" \n", "the file is empty"),
        (b"\xff\xfe{", "not UTF-8 text; save it as UTF-8"),
        (b'{"a": 3,}', "line 1, column"),
        (b'{"a": 3} x', "line 1, column 10: Extra data"),
        (b"[1, 2]", "give one JSON object"),
        (b"[" * 100_000, "give one JSON object"),
        (b'{"a": 3, "a": 4}', "a is rated twice; keep one"),
        (b"criterion,rating\na,3\nb,1\na,4\n", "line 4: a is rated twice"),
        (b"criterion,rating\na,3,5\n", "line 2: 3 values where the header has 2"),
        (b"criterion,rating\n,3\n", "line 2: a rating without a criterion"),
        (b"criterion,score\na,3\n", "start with { for a JSON object, or with the line 'criterion,rating'"),
        (b'criterion,rating\n"a,3\n', "line 2: unexpected end of data"),
        (b" " * 10_000_001, "more than 10000000 bytes"),
    ],
)
def test_what_holds_no_ratings_is_refused_in_one_line(content: bytes, message: str) -> None:
    with pytest.raises(RatingsFileError) as refused:
        raw_ratings(content)
    assert message in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"criterion,rating\n{text}".encode()))
def test_no_content_breaks_the_reader(content: bytes) -> None:
    assert _kind(content) in (dict, str)


def _kind(content: bytes) -> Any:
    try:
        return type(raw_ratings(content))
    except RatingsFileError as refused:
        return type(str(refused))


def test_a_table_of_empty_cells_holds_no_ratings() -> None:
    with pytest.raises(RatingsFileError, match="or with the line 'criterion,rating' for a CSV"):
        raw_ratings(b",\n")
