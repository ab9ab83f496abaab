"""Columns that name the units of a table are told from those of its raters."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.scoring.agreement import Level, rating_table
from accreditation_engine.scoring.agreement.reading import RatingsFile
from accreditation_engine.scoring.files import RatingsFileError

NUMBERED = "{name},a,b\n1,3,3\n2,2,3\n3,3,1\n4,0,0\n5,3,4\n6,1,1\n"


def read(text: str, level: Level = "interval", **options: Any) -> RatingsFile:
    return rating_table(text.encode(), level, **options)


def refusal(text: str, level: Level = "interval", **options: Any) -> str:
    with pytest.raises(RatingsFileError) as refused:
        read(text, level, **options)
    assert all(each.in_words("ar") for each in refused.value.problems)
    return str(refused.value)


def taken(file: RatingsFile) -> list[tuple[int, str, str]]:
    return [(each.place, each.name, each.why) for each in file.unit_columns]


@pytest.mark.parametrize(
    "name",
    ["unit", "Dossier", "unit_id", "FILE", "No.", "#", "الملف", "رقم الملف", "م", "المنظّمة", "وحدة", ""],
)
@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_column_called_after_units_names_them(name: str, level: Level) -> None:
    file = read(NUMBERED.format(name=name), level)
    assert taken(file) == [(1, name, "called")]
    assert file.raters == ("a", "b")
    assert (file.table.units, file.table.raters, max(file.table.values)) == (6, 2, 4)


def test_columns_called_after_units_are_found_wherever_they_stand() -> None:
    file = read("a,dossier,criterion,b\n3,IC-1,integrity-1,3\n2,IC-1,integrity-2,3\n")
    assert taken(file) == [(2, "dossier", "called"), (3, "criterion", "called")]
    assert file.raters == ("a", "b")


def test_first_column_that_numbers_the_lines_beyond_the_ratings_names_units() -> None:
    assert taken(read(NUMBERED.format(name="x"))) == [(1, "x", "numbered")]
    unnamed = read(NUMBERED.partition("\n")[2])
    assert (taken(unnamed), unnamed.raters, unnamed.table.raters) == ([(1, "", "numbered")], None, 2)
    shuffled = read("x,a,b\n3,3,3\n1,2,3\n5,3,1\n2,0,0\n4,3,4\n")
    assert taken(shuffled) == [(1, "x", "numbered")]


def test_first_column_that_numbers_lines_or_rates_is_refused_with_both_remedies() -> None:
    text = "x,a,b\n1,1,2\n2,2,2\n3,3,4\n4,4,4\n"
    said = refusal(text)
    assert "column 1 (x): its values number the lines, but could be ratings too" in said
    assert "--units x" in said
    assert "--no-units" in said
    assert read(text, units=["x"]).raters == ("a", "b")
    assert read(text, look_for_units=False).raters == ("x", "a", "b")
    nameless = text.partition("\n")[2]
    assert "--units 1" in refusal(nameless)
    assert read(nameless, units=["1"]).table.raters == 2


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n2,2\n3,3\n", "a,b,c\n9,2,5\n6,1,3\n8,4,6\n7,1,2\n10,5,6\n", "1,2,3\n2,3,4\n"]
)
def test_ratings_that_happen_to_differ_are_ratings(text: str) -> None:
    assert taken(read(text)) == []


def test_first_column_of_words_beside_numbers_names_units() -> None:
    named = read("x,a,b\nNGO 1,3,4\nNGO 2,2,2\nNGO 1,0,4\n")
    assert (taken(named), named.raters) == ([(1, "x", "words")], ("a", "b"))
    unnamed = read("NGO 1,3,4\nNGO 2,2,2\n")
    assert (taken(unnamed), unnamed.raters, unnamed.table.units) == ([(1, "", "words")], None, 2)


def test_first_column_of_words_that_nobody_gave_twice_names_units_at_the_nominal_level() -> None:
    text = "x,a,b\nNGO 1,yes,no\nNGO 2,no,no\nNGO 3,yes,yes\n"
    assert taken(read(text, "nominal")) == [(1, "x", "words")]
    assert taken(read("x,a,b\nyes,yes,no\nno,no,no\nperhaps,yes,yes\n", "nominal")) == []
    assert taken(read("x,a\nyes,no\nno,yes\nperhaps,no\n", "nominal")) == []


def test_said_columns_name_units_besides_those_that_are_found() -> None:
    text = (
        "organisation,audit,C1,C2\nPlan,Benchmark,2.5,2\nAdra,Verification,2.6,2.1\nSCI,Benchmark,2.6,2.7\n"
    )
    said = refusal(text)
    assert said == (
        "column 2 (audit): no value is a number (Benchmark, Verification); say --units audit when it names the"
        " units, or --level nominal when words are compared"
    )
    file = read(text, units=["audit"])
    assert taken(file) == [(1, "organisation", "called"), (2, "audit", "said")]
    assert file.raters == ("C1", "C2")


def test_a_few_words_among_numbers_are_named_one_by_one() -> None:
    said = refusal("a,b\n1,2\n1,x\n")
    assert said == (
        "line 3, column 2 (b): x is not a number; leave it empty when missing; "
        "words are compared at --level nominal only"
    )


def test_column_said_that_is_not_there_is_refused_with_those_that_are() -> None:
    assert "there is no column auditor; the columns are 1 (a), 2 (b)" in refusal(
        "a,b\n1,2\n", units=["auditor"]
    )
    assert "there is no column 3; the columns are 1, 2" in refusal("1,2\n3,4\n", units=["3"])


def test_one_rater_besides_the_units_is_refused() -> None:
    said = refusal("unit,a\n1,3\n2,4\n")
    assert "besides the units (column 1) fewer than two columns are left" in said
    assert "--no-units" in said
    assert read("unit,a\n1,3\n2,4\n", look_for_units=False).table.raters == 2


def test_places_are_those_of_the_file_when_units_have_a_column() -> None:
    assert "line 3, column 3 (b): x is not a number" in refusal("unit,a,b\n1,2,2\n2,1,x\n")
    assert "line 1, column 3: a names two raters" in refusal("unit,a,a\n1,2,2\n")
    assert "line 1, column 3: a rater without a name" in refusal("unit,a,\n1,2,2\n")


def test_unit_may_be_called_like_a_rating() -> None:
    assert read("unit,yes,no\nyes,a,b\nno,b,b\nx,a,a\n", "nominal").raters == ("yes", "no")
