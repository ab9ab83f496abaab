"""Findings as objects: raised by a reviewer, resting on evidence, seen to by somebody, corrected, effective."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from accreditation_engine.definitions.durations import after
from accreditation_engine.dossiers.evidence import take_back
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join, leave
from accreditation_engine.organisations.models import Membership
from accreditation_engine.reviews.findings import Found, file_correction, name_owner, raise_finding
from accreditation_engine.reviews.interests.declaring import declare_none
from accreditation_engine.reviews.models import Assignment, Correction, Finding
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from tests.support.papers import pdf
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import World, later

RUBRIC, CRITERION = "institutional-commitment", "integrity-1"
PDF = pdf("what was done")


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("reviewed")


def a_reviewer(file: Dossier) -> Any:
    return Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer


def evidence_of(file: Dossier) -> Evidence:
    return Evidence.objects.get(dossier=file, rubric=RUBRIC, criterion=CRITERION)


def found(file: Dossier, **more: Any) -> Found:
    usual = {
        "criterion": (RUBRIC, CRITERION),
        "severity": "major",
        "text": " لا يوجد سجل لتعارض المصالح ",
        "evidence": [evidence_of(file)],
    }
    return Found(**usual | more)


def raised(file: Dossier, **more: Any) -> Finding:
    return raise_finding(dossier=file, found=found(file, **more), by=a_reviewer(file))


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    assert all(str(each) for each in refused.value.reasons)
    return [each.code for each in refused.value.reasons]


def upload(content: bytes = PDF, name: str = "done.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def closed(file: Dossier) -> Finding:
    finding = raised(file)
    perform(finding, "answer", file.organisation.memberships.get().user, comment="-")
    perform(finding, "verify", a_reviewer(file), comment="-")
    return finding


def test_a_finding_says_what_it_is_and_on_what_it_rests(file: Dossier) -> None:
    finding = raised(file)
    (opened,) = told(Event.objects.filter(stream=finding.pk))
    assert (opened.event.kind, opened.event.actor, opened.event.role) == (
        "opened",
        a_reviewer(file).pk,
        "reviewer",
    )
    assert opened.comment == "لا يوجد سجل لتعارض المصالح"
    due = after(timezone.localdate(), "P90D")
    assert opened.event.data == {
        "dossier": str(file.pk),
        "rubric": RUBRIC,
        "criterion": CRITERION,
        "severity": "major",
        "rating": "",
        "evidence": [evidence_of(file).sha256],
        "due_on": due.isoformat(),
    }
    assert (finding.state, finding.due_on) == ("open", due)
    assert list(verify_all()) == []


def test_a_major_without_evidence_is_refused_and_nothing_else_is(file: Dossier) -> None:
    assert codes(lambda: raised(file, evidence=[])) == ["major_without_evidence"]
    assert not Finding.objects.exists()
    for severity in ("minor", "observation"):
        assert raised(file, severity=severity, evidence=[]).evidence == []


def test_evidence_of_another_file_or_taken_back_supports_nothing(world: World, file: Dossier) -> None:
    elsewhere = evidence_of(world.dossier("screening"))
    assert codes(lambda: raised(file, evidence=[elsewhere])) == ["not_in_evidence"]
    draft = world.dossier("screening")
    world.perform(draft, "return_for_completion")
    other = evidence_of(draft)
    take_back(evidence=other, by=world.applicant)
    other.refresh_from_db()
    other.dossier_id = file.pk
    assert codes(lambda: raised(file, evidence=[other])) == ["not_in_evidence"]


def test_all_that_is_missing_is_said_at_once(world: World, file: Dossier) -> None:
    wrong = {
        "criterion": (RUBRIC, "integrity-99"),
        "text": " \x00",
        "evidence": [],
        "due_on": timezone.localdate() - timedelta(days=1),
        "owner": world.stranger,
    }
    assert codes(lambda: raised(file, **wrong)) == [
        "unknown_criterion",
        "finding_without_text",
        "major_without_evidence",
        "due_in_the_past",
        "not_a_member",
    ]


def test_nothing_is_due_on_a_day_that_nobody_here_will_see(file: Dossier) -> None:
    last = after(timezone.localdate(), "P5Y")
    for day in (last + timedelta(days=1), date.max):
        with pytest.raises(Refused) as refused:
            raised(file, due_on=day)
        assert [each.as_data() for each in refused.value.reasons] == [
            {"code": "due_too_late", "date": day.isoformat(), "last": last.isoformat()}
        ]
        for language in ("ar", "en"):
            with translation.override(language):
                assert date_format(last, "j F Y") in str(refused.value).translate(
                    dict.fromkeys((0x2068, 0x2069))
                )
    assert codes(lambda: raised(file, due_on=date.min)) == ["due_in_the_past"]
    assert raised(file, due_on=last).due_on == last


def test_what_was_found_is_written_to_be_read(file: Dossier) -> None:
    assert codes(lambda: raised(file, text="\u200b\u2800\u200f")) == ["finding_without_text"]
    with pytest.raises(Refused) as refused:
        raised(file, text="x" * 20_001)
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "text_too_long", "count": 20_001, "most": 20_000, "field": "text"}
    ]


def test_only_reviewers_of_the_file_raise_findings(world: World, file: Dossier) -> None:
    for person in (world.applicant, world.stranger, world.person("coordinator"), world.person("panel")):
        with pytest.raises(Refused) as refused:
            raise_finding(dossier=file, found=found(file), by=person)
        assert [each.code for each in refused.value.reasons] == ["not_your_role"]


def test_a_reviewer_with_an_interest_raises_nothing(file: Dossier) -> None:
    join(organisation=file.organisation, user=a_reviewer(file), by=SYSTEM)
    assert codes(lambda: raised(file)) == ["interest_bars"]


@pytest.mark.parametrize("state", ["in_review", "review_overdue", "reviewed"])
def test_findings_are_raised_while_reviews_are_open_or_just_closed(world: World, state: str) -> None:
    assert raised(world.dossier(state)).state == "open"


@pytest.mark.parametrize("state", ["screening", "correcting", "deciding", "certified"])
def test_no_findings_are_raised_before_or_after(world: World, state: str) -> None:
    file = world.dossier(state)
    if not Assignment.objects.filter(dossier=file).exists():
        reviewer = world.person("reviewer")
        Assignment.objects.create(dossier=file, reviewer=reviewer, assigned_at=timezone.now())
        declare_none(dossier=file, role="reviewer", by=reviewer)
    assert codes(lambda: raised(file)) == ["findings_closed"]


def test_a_finding_raised_by_hand_is_not_raised_again_by_a_rule(world: World) -> None:
    file = world.dossier("in_review", level=0.0)
    raised(file)
    world.take_to(file, "reviewed", level=0.0)
    of_criterion = Finding.objects.filter(dossier=file, criterion=CRITERION)
    assert [each.rating for each in of_criterion] == [""]


def test_a_finding_of_a_rule_rests_on_what_was_filed(world: World) -> None:
    file = world.dossier("reviewed", level=0.0)
    by_rule = Finding.objects.get(dossier=file, criterion=CRITERION)
    assert (by_rule.rating, by_rule.evidence) == ("0.00", [evidence_of(file).sha256])
    unfiled = Finding.objects.filter(dossier=file, severity="major", evidence=[])
    assert unfiled.exists()


def test_what_a_finding_rests_on_is_never_changed(file: Dossier) -> None:
    finding = raised(file)
    for change in ({"evidence": []}, {"rating": "3"}, {"severity": "minor"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**change)


def test_a_member_is_named_who_sees_to_it(world: World, file: Dossier) -> None:
    finding = raised(file, owner=world.applicant)
    colleague = world.new_person("colleague")
    join(organisation=file.organisation, user=colleague, by=SYSTEM)
    name_owner(finding=finding, owner=colleague, by=world.applicant)
    name_owner(finding=finding, owner=None, by=world.person("coordinator"))
    events = Event.objects.filter(stream=finding.pk).order_by("seq")
    assert [(each.kind, each.role, each.data.get("owner")) for each in events] == [
        ("opened", "reviewer", str(world.applicant.pk)),
        ("owner_named", "applicant", str(colleague.pk)),
        ("owner_named", "coordinator", None),
    ]
    finding.refresh_from_db()
    assert finding.owner is None


def test_nobody_else_is_named_and_nobody_else_names(world: World, file: Dossier) -> None:
    finding = raised(file)
    assert codes(lambda: name_owner(finding=finding, owner=world.stranger, by=world.applicant)) == [
        "not_a_member"
    ]
    assert codes(lambda: name_owner(finding=finding, owner=world.applicant, by=a_reviewer(file))) == [
        "not_your_role"
    ]
    gone = world.new_person("gone")
    join(organisation=file.organisation, user=gone, by=SYSTEM)
    leave(membership=Membership.objects.get(user=gone), by=SYSTEM)
    assert codes(lambda: name_owner(finding=finding, owner=gone, by=world.applicant)) == ["not_a_member"]


def test_a_file_shows_what_was_done(world: World, file: Dossier) -> None:
    finding = raised(file)
    kept = file_correction(finding=finding, upload=upload(), by=world.applicant)
    assert file_correction(finding=finding, upload=upload(), by=world.applicant) == kept
    assert (kept.rubric, kept.criterion) == (RUBRIC, CRITERION)
    assert list(Correction.objects.values_list("finding", "evidence")) == [(finding.pk, kept.pk)]
    event = Event.objects.get(stream=finding.pk, kind="correction_filed")
    assert event.data == {"sha256": kept.sha256}
    assert Event.objects.filter(stream=file.pk, kind="evidence_filed").last().data["sha256"] == kept.sha256  # type: ignore[union-attr]


def test_no_file_comes_unless_it_is_awaited(world: World, file: Dossier) -> None:
    finding = raised(file)

    def send(by: Any, content: bytes = PDF) -> list[str]:
        return codes(lambda: file_correction(finding=finding, upload=upload(content), by=by))

    assert send(a_reviewer(file)) == ["not_your_role"]
    assert send(world.applicant, b"MZ") == ["file_disguised"]
    perform(finding, "answer", world.applicant, comment="-")
    assert send(world.applicant) == ["correction_not_awaited"]
    assert not Correction.objects.exists()


def test_a_closed_finding_bars_nothing_and_is_shown_to_be_effective_later(file: Dossier) -> None:
    finding = closed(file)
    with later(days=4000):
        sweep()
        finding.refresh_from_db()
        perform(finding, "check_effectiveness", a_reviewer(file), comment="السجل محدث بعد عام")
    assert finding.state == "effective"
    assert codes(lambda: perform(finding, "reopen", a_reviewer(file), comment="-")) == ["wrong_state"]
    assert codes(
        lambda: name_owner(finding=finding, owner=None, by=file.organisation.memberships.get().user)
    ) == ["finding_settled"]


def test_nobody_says_that_an_action_lasts_before_it_could(world: World, file: Dossier) -> None:
    finding = closed(file)

    def effective() -> Any:
        return perform(finding, "check_effectiveness", a_reviewer(file), comment="السجل محدث")

    assert codes(effective) == ["not_long_enough"]
    with later(days=80):
        perform(finding, "reopen", a_reviewer(file), comment="-")
        perform(finding, "answer", world.applicant, comment="-")
        perform(finding, "verify", a_reviewer(file), comment="-")
    with later(days=100):
        assert codes(effective) == ["not_long_enough"]
    with later(days=170):
        effective()
    assert finding.state == "effective"


def test_what_had_no_lasting_effect_is_corrected_again(world: World, file: Dossier) -> None:
    finding = closed(file)
    perform(finding, "reopen", a_reviewer(file), comment="عاد الأمر كما كان")
    assert (finding.state, finding.deadline_at) == ("returned", after(finding.entered_at, "P30D"))
    perform(finding, "answer", world.applicant, comment="-")
    assert finding.state == "answered"


def test_a_closed_major_does_not_bar_the_certificate_and_a_reopened_one_does(
    world: World, file: Dossier
) -> None:
    finding = closed(file)
    world.take_to(file, "deciding")
    perform(finding, "reopen", a_reviewer(file), comment="-")
    assert "findings_open" in codes(lambda: world.perform(file, "certify"))
    perform(finding, "answer", world.applicant, comment="-")
    perform(finding, "verify", a_reviewer(file), comment="-")
    world.take_to(file, "certified")
    assert file.state == "certified"


def test_whoever_should_look_at_the_effect_is_reminded_once(world: World, file: Dossier) -> None:
    finding = closed(file)
    sweep(now=finding.entered_at + timedelta(days=179))
    assert Finding.objects.get().state == "closed"
    nobody_is_written_to()
    for days in (181, 182, 400, 4000):
        sweep(now=finding.entered_at + timedelta(days=days))
    told = sorted(address for each in delivered() for address in each.to)
    reviewers = {each.reviewer.email for each in Assignment.objects.filter(dossier=file)}
    assert told == sorted([world.person("coordinator").email, *reviewers])
    reminded = Finding.objects.get()
    assert (reminded.state, reminded.deadline_at) == ("effect_due", None)
    with later(days=181):
        perform(reminded, "check_effectiveness", a_reviewer(file), comment="السجل محدث")
    assert reminded.state == "effective"


def test_reminder_bars_nothing_and_its_clock_starts_anew_when_the_finding_is_closed_again(
    world: World, file: Dossier
) -> None:
    finding = closed(file)
    sweep(now=finding.entered_at + timedelta(days=181))
    finding.refresh_from_db()
    assert not still_open(finding.edition_id, finding.state)
    perform(finding, "reopen", a_reviewer(file), comment="-")
    perform(finding, "answer", world.applicant, comment="-")
    perform(finding, "verify", a_reviewer(file), comment="-")
    assert (finding.state, finding.deadline_at) == ("closed", after(finding.entered_at, "P180D"))
