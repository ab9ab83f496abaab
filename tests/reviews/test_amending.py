"""What a finding says is said better until it is answered; what it said before stays in the trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join
from accreditation_engine.reviews.amending import amend_text
from accreditation_engine.reviews.findings import Found, raise_finding
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from tests.support.world import World, at_once

FIRST, BETTER, WHY = "لا يوجد سجل", "السجل قائم ولم يحدث منذ 2024", "قدمت المنظمة السجل"


def a_reviewer(file: Dossier) -> Any:
    return Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer


@pytest.fixture
def finding(world: World) -> Finding:
    file = world.dossier("reviewed")
    found = Found(("institutional-commitment", "integrity-1"), "minor", FIRST)
    return raise_finding(dossier=file, found=found, by=a_reviewer(file))


def amended(
    finding: Finding, *, seen: int = 1, text: str = BETTER, reason: str = WHY, by: Any = None
) -> Event:
    who = by or a_reviewer(finding.dossier)
    return amend_text(finding=finding, text=text, reason=reason, seen=seen, by=who)


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    assert all(str(each) for each in refused.value.reasons)
    return [each.code for each in refused.value.reasons]


def test_both_texts_and_the_reason_lie_beside_events(world: World, finding: Finding) -> None:
    amended(finding, text=f"  {BETTER}\n")
    amended(finding, seen=3, text="-", by=world.person("coordinator"))
    events = told(Event.objects.filter(stream=finding.pk).order_by("seq"))
    assert [(each.event.kind, each.event.role, each.comment) for each in events] == [
        ("opened", "reviewer", FIRST),
        ("amendment_explained", "reviewer", WHY),
        ("text_amended", "reviewer", BETTER),
        ("amendment_explained", "coordinator", WHY),
        ("text_amended", "coordinator", "-"),
    ]
    assert [each.content["data"] for each in events if each.event.kind == "text_amended"] == [
        {"instead_of": 1, "explained": 2},
        {"instead_of": 3, "explained": 4},
    ]
    assert all(BETTER.encode() not in bytes(each.event.body) for each in events)
    assert list(verify_all()) == []


def test_nothing_is_written_when_an_amendment_is_refused(world: World, finding: Finding) -> None:
    assert codes(lambda: amended(finding, seen=7, text=" ", reason="\n")) == [
        "amended_meanwhile",
        "finding_without_text",
        "comment_missing",
    ]
    for person in (world.applicant, world.stranger, world.person("panel"), world.person("auditor")):
        assert codes(partial(amended, finding, by=person)) == ["not_your_role"]
    join(organisation=finding.dossier.organisation, user=a_reviewer(finding.dossier), by=SYSTEM)
    assert codes(lambda: amended(finding)) == ["interest_bars"]
    assert Event.objects.filter(stream=finding.pk).count() == 1


def test_text_and_reason_are_written_to_be_read(finding: Finding) -> None:
    unseen, endless = "\u200b\u3164", "x" * 20_001
    assert codes(lambda: amended(finding, text=unseen, reason=unseen)) == [
        "finding_without_text",
        "comment_missing",
    ]
    with pytest.raises(Refused) as refused:
        amended(finding, text=endless, reason=endless)
    assert [each.parameters["field"] for each in refused.value.reasons] == ["text", "reason"]


def test_what_has_been_answered_stands(world: World, finding: Finding) -> None:
    perform(finding, "answer", world.applicant, comment="-")
    assert codes(lambda: amended(finding)) == ["finding_answered"]
    perform(finding, "send_back", a_reviewer(finding.dossier), comment="-")
    assert codes(lambda: amended(finding)) == ["finding_answered"]


def test_an_overdue_finding_that_nobody_answered_is_still_amended(finding: Finding) -> None:
    perform(finding, "lapse", SYSTEM)
    assert amended(finding).seq == 4


def test_a_rules_finding_is_explained_by_a_first_text(world: World) -> None:
    file = world.dossier("reviewed", level=0.0)
    by_rule = Finding.objects.filter(dossier=file).order_by("pk")[0]
    assert amended(by_rule).seq == 3


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_amend_at_once_is_told(finding: Finding) -> None:
    outcomes = at_once(*(partial(amended, finding, text=each) for each in ("one", "other")))
    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert [reason.code for each in refused for reason in each.reasons] == ["amended_meanwhile"]
    assert Event.objects.filter(stream=finding.pk, kind="text_amended").count() == 1
