"""What another rubric would do to what was judged: from the database to the report."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.stored_definitions import NoSuchEdition, find_edition
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Rating
from accreditation_engine.reviews.past_ratings import past_ratings
from tests.support.world import SHIPPED, World

LABEL = "2026.1"
RUBRIC = Path(__file__).parents[2] / "rubrics" / f"{SHIPPED}.yaml"


@pytest.fixture
def judged(world: World) -> list[Any]:
    """Three files that are reviewed, from good to bad, and one whose reviews are still out."""
    world.dossier("in_review")
    return [world.dossier("reviewed", level=level) for level in (0.97, 0.7, 0.2)]


def what_if(*arguments: str, **options: Any) -> str:
    """Over all files with complete reviews, so that tests need not decide them."""
    out = StringIO()
    asked = ("--against", LABEL, "--undecided", *arguments)
    call_command("what_if", SHIPPED, *asked, stdout=out, **options)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(what_if(*arguments, "--format", "json"))
    return found


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("what_if", *arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def test_past_ratings_are_those_that_the_sheets_are_made_of(judged: list[Any]) -> None:
    past = past_ratings(SHIPPED, LABEL)
    assert list(past.ratings) == sorted(each.number for each in judged)
    for dossier in judged:
        assert past.ratings[dossier.number] == sheets_of(dossier)[SHIPPED].ratings


def test_past_ratings_cost_three_queries_however_many_there_are(
    world: World, judged: list[Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        assert len(past_ratings(SHIPPED, LABEL).ratings) == 3
    world.dossier("reviewed")
    with django_assert_num_queries(3):
        assert len(past_ratings(SHIPPED, LABEL).ratings) == 4


def test_a_review_that_was_released_does_not_count(judged: list[Any]) -> None:
    one = judged[0].assignments.first()
    before = past_ratings(SHIPPED, LABEL).ratings[judged[0].number]
    Rating.objects.filter(assignment=one, criterion="integrity-1").update(value="0")
    assert past_ratings(SHIPPED, LABEL).ratings[judged[0].number] != before
    judged[0].assignments.filter(pk=one.pk).update(released_at=one.sent_at)
    assert past_ratings(SHIPPED, LABEL).ratings[judged[0].number]["integrity-1"] != 0


def test_the_same_rubric_changes_nothing(judged: list[Any]) -> None:
    found = as_json()
    assert (found["dossiers"], found["changes"], found["unrated"], found["dropped"]) == (3, [], [], [])
    assert found["against"]["edition"] == LABEL
    assert sum(each["dossiers"] for each in found["outcomes"]) == 3
    assert "No outcome changes." in what_if()


def test_a_threshold_that_none_reaches_takes_every_gold(judged: list[Any]) -> None:
    before = {each["before"] for each in as_json()["outcomes"]}
    assert "gold" in before
    found = as_json("--threshold", "gold=100", "--weight", "integrity=15")
    assert [(each["before"], each["after"], each["direction"]) for each in found["changes"]] == [
        ("gold", "certified", "worse")
    ]
    [why] = [each["why"] for each in found["changes"]]
    assert [(each["code"], each["holds"]) for each in (*why["before"], *why["after"])] == [
        ("score", True),
        ("score", False),
    ]
    assert found["edits"] == ["integrity=15", "gold=100"]


def test_the_report_reads_in_either_language(judged: list[Any]) -> None:
    english = what_if("--threshold", "gold=100")
    assert f"edition {LABEL} as it was judged, against {LABEL} with gold=100" in english
    assert "Outcomes that change: 1 (0 better, 1 worse, 0 neither)" in english
    assert f"{judged[0].number}: from Gold to Certified" in english
    assert "after: Overall score" in english
    arabic = what_if("--threshold", "gold=100", "--language", "ar")
    assert "من «الفئة الذهبية» إلى «حاصلة على الشهادة»" in arabic
    assert "الحد" not in arabic.splitlines()[0]


def test_margins_say_how_far_each_number_can_move(judged: list[Any]) -> None:
    found = {each["name"]: each for each in as_json("--margins", "areas")["margins"]}
    assert {
        "gold.score",
        "gold.every_area",
        "certified.every_area",
        "integrity",
        "participation",
    } <= found.keys()
    assert found["gold.score"]["up"]["dossiers"] == [judged[0].number]
    assert (found["gold.score"]["searched"], found["integrity"]["searched"]) == (None, ["0", "120"])
    text = what_if("--margins", "all")
    assert "How far each number can move" in text
    assert "integrity-1 2: down to 0 without any change; up to 20 without any change" in text


def test_changes_beyond_the_limit_are_counted(judged: list[Any]) -> None:
    text = what_if("--threshold", "gold=100", "--limit", "0")
    assert "and 1 more" in text
    assert "why" not in as_json("--threshold", "gold=100", "--limit", "0")["changes"][0]


def test_criteria_that_were_not_rated_then_are_named(judged: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(RUBRIC.read_text(encoding="utf-8").replace("id: integrity-1", "id: integrity-9"), "utf-8")
    out = StringIO()
    call_command("what_if", str(path), "--against", LABEL, "--undecided", stdout=out)
    assert "no file is complete under the new rubric: integrity-9" in out.getvalue()
    assert "not asked any more: integrity-1" in out.getvalue()
    assert "no outcome" in out.getvalue()


def test_an_edition_is_known_by_its_label_or_the_beginning_of_its_hash(world: World) -> None:
    edition = find_edition(SHIPPED, LABEL)
    assert find_edition(SHIPPED, edition.hash[:8].upper()) == edition
    Edition.objects.create(hash="f" * 64, kind="rubric", name=SHIPPED, label=LABEL, content=b"{}")
    with translation.override("en"):
        with pytest.raises(
            NoSuchEdition, match="means 2 editions of institutional-commitment; write one of: "
        ):
            find_edition(SHIPPED, LABEL)
        with pytest.raises(NoSuchEdition, match="no edition '2026' of") as unknown:
            find_edition(SHIPPED, "2026")
        assert str(unknown.value).count(LABEL) == 2  # both that there are
        with pytest.raises(NoSuchEdition, match="load_schemes stores them"):
            find_edition("nothing", LABEL)


def test_bad_input_is_refused_in_one_line(world: World) -> None:
    ask = (SHIPPED, "--against", LABEL)
    assert refusal(*ask, "--weight", "integritty=15").endswith("did you mean 'integrity'?")
    assert refusal(*ask, "--weight", "integrity").startswith("'integrity' is no edit; write NAME=NUMBER")
    assert refusal(*ask, "--weight", "integrity=much").startswith("'much' is not a number")
    assert refusal(*ask, "--weight", "integrity=-1").endswith("cannot weigh -1; write 0 or more")
    assert refusal(*ask, "--threshold", "gold=101").startswith("with these edits: 'at_least' is 101")
    assert "this asks for a score at least 90, but 'gold'" in refusal(*ask, "--threshold", "certified=90")
    assert refusal(*ask, "--threshold", "gold.count=0.5").endswith("write a whole number, not 0.5")
    assert refusal(*ask, "--threshold", "golden=80").startswith("there is no threshold 'golden'")
    assert refusal(*ask, "--limit", "-1") == "--limit must be 0 or more"
    assert refusal(SHIPPED, "--against", "1999").startswith("no edition '1999'")
    assert refusal("no-such", "--against", LABEL).startswith("there is no rubric 'no-such'")
    arabic = refusal(*ask, "--weight", "integritty=15", "--language", "ar")
    assert arabic == "لا يوجد مجال أو معيار باسم ⁨integritty⁩؛ لعل المقصود ⁨integrity⁩"


def test_a_stored_edition_is_tried_when_it_is_named(judged: list[Any]) -> None:
    edition = find_edition(SHIPPED, LABEL)
    for name in (f"{SHIPPED}@{LABEL}", edition.hash[:10]):
        out = StringIO()
        call_command("what_if", name, "--against", LABEL, "--undecided", "--format", "json", stdout=out)
        found = json.loads(out.getvalue())
        assert (found["dossiers"], found["changes"]) == (3, [])


def test_ratings_off_the_scale_of_the_new_rubric_are_refused(judged: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    text = RUBRIC.read_text(encoding="utf-8").replace("  maximum: 4\n", "  maximum: 3\n", 1)
    path.write_text(re.sub(r"    4:\n.*\n.*\n", "", text, count=1), "utf-8")
    said = refusal(str(path), "--against", LABEL, "--undecided")
    assert re.fullmatch(r"past ratings do not fit this rubric: \S+: \S+ is off the scale; give .*", said)


def test_only_decided_files_count_unless_others_are_asked_for(world: World, judged: list[Any]) -> None:
    def over(*arguments: str) -> str:
        out = StringIO()
        call_command("what_if", SHIPPED, "--against", LABEL, *arguments, stdout=out)
        return out.getvalue()

    assert "Files judged: 0\nNot decided yet, and left out: 3 (--undecided counts them)\n" in over()
    world.dossier("certified")
    assert "Files judged: 1\nNot decided yet, and left out: 3" in over()
    assert "ملفات لم يصدر قرارها بعد ولم تحسب: \u20683\u2069" in over("--language", "ar")
    assert "Files judged: 4\nOf these not decided yet: 3\n" in over("--undecided")
    assert json.loads(over("--format", "json"))["undecided"] == {"counted": 0, "left_out": 3}


def test_scores_that_move_are_told_when_no_outcome_changes(judged: list[Any]) -> None:
    text = what_if("--weight", "integrity=11")
    assert "No outcome changes." in text
    assert re.search(r"Scores: \d up, \d down, \d as before; on average [+-]?[0-9.]+ percentage points", text)
    assert re.search(r"Moved farthest: \S+, by [+-][0-9.]+, from [0-9.]+ % to [0-9.]+ %", text)
    assert re.search(
        r"Nearest to another outcome: \S+ with [0-9.]+ %; \S+ asks for [0-9]+ % \([0-9.]+ away\)", text
    )
    found = as_json("--weight", "integrity=11")
    assert found["scores"]["up"] + found["scores"]["down"] + found["scores"]["same"] == 3
    assert found["scores"]["farthest"]["dossier"] in {each.number for each in judged}
    assert found["nearest"]["threshold"] in {each["name"] for each in found["margins"]}
    arabic = what_if("--weight", "integrity=11", "--language", "ar")
    assert re.search("متوسط التغير \u2066[+-]", arabic)
    assert "أقرب ملف إلى تصنيف آخر" in arabic


def test_margins_of_what_was_asked_about_come_first(judged: list[Any]) -> None:
    names = [each["name"] for each in as_json("--weight", "equality=11")["margins"]]
    assert names[0] == "equality"
    assert "gold.score" in names
    assert "integrity" not in names
    assert as_json("--margins", "none")["margins"] == []


def test_numbers_are_taken_in_arabic_digits_and_once(judged: list[Any]) -> None:
    western, arabic = (as_json("--weight", f"integrity={each}") for each in ("15", "١٥"))
    assert western["scores"] == arabic["scores"]
    said = refusal(SHIPPED, "--against", LABEL, "--weight", "integrity=15", "--weight", "integrity=16")
    assert said == "'integrity' is given twice: integrity=15 and integrity=16; keep one of them"
