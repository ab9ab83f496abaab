"""Ratings in a CSV."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.scoring.agreement import Level, rating_table
from accreditation_engine.scoring.agreement.reading import RatingsFile
from accreditation_engine.scoring.files import LARGEST_FILE, RatingsFileError


def read(text: str, level: Level = "interval", **options: Any) -> RatingsFile:
    return rating_table(text.encode(), level, **options)


def values(text: str, level: Level = "interval", **options: Any) -> list[list[float | str | None]]:
    table = read(text, level, **options).table
    return [[None if code < 0 else table.values[code] for code in row] for row in table.codes]


def refusal(text: str | bytes, level: Level = "interval", **options: Any) -> str:
    with pytest.raises(RatingsFileError) as refused:
        rating_table(text if isinstance(text, bytes) else text.encode(), level, **options)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def test_the_first_line_may_name_the_raters() -> None:
    named = read("a,b\n1,2\n,3\n")
    assert named.raters == ("a", "b")
    assert (named.table.units, named.table.ratings) == (2, 3)


def test_a_first_line_of_numbers_holds_ratings() -> None:
    assert read("1,2\n,3\n").raters is None
    assert values("1,2\n,3\n") == [[1, 2], [None, 3]]
    assert values(",2\n1,3\n") == [[None, 2], [1, 3]]


def test_raters_named_by_numbers_are_names_when_said_to_be() -> None:
    assert read("1,2\n3,4\n5,6\n", header=True).raters == ("1", "2")


def test_words_are_nominal_values() -> None:
    assert values("a,b\nyes,no\nyes,\n", "nominal") == [["yes", "no"], ["yes", None]]
    assert values("yes,no\nyes,\n", "nominal", header=False) == [["yes", "no"], ["yes", None]]
    assert values("أ,ب\nنعم,لا\n", "nominal") == [["نعم", "لا"]]


def test_one_and_one_point_zero_are_alike_among_numbers_only() -> None:
    assert values("a,b\n1,1.0\n", "nominal") == [[1, 1]]
    assert values("a,b\n1,1.0\nx,x\n", "nominal") == [["1", "1.0"], ["x", "x"]]


@pytest.mark.parametrize(
    "text", ["a;b\n1;2\n", "a\tb\n1\t2\n", "\ufeffa,b\r\n1,2\r\n", "\n\na , b\n 1,2\n\n", "a,b\n١,٢\n"]
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    assert values(text) == [[1, 2]]


def test_a_line_of_commas_is_a_unit_that_nobody_rated() -> None:
    assert values("a,b\n,\n1,2\n") == [[None, None], [1, 2]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("a,b\n", "no ratings"),
        ("a\n1\n2\n", "one column"),
        ("a,b\n1,2\n1,2,3\n", "line 3: 3 values where the first line has 2"),
        ("a,b\n1,2\n1\n", "line 3: 1 values where the first line has 2"),
        ("a,b\n1,2\n1,x\n", "line 3, column 2 (b): x is not a number; leave it empty"),
        ("a,b\n1,NA\n", "line 2, column 2 (b): NA is not a number"),
        ("a;b\n1;2,5\n", "line 2, column 2 (b): 2,5 is not a number; write it with a point"),
        ("a,b\n1,nan\n", "nan is not a number"),
        ("a,b\n1,inf\n", "inf is not a number"),
        ("1,2\n1,x\n", "line 2, column 2: x is not a number"),
        ("a,\n1,2\n", "line 1, column 2: a rater without a name"),
        ("a,a\n1,2\n", "line 1, column 2: a names two raters"),
        ('a,b\n1,"2\n', "line 2"),
        ('a,b\n1,"2"3\n', "line 2"),
        (b"a,b\n\xff,2\n", "not UTF-8"),
        (",".join("1" for _ in range(1001)), "1001 columns"),
        (b"1,2\n" * (LARGEST_FILE // 4 + 1), "more than"),
    ],
)
def test_what_is_no_such_table_is_named_in_one_line(text: str | bytes, said: str) -> None:
    assert said in refusal(text)


def test_a_negative_rating_is_refused_at_the_ratio_level_only() -> None:
    assert "line 2, column 2 (b): -1 is below 0" in refusal("a,b\n1,-1\n", "ratio")
    assert values("a,b\n1,-1\n", "interval") == [[1, -1]]


def test_a_rating_off_the_scale_is_refused() -> None:
    assert "5 is off the scale from 0 to 4" in refusal("a,b\n1,5\n", scale=(0, 4))


def test_names_that_occur_as_values_must_be_said_to_be_names() -> None:
    assert "line 1: yes is also a rating below" in refusal("yes,no\nyes,yes\n", "nominal")
    assert read("yes,no\nyes,yes\n", "nominal", header=True).raters == ("yes", "no")


def test_too_many_values_at_the_ratio_level_are_refused() -> None:
    text = "\n".join(f"{each},{each}" for each in range(5001))
    assert "5000 different values" in refusal(text, "ratio")
    assert read(text, "interval").table.units == 5001
