"""The overview of a dossier: for whom it exists, what it shows, and that it costs the same however full it is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.visibility import visible
from accreditation_engine.reviews.models import Finding
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import BADLY, World

STATES = [
    "draft",
    "screening",
    "returned",
    "in_review",
    "review_overdue",
    "reviewed",
    "correcting",
    "deciding",
]
STATES += ["certified", "refusal_decided", "refused", "appealing", "refusal_final", "withdrawn", "lapsed"]
ROLES = ["applicant", "coordinator", "reviewer", "panel", "appeal_panel", "auditor"]

# A text that is on a page only where the thing is shown. What belongs to answers, ratings and the trail has
# pages of its own.
TRACES = {
    "scores": "Score of each area",
    "findings": 'id="findings"',
    "votes": 'id="votes"',
    "trail": "/trail/",
    "answers": "/answers/",
    "ratings": "/ratings/",
}
MOST_QUERIES = 15


@pytest.mark.parametrize("state", STATES)
def test_overview_shows_what_the_state_shows_and_nothing_else_when_each_role_reads(
    world: World, state: str
) -> None:
    dossier = world.dossier(state)
    for role in ROLES:
        person = world.person(role)
        client = visitor(person)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(page_of(dossier))
        read = [
            each for each in captured if each["sql"].startswith("SELECT")
        ]  # that somebody is here is written
        assert len(read) <= MOST_QUERIES, f"the page of {role} in {state}"
        if role == "reviewer" and not dossier.assignments.filter(reviewer=person).exists():
            assert response.status_code == 404
            continue
        assert response.status_code == 200, role
        seen, content = visible(dossier, {role}), response.content.decode()
        seen |= {each.partition(":")[0] for each in seen}  # of votes that are sealed, who has voted
        for thing, trace in TRACES.items():
            there = (f"{dossier.pk}{trace}" if trace.startswith("/") else trace) in content
            if thing in seen and thing in ("findings", "scores", "votes"):
                continue  # whether there is any, other tests say
            assert not there or thing in seen, f"{role} sees {thing} in {state}"
            if thing in ("trail", "answers", "ratings"):
                assert there is (thing in seen), f"{role} misses {thing} in {state}"


@pytest.mark.parametrize("state", STATES)
def test_applicant_reads_the_names_of_reviewers_alone_and_no_inner_state_when_the_file_is_at_work(
    world: World, state: str
) -> None:
    dossier = world.dossier(state)
    content = text_of(visitor(world.applicant).get(page_of(dossier)))
    content += text_of(visitor(world.applicant).get(page_of(dossier, "answers")))
    content += text_of(visitor(world.applicant).get("/")) + text_of(visitor(world.applicant).get("/files/"))
    asked = set(dossier.assignments.values_list("reviewer", flat=True))
    for role in ("coordinator", "reviewer", "panel", "appeal_panel"):
        for person in world.cast.playing(role):
            assert (person.name in content) is (person.pk in asked)
    for each in compiled(dossier.edition_id).workflow.states.values():
        if each.public_title:
            assert each.title.en not in content


def test_file_does_not_exist_when_a_stranger_asks(world: World) -> None:
    dossier = world.dossier("in_review")
    for person in (world.stranger, world.person("coach"), world.person("administrator")):
        for name in ("dossier", "answers", "ratings", "trail", "self_assessment", "review"):
            assert visitor(person).get(page_of(dossier, name)).status_code == 404


def test_file_exists_for_its_own_reviewers_only_when_it_is_in_review(world: World) -> None:
    dossier = world.dossier("in_review")
    assert visitor(world.person("reviewer", 0)).get(page_of(dossier)).status_code == 200
    assert visitor(world.person("reviewer", 2)).get(page_of(dossier)).status_code == 404


def test_road_tells_where_the_file_was_and_goes_when_it_is_in_review(world: World) -> None:
    content = text_of(visitor(world.person("coordinator")).get(page_of(world.dossier("in_review"))))
    road = content[content.index("Progress") :]
    places = [
        road.index(title)
        for title in ("Self-assessment", "Screening", "In review", "Before the panel", "Certified")
    ]
    assert places == sorted(places)


def test_road_forgets_a_loop_when_a_file_was_returned(world: World) -> None:
    dossier = world.dossier("returned")
    world.perform(dossier, "submit")
    content = text_of(visitor(world.person("coordinator")).get(page_of(dossier)))
    assert "Returned for completion" not in content


def test_applicant_learns_nothing_of_the_time_when_a_state_changes_inside(world: World) -> None:
    dossier = world.dossier("in_review")
    client = visitor(world.applicant)
    before = client.get(page_of(dossier)).content.decode()
    perform(dossier, "escalate", SYSTEM)
    assert dossier.state == "review_overdue"
    after = client.get(page_of(dossier)).content.decode()
    assert _without_secrets(before) == _without_secrets(after)


def _without_secrets(content: str) -> str:
    return "".join(line for line in content.splitlines() if "csrfmiddlewaretoken" not in line)


def test_applicant_reads_why_when_the_file_comes_back(world: World) -> None:
    dossier = world.dossier("screening")
    world.perform(dossier, "return_for_completion", comment="Add the minutes of May.")
    content = text_of(visitor(world.applicant).get(page_of(dossier)))
    assert "Return for completion coordinator" in content
    assert "Add the minutes of May." in content
    world.perform(dossier, "submit")
    assert "Add the minutes of May." not in text_of(visitor(world.applicant).get(page_of(dossier)))


def test_applicant_does_not_read_what_the_coordinator_wrote_to_the_reviewers(world: World) -> None:
    dossier = world.dossier("review_overdue")
    world.perform(dossier, "resume_review", comment="Look into the board.")
    assert "Look into the board." not in text_of(visitor(world.applicant).get(page_of(dossier)))
    assert "Look into the board." in text_of(visitor(world.person("reviewer")).get(page_of(dossier)))


def test_certificate_is_on_the_page_when_it_is_issued(world: World) -> None:
    dossier = world.dossier("certified")
    number = dossier.certificates.get().number
    content = visitor(world.applicant).get(page_of(dossier)).content.decode()
    assert f"/register/{number}/" in content


def test_decision_is_told_with_its_reasons_when_a_file_is_refused(world: World) -> None:
    dossier = world.dossier("refused")
    content = text_of(visitor(world.applicant).get(page_of(dossier)))
    assert "Decision" in content
    assert "لأسباب الاختبار" in content


@pytest.mark.parametrize(
    ("role", "state"), [("applicant", "certified"), ("coordinator", "deciding"), ("panel", "deciding")]
)
def test_overview_costs_the_same_when_there_are_many_findings(world: World, role: str, state: str) -> None:
    few, many = world.dossier(state), world.dossier(state)
    _find(few, 1)
    _find(many, 20)
    client = visitor(world.person(role))
    assert queries_for(client, page_of(few)) == queries_for(client, page_of(many)) <= MOST_QUERIES


def test_findings_are_folded_but_for_the_first_that_are_asked_when_there_are_many(world: World) -> None:
    dossier = world.dossier("correcting")
    _find(dossier, 6)
    late, first, *_others = dossier.findings.order_by("pk")
    Finding.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    client = visitor(world.applicant)
    page = client.get(page_of(dossier))
    count = dossier.findings.count()
    assert _folds(page) == [True] * 3 + [False] * (count - 3)
    assert page.content.decode().index(f"finding-{late.pk}") < page.content.decode().index(
        f"finding-{first.pk}"
    )
    assert f"overdue: 1 · waiting for you: {count}" in text_of(page)
    named = page.content.decode().rindex('id="finding-')
    last = page.content.decode()[named:].split('"')[1]
    assert _folds(client.get(f"{page_of(dossier)}?finding={last.removeprefix('finding-')}"))[-1]
    assert _folds(visitor(world.person("coordinator")).get(page_of(dossier))) == [False] * count


def _folds(page: Any) -> list[bool]:
    """Of each finding, whether it stands open."""
    found = re.findall(r'<article class="card finding"><details( open)?>', page.content.decode())
    return [bool(each) for each in found]


def _find(dossier: Dossier, how_many: int) -> None:
    """Findings that nobody raised by rating: made at once, as many as are wanted."""
    rubric = compiled(dossier.edition_id).rubrics["institutional-commitment"]
    standing = set(Finding.objects.filter(dossier=dossier).values_list("criterion", flat=True))
    free = [each.id for each in rubric.every_criterion() if each.id not in standing]
    findings = [
        Finding(
            edition_id=current_edition("finding"),
            dossier=dossier,
            rubric=rubric.id,
            criterion=each,
            severity="minor",
        )
        for each in free[:how_many]
    ]
    open_subjects(findings, SYSTEM, role="system")


def test_findings_stand_on_the_page_when_there_are_some(world: World) -> None:
    dossier = world.dossier("correcting", level=BADLY)
    content = visitor(world.applicant).get(page_of(dossier)).content.decode()
    for finding in dossier.findings.all():
        assert f'id="finding-{finding.pk}"' in content
