"""Other weights and thresholds tried on past files, on a page that writes nothing."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse, QueryDict
from django.utils import translation

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Edition
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.methodologist import planning, trial
from accreditation_engine.portal.methodologist.access import viewer_of
from accreditation_engine.portal.methodologist.identities import identities
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.small import RUBRIC, WORKFLOW, reviewed, small_scheme
from tests.support.world import SHIPPED, World, changed

PAGE = f"/schemes/{SHIPPED}/what-if/"
MINI = "/schemes/mini/what-if/"


@pytest.fixture
def judged(world: World) -> list[Any]:
    """Three files that are decided, from good to bad, one whose reviews are still out, and one that still waits
    for its decision."""
    world.dossier("in_review")
    world.dossier("reviewed", level=0.9)
    return [
        world.dossier("certified", level=0.97),
        world.dossier("certified", level=0.7),
        world.dossier("refused"),
    ]


def granted(world: World, *reviews: tuple[str, str, str]) -> Dossier:
    """A file of the small scheme with these reviews, to which the panel has said yes."""
    dossier = reviewed(world, *reviews)
    world.perform(dossier, "grant")
    return dossier


def tried(
    world: World, page: str = PAGE, language: str = "en", by: User | None = None, **typed: str
) -> HttpResponse:
    names = {name.replace("__", "-").replace("_IN_", "."): value for name, value in typed.items()}
    response = visitor(by or world.person("methodologist"), language).get(page, names)
    assert response.status_code == 200
    return response


def auditing(world: World) -> User:
    """A methodologist who audits as well, and so reads the scores of decided files in the files themselves."""
    return world.new_person("auditing", "methodologist", "auditor")


def command(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    asked = ("--against", "2026.1", *arguments)
    call_command("what_if", SHIPPED, *asked, "--format", "json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_page_gives_the_answer_of_the_command_when_the_numbers_are_the_same(
    world: World, judged: list[Any]
) -> None:
    typed = {"weight__integrity": "15", "threshold__gold_IN_score": "100"}
    page = tried(world, by=auditing(world), **typed).context
    answer = command("--weight", "integrity=15", "--threshold", "gold=100", "--margins", "areas")
    assert answer["changes"]
    words = {"gold": "Gold", "certified": "Certified", "not_certified": "Not certified"}
    assert [
        (each["number"], each["before"], each["after"], each["badge"]["title"]) for each in page["changes"]
    ] == [
        (each["dossier"], words[each["before"]], words[each["after"]], each["direction"])
        for each in answer["changes"]
    ]
    assert page["stats"][0]["value"] == answer["dossiers"] == 3
    rows = page["margins"]["rows"]
    assert len(rows) == len(answer["margins"])
    ends = ("%", "nothing changes up to ")
    shown = {
        tuple(cell["value"].removesuffix(ends[0]).removeprefix(ends[1]) for cell in row["cells"][1:])
        for row in rows
    }
    for each in answer["margins"]:
        low, high = each["searched"] or (None, None)
        down = each["down"]["safe"] if each["down"] else low or "any number"
        up = each["up"]["safe"] if each["up"] else high or "any number"
        assert (each["now"], down, up) in shown or (each["now"], up, down) in shown


def test_changed_files_are_explained_when_an_outcome_flips(world: World, judged: list[Any]) -> None:
    content = text_of(tried(world, by=auditing(world), threshold__gold_IN_score="100"))
    assert "Gold – Overall score at least 100% instead of 85%" in content
    assert f"{judged[0].number} Gold" in content
    assert "Gold asks for at least 100 %" in content
    arabic = text_of(tried(world, language="ar", threshold__gold_IN_score="١٠٠"))
    assert "100% بدلا من 85%" in arabic
    assert "والمطلوب لتصنيف «الفئة الذهبية»" in arabic


def test_nothing_changes_when_no_number_does(world: World, judged: list[Any]) -> None:
    content = text_of(tried(world))
    assert "No number is changed yet." in content
    assert "No outcome changes." in content


def test_trying_writes_nothing_when_numbers_are_sent(world: World, judged: list[Any]) -> None:
    before = (Event.objects.count(), Edition.objects.count())
    tried(world, weight__integrity="90")
    assert (Event.objects.count(), Edition.objects.count()) == before
    assert visitor(world.person("methodologist")).post(PAGE).status_code == 405


BAD = [
    ("weight-integrity", "-1", "A weight cannot be negative."),
    ("weight-integrity", "much", "This is not a number."),
    ("weight-integrity", "", "This is not a number."),
    ("weight-integrity", "NaN", "This is not a number."),
    ("threshold-gold.count", "0.5", "Write a whole number"),
    ("threshold-gold.score", "101", "Write a number from 0 to 100."),
    ("threshold-certified.score", "0", "an outcome could never be reached"),
    ("threshold-certified.score", "90", "would ask for more than a better one"),
]


def test_bad_numbers_are_refused_at_their_field_when_typed(world: World, judged: list[Any]) -> None:
    for field, typed, words in BAD:
        _is_refused(world, field, typed, words)


def _is_refused(world: World, field: str, typed: str, words: str) -> None:
    more = {"threshold-certified.every_area": "0", "threshold-certified.count": "31"} if typed == "0" else {}
    client = visitor(world.person("methodologist"))
    response = client.get(PAGE, {field: typed, "weight-equality": "13", **more})
    entries = {entry["name"]: entry for group in response.context["groups"] for entry in group["entries"]}
    assert response.status_code == 200
    assert words in entries[field]["error"]
    assert entries[field]["value"] == typed
    assert entries["weight-equality"]["value"] == "13"
    assert f'href="#{field}"' in response.content.decode()
    assert "stats" not in response.context


def test_weights_are_refused_when_all_are_zero(world: World) -> None:
    small_scheme(world)
    content = text_of(tried(world, MINI, **{"weight-a": "0", "weight-b": "0"}))
    assert "1. A: The weights that are averaged together are all 0." in content
    assert "All weights" not in text_of(tried(world, MINI, **{"weight-a": "0"}))


def test_a_file_is_counted_only_when_it_is_decided(world: World) -> None:
    small_scheme(world)
    waiting = reviewed(world, ("4", "4", "3"))
    page = tried(world, MINI, threshold__gold_IN_score="100")
    assert "nothing to try it on" in text_of(page)
    assert "Only files that have been decided are counted" in text_of(page)
    assert waiting.number not in page.content.decode()
    world.perform(waiting, "grant")
    page = tried(world, MINI, threshold__gold_IN_score="100")
    assert page.context["stats"][0]["value"] == 1
    assert "A trial association" not in text_of(page)


def test_file_bears_its_number_only_for_those_who_read_its_scores(world: World, judged: list[Any]) -> None:
    typed = {"weight__integrity": "90", "threshold__gold_IN_score": "100", "margins": "criteria"}
    page = tried(world, **typed)
    content = page.content.decode()
    assert "The farthest is that of file" in text_of(page)
    assert all(each.number not in content and str(each.pk) not in content for each in judged)
    assert "A file whose scores are closed to you stands here without its number." in text_of(page)
    names = {each["number"] for each in page.context["changes"]}
    assert names <= {"file 1", "file 2", "file 3"}
    seen = tried(world, by=auditing(world), **typed)
    assert len(seen.context["changes"]) == len(names)
    for each in judged:
        listed = [row for row in seen.context["changes"] if row["number"] == each.number]
        assert all(row["url"] == page_of(each) for row in listed)
    assert "without its number" not in text_of(seen)
    arabic = text_of(tried(world, language="ar", **typed))
    assert "الملف الذي لا يتاح لك الاطلاع على نتائجه يذكر هنا بلا رقمه." in arabic


def test_place_in_the_list_tells_no_number(world: World) -> None:
    small_scheme(world)
    numbers = [granted(world, ("4", "4", "4")).number for _file in range(8)]
    viewer = viewer_of(world.person("methodologist"), "mini")
    with translation.override("en"):
        names = identities(viewer, Dossier.objects.filter(scheme="mini")).names
    assert sorted(names) == numbers
    assert list(names.values()) == [f"file {ordinal}" for ordinal in range(1, 9)]
    assert list(names) != numbers


def test_weights_of_criteria_are_tried_when_they_are_typed(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "2", "4"))
    page = tried(world, MINI)
    folded = [group for group in page.context["groups"] if group["folded"]]
    assert [(group["title"], group["open"]) for group in folded] == [("1. A", False), ("2. B", False)]
    assert "A 1" in str(folded[0]["entries"][0]["label"])
    page = tried(world, MINI, **{"weight-a-2": "0"})
    assert [(each["number"], each["before"], each["after"]) for each in page.context["changes"]] == [
        ("file 1", "Plain", "Gold")
    ]
    assert page.context["groups"][-2]["open"]
    assert "1. A – 1.2. A 2: 0 instead of 1" in text_of(page)
    wrong = text_of(tried(world, MINI, **{"weight-a-1": "0", "weight-a-2": "0"}))
    assert "Give at least one criterion of this area a weight" in wrong


def test_margins_of_criteria_are_there_when_asked_for(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "2", "4"))
    few = tried(world, MINI).context["margins"]["rows"]
    page = tried(world, MINI, margins="criteria")
    rows = page.context["margins"]["rows"]
    assert len(rows) == len(few) + 2  # a-1 and a-2; b-1 has nothing beside it
    (row,) = [row["cells"] for row in rows if row["cells"][0]["value"] == "1. A – 1.2. A 2"]
    assert (row[1]["value"], row[2]["value"]) == ("1", "0.67")
    assert "At 0.66 other outcomes begin" in row[2]["note"].replace("\u2068", "").replace("\u2069", "")


def test_criteria_have_no_fields_when_there_are_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MOST_CRITERIA", 2)
    small_scheme(world)
    page = tried(world, MINI)
    assert not any(group["folded"] for group in page.context["groups"])
    assert "The rubric has 3 criteria, too many for a form" in text_of(page)


def test_margins_wait_for_a_press_when_many_files_were_judged(
    world: World, judged: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MARGINS_AT_ONCE", 2)
    page = tried(world, weight__integrity="15")
    assert page.context["margins"] is None
    assert "?weight-integrity=15&amp;margins=yes#margins" in page.content.decode()
    assert tried(world, margins="yes").context["margins"]["rows"]


def test_page_says_so_when_no_file_was_judged(world: World) -> None:
    assert "nothing to try it on" in text_of(tried(world))


def test_other_rubrics_and_editions_are_tried_when_chosen(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "4", "3"))
    old = Edition.objects.get(kind="rubric", name="mini").pk
    rubric = changed(
        RUBRIC, ('edition: "1"', 'edition: "2"'), ("{score: {at_least: 90}}", "{score: {at_least: 80}}")
    )
    world.scheme(changed(WORKFLOW, ('edition: "1"', 'edition: "2"')), rubric)
    assert "nothing to try it on" in text_of(tried(world, MINI))
    found = tried(world, MINI, against=old)
    assert [(each["before"], each["after"]) for each in found.context["changes"]] == [("Plain", "Gold")]
    assert "There is no such edition" in text_of(tried(world, MINI, against="f" * 64))
    assert visitor(world.person("methodologist")).get(MINI, {"rubric": "nowhere"}).status_code == 404


def test_files_of_other_schemes_are_left_out_when_they_share_the_rubric(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "4", "3"))
    world.scheme(changed(WORKFLOW, ("workflow: mini", "workflow: other")), RUBRIC)
    assert tried(world, MINI).context["stats"][0]["value"] == 1
    assert "nothing to try it on" in text_of(tried(world, "/schemes/other/what-if/"))


@pytest.mark.parametrize(
    "role", ["auditor", "coordinator", "reviewer", "applicant", "panel", "administrator"]
)
def test_page_does_not_exist_when_the_reader_plans_nothing(world: World, role: str) -> None:
    client = visitor(world.person(role))
    assert client.get(PAGE).status_code == 404


def test_page_does_not_exist_when_the_methodologist_also_reviews(world: World) -> None:
    assert visitor(world.person("methodologist")).get(PAGE).status_code == 200
    assert visitor(world.new_person("both", "methodologist", "reviewer")).get(PAGE).status_code == 404


def test_page_costs_the_same_when_more_was_judged(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "4", "3"))
    client = visitor(world.person("methodologist"))
    few = queries_for(client, MINI)
    for _file in range(3):
        granted(world, ("4", "1", "3"), ("3", "2", "1"))
    assert queries_for(client, MINI) == few <= 12


def everything_sent(world: World, page: str = PAGE, **typed: str) -> HttpResponse:
    """What the form sends: every number, as it is or as it was typed."""
    client = visitor(world.person("methodologist"))
    groups = client.get(page).context["groups"]
    values = {entry["name"]: entry["value"] for group in groups for entry in group["entries"]}
    hidden = {"rubric": "mini" if page == MINI else SHIPPED}
    return client.get(page, hidden | values | typed)


def test_address_carries_what_differs_and_the_edition_when_the_form_is_sent(
    world: World, judged: list[Any]
) -> None:
    edition = Edition.objects.get(kind="rubric", name=SHIPPED).pk
    response = everything_sent(world, **{"weight-integrity": "١٥", "threshold-gold.score": "much"})
    assert response.status_code == 302
    path, _, query = response["Location"].partition("?")
    assert path == PAGE
    assert QueryDict(query).dict() == {
        "rubric": SHIPPED,
        "edition": edition[:12],
        "weight-integrity": "١٥",
        "threshold-gold.score": "much",
    }
    page = visitor(world.person("methodologist")).get(response["Location"])
    assert page.status_code == 200
    assert f'name="edition" value="{edition[:12]}"' in page.content.decode()
    assert everything_sent(world)["Location"] == f"{PAGE}?rubric={SHIPPED}&edition={edition[:12]}"


def test_numbers_start_from_the_edition_of_the_address_when_another_is_open_by_now(world: World) -> None:
    small_scheme(world)
    granted(world, ("4", "4", "3"))
    old = Edition.objects.get(kind="rubric", name="mini").pk
    newer = changed(
        RUBRIC, ('edition: "1"', 'edition: "2"'), ("{score: {at_least: 90}}", "{score: {at_least: 80}}")
    )
    world.scheme(changed(WORKFLOW, ('edition: "1"', 'edition: "2"')), newer)
    page = tried(world, MINI, edition=old[:12])
    entries = {entry["name"]: entry for group in page.context["groups"] for entry in group["entries"]}
    assert entries["threshold-gold.score"]["value"] == "90"
    assert page.context["changes"] == []
    assert "These numbers start from edition 1, and new files are judged by edition 2." in text_of(page)
    sent = visitor(world.person("methodologist")).get(
        MINI, {"edition": old[:12], "against": old, "weight-a": "1"}
    )
    assert sent.status_code == 302
    assert "against" not in sent["Location"]
    unknown = tried(world, MINI, edition="f" * 12)
    assert "This address starts from an edition that is not here" in text_of(unknown)
    assert "stats" not in unknown.context


def test_numbers_that_the_rubric_has_not_are_named_when_the_address_has_them(
    world: World, judged: list[Any]
) -> None:
    client = visitor(world.person("methodologist"))
    page = client.get(PAGE, {"weight-integritty": "15", "threshold-golden": "3", "weight-equality": "11"})
    assert "Not of this rubric, and left out: weight-integritty, threshold-golden." in text_of(page)
    assert page.context["edits"]
    assert page.context["stats"]
    arabic = visitor(world.person("methodologist"), "ar").get(PAGE, {"weight-integritty": "15"})
    assert "weight-integritty" in text_of(arabic)
    assert "ليست من أداة التقييم هذه" in text_of(arabic)


def test_number_given_twice_is_refused_with_both_when_the_address_has_them(
    world: World, judged: list[Any]
) -> None:
    client = visitor(world.person("methodologist"))
    page = client.get(f"{PAGE}?weight-integrity=15&weight-integrity=16")
    assert "Given twice: 15, 16. Keep one of them." in text_of(page).replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert "stats" not in page.context
    assert client.get(f"{PAGE}?weight-integrity=15&weight-integrity=15").context["stats"]


def test_end_of_a_search_is_not_shown_as_a_limit(world: World, judged: list[Any]) -> None:
    page = tried(world, weight__integrity="15")
    rows = {row["cells"][0]["value"]: row["cells"] for row in page.context["margins"]["rows"]}
    up = rows["1. Integrity"][3]
    assert (up["value"], up["note"]) == ("nothing changes up to 150", "not searched further")
    assert rows["1. Integrity"][2]["value"] == "0"
    arabic = tried(world, language="ar", weight__integrity="15")
    assert "لم يبحث أبعد من ذلك" in text_of(arabic)


def test_scores_that_move_are_told_when_no_outcome_changes(world: World, judged: list[Any]) -> None:
    page = text_of(tried(world, weight__integrity="11"))
    assert "No outcome changes." in page
    assert re.search(r"Scores that rise: \d, that fall: \d, that stay: \d\. On average they move by", page)
    assert "The farthest is that of" in page
    assert "Scores that rise" not in text_of(tried(world))
    arabic = tried(world, language="ar", weight__integrity="11").content.decode()
    assert re.search("متوسط التغير \u2068\u2066[+-]", arabic)
