"""The road of a file: who sees it, what it tells, and that it stays readable when the road is long."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.trail.models import Event
from tests.definitions.examples import parsed
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import TINY, World, changed, later


def road(world: World, dossier: Dossier, language: str = "en", query: str = "") -> HttpResponse:
    response = visitor(world.person("auditor"), language).get(page_of(dossier, "dossier_road") + query)
    assert response.status_code == 200
    return response


def rows(response: HttpResponse, table: str) -> list[list[str]]:
    return [[str(cell["value"]) for cell in row["cells"]] for row in response.context[table]["rows"]]


def test_road_exists_for_those_who_see_the_trail_and_for_nobody_else(world: World) -> None:
    dossier = world.dossier("screening")
    address = page_of(dossier, "dossier_road")
    for role, status in (("auditor", 200), ("coordinator", 200), ("applicant", 404), ("methodologist", 404)):
        assert visitor(world.person(role)).get(address).status_code == status, role


def test_stays_are_told_with_time_step_person_and_deadline(world: World) -> None:
    dossier = open_dossier(
        organisation=world.organisation(), scheme="institutional-commitment", by=world.applicant
    )
    with later(days=3, hours=2):
        world.take_to(dossier, "screening")
    with later(days=4):
        response = road(world, dossier)
        first, second = rows(response, "stays")
    assert [first[0], first[3], first[5]] == ["Self-assessment", "3 days, 2 hours", "applicant"]
    assert "Submit the file" in first[4]
    assert response.context["stays"]["rows"][0]["cells"][6]["note"] == "deadline kept"
    assert second[0] == "Screening"
    assert second[2] == "here now"
    assert second[6] == "no deadline"


def test_deadline_that_passed_is_told_whoever_moved_the_file(world: World) -> None:
    world.scheme(
        changed(TINY, ("coordinator: [answers, trail]}", "auditor: [trail]}")).replace(
            "lapsed: {title: {ar: منتهي, en: Lapsed}, final: true}",
            "lapsed: {title: {ar: منتهي, en: Lapsed}, final: true, shows: {auditor: [trail]}}",
        )
    )
    dossier = world.dossier("draft", scheme="tiny")
    with later(days=31):
        assert road(world, dossier).context["states"]["rows"][0]["cells"][3]["value"] != "no deadline"
        sweep()
        response = road(world, dossier)
    cells = response.context["stays"]["rows"][0]["cells"]
    assert cells[6]["note"] == "deadline passed"
    assert cells[5]["value"] == "the system"
    assert "deadline passed" in response.content.decode()
    assert "passed in 1 of 1" in text_of(response)


def test_drawing_numbers_steps_in_order_and_marks_where_the_file_is(world: World) -> None:
    dossier = world.dossier("returned")
    svg = parsed(str(road(world, dossier).context["drawing"]))
    labels = {
        tuple(text.text for text in group.iter("{http://www.w3.org/2000/svg}text")): group.get("opacity")
        for group in svg.iter("{http://www.w3.org/2000/svg}g")
        if group.get("class") == "workflow-transition"
    }
    assert labels["Submit the file", "1"] is None
    assert labels["Return for", "completion", "2"] is None
    assert labels["Certify",] == "0.5"


def test_drawing_is_right_to_left_and_arabic_when_read_in_arabic(world: World) -> None:
    response = road(world, world.dossier("returned"), "ar")
    svg = parsed(str(response.context["drawing"]))
    assert svg.get("direction") == "rtl"
    assert "أقل من دقيقة" in str(response.context["drawing"])
    assert "فترة بعد فترة" in text_of(response)


@pytest.mark.parametrize("times", [300])
def test_road_stays_readable_when_a_file_was_sent_back_three_hundred_times(world: World, times: int) -> None:
    shows = "shows: {applicant: [answers], coordinator: [answers, trail], auditor: [trail]}"
    world.scheme(
        TINY.replace("shows: {applicant: [answers], coordinator: [answers, trail]}", shows).replace(
            "shows: {coordinator: [answers]}", shows
        )
    )
    dossier = world.dossier("draft", scheme="tiny")
    for _ in range(times):
        world.perform(dossier, "submit")
        world.perform(dossier, "send_back")
    response = road(world, dossier)
    assert rows(response, "states")[0][:2] == ["Draft", str(times + 1)]
    assert len(rows(response, "stays")) == 40
    assert f"({times}×)" in str(response.context["drawing"])
    assert len(response.content) < 200_000
    last = road(world, dossier, query="?page=16")
    assert rows(last, "stays")[-1][2] == "here now"


def test_road_costs_at_most_fifteen_queries(world: World) -> None:
    address = page_of(world.dossier("certified"), "dossier_road")
    assert queries_for(visitor(world.person("auditor")), address) <= 12


def test_look_at_the_road_is_written_down_when_an_auditor_reads_it(world: World) -> None:
    dossier = world.dossier("screening")
    road(world, dossier)
    looked = Event.objects.filter(kind="looked", actor=world.person("auditor").pk).latest("seq")
    assert looked.data == {"page": "road", "dossier": str(dossier.pk), "asked": {}}
