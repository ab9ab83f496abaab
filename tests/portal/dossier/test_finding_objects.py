"""Findings on pages: raised by hand, what they rest on, who sees to them, and files that show the correction."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accreditation_engine.definitions.durations import after
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.due import last_day
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.models import Assignment, Correction, Finding
from tests.portal.sending.ahead import sent_ahead
from tests.portal.visitor import hidden, page_of, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import World, changed, later

CRITERION = "institutional-commitment:integrity-1"
TEXT = "لا يوجد سجل لتعارض المصالح"


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("reviewed")


def reviewer(file: Dossier) -> Client:
    return visitor(Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer)


def send(client: Client, file: Dossier, **typed: Any) -> HttpResponse:
    evidence = Evidence.objects.get(dossier=file, criterion="integrity-1")
    usual = {"criterion": CRITERION, "severity": "major", "text": TEXT, "evidence": [str(evidence.pk)]}
    return client.post(page_of(file, "new_finding"), usual | typed)


def corrected(world: World, file: Dossier) -> Finding:
    """A finding raised by hand that waits for the organisation."""
    assert send(reviewer(file), file).status_code == 302
    world.perform(file, "request_correction")
    return Finding.objects.get(dossier=file)


def test_reviewer_raises_a_finding_and_its_text_and_evidence_are_shown(world: World, file: Dossier) -> None:
    client = reviewer(file)
    assert "Raise a finding" in text_of(client.get(page_of(file)))
    assert "integrity-1.pdf" in text_of(client.get(page_of(file, "new_finding")))
    corrected(world, file)
    page = text_of(visitor(world.applicant).get(page_of(file)))
    assert TEXT in page
    assert "integrity-1.pdf" in page


def test_major_without_evidence_comes_back_with_what_was_typed(file: Dossier) -> None:
    response = send(reviewer(file), file, evidence=[])
    assert response.status_code == 409
    assert "must rest on evidence" in text_of(response)
    assert TEXT in text_of(response)
    assert not Finding.objects.exists()


def test_evidence_of_another_file_is_not_taken(world: World, file: Dossier) -> None:
    elsewhere = Evidence.objects.get(dossier=world.dossier("screening"), criterion="integrity-1")
    assert send(reviewer(file), file, evidence=[str(elsewhere.pk)]).status_code == 409


def test_all_that_is_wrong_comes_back_at_once_each_at_its_field_with_what_was_typed(file: Dossier) -> None:
    typed = {
        "criterion": "",
        "severity": "",
        "text": "x" * 20_001,
        "due_on": "2026-02-31",
        "owner": "nobody@tests.example",
    }
    response = send(reviewer(file), file, **typed)
    assert response.status_code == 409
    page = response.content.decode()
    for field in ("criterion", "severity", "text", "due_on", "owner"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
        assert f'id="{field}-error"' in page
    assert "x" * 20_001 in page
    words = text_of(response)
    assert "Choose the requirement that is not met." in words
    assert "There is no such day: 2026-02-31. Write year, month and day, as in 2027-03-31." in words
    assert not Finding.objects.exists()


def test_day_that_is_left_empty_is_the_rubrics_own(file: Dossier) -> None:
    client = reviewer(file)
    due = last_day(compiled(file.edition_id).workflow, after(timezone.localdate(), "P90D"))
    page = text_of(client.get(page_of(file, "new_finding")))
    assert f"Institutional commitment, major nonconformity: {due.day} {due:%B %Y}" in page
    send(client, file)
    assert Finding.objects.get().due_on == due


def test_day_off_is_moved_to_the_next_working_day_and_said(file: Dossier) -> None:
    client, today = reviewer(file), timezone.localdate()
    friday = today + timedelta(days=7 + (4 - today.weekday()) % 7)
    response = client.get(send(client, file, due_on=friday.isoformat()).url)
    assert Finding.objects.get().due_on == last_day(compiled(file.edition_id).workflow, friday) > friday
    assert "is a day off, so it is to be corrected by" in text_of(response)


def test_owner_day_and_all_else_are_kept_and_shown(world: World, file: Dossier) -> None:
    client = reviewer(file)
    due = last_day(compiled(file.edition_id).workflow, timezone.localdate() + timedelta(days=20))
    send(client, file, owner=world.applicant.email, due_on=due.isoformat())
    finding = Finding.objects.get()
    assert (finding.owner, finding.due_on, finding.severity, finding.criterion) == (
        world.applicant,
        due,
        "major",
        "integrity-1",
    )
    page = text_of(client.get(page_of(file)))
    for words in (
        "applicant sees to it.",
        f"to be corrected by {due.day} {due:%B %Y}",
        "major nonconformity",
        TEXT,
        "integrity-1.pdf",
    ):
        assert words in page


def amend(client: Client, file: Dossier, finding: Finding, **typed: str) -> HttpResponse:
    address = page_of(file, "amend_finding", finding.pk)
    usual = {
        "seen": hidden(client.get(address), "seen"),
        "text": "السجل قائم ولم يحدث",
        "reason": "ظهر السجل",
    }
    return client.post(address, usual | typed)


def test_text_is_amended_and_what_it_said_before_stays_on_the_page(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    client = reviewer(file)
    assert "Amend the text" in text_of(client.get(page_of(file)))
    assert amend(client, file, finding).status_code == 302
    page = text_of(visitor(world.applicant).get(page_of(file)))
    assert "السجل قائم ولم يحدث" in page
    assert "Amended on" in page
    assert TEXT in page
    assert "ظهر السجل" in page


def test_amendment_comes_back_with_what_was_typed_when_it_is_refused(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    client = reviewer(file)
    for typed, words in (
        ({"reason": ""}, "السجل قائم ولم يحدث"),
        ({"text": ""}, "ظهر السجل"),
        ({"seen": "99"}, "Somebody has amended this text since you opened it."),
        ({"reason": "x" * 20_001}, "The text has 20001 characters; at most 20000 are taken."),
        ({"text": "\u200b"}, "Say what was found."),
    ):
        response = amend(client, file, finding, **typed)
        assert response.status_code == 409
        assert words in text_of(response)
    assert "Amended on" not in text_of(client.get(page_of(file)))


def test_answer_from_a_page_with_the_former_text_is_stale(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    applicant = visitor(world.applicant)
    page = applicant.get(page_of(file)).content.decode()
    (version,) = re.findall(
        r'name="transition" value="answer"><input type="hidden" name="version" value="([^"]+)"', page
    )
    amend(reviewer(file), file, finding)
    sent = {"transition": "answer", "comment": "أنشأنا السجل", "version": version}
    response = applicant.post(page_of(file, "finding", finding.pk), sent)
    assert response.status_code == 409
    assert "أنشأنا السجل" in text_of(response)


def test_answered_text_is_amended_no_more(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    world.perform(finding, "answer")
    client = reviewer(file)
    assert "Amend the text" not in text_of(client.get(page_of(file)))
    assert "Raise a further finding instead." in text_of(
        client.get(page_of(file, "amend_finding", finding.pk))
    )


def test_only_reviewers_and_coordinators_amend(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    address = page_of(file, "amend_finding", finding.pk)
    assert visitor(world.person("coordinator")).get(address).status_code == 200
    for person in (world.applicant, world.person("auditor"), world.stranger):
        assert visitor(person).get(address).status_code == 404


def test_form_exists_for_reviewers_while_reviews_are_fresh(world: World, file: Dossier) -> None:
    for person in (world.applicant, world.person("coordinator"), world.person("panel"), world.stranger):
        assert visitor(person).get(page_of(file, "new_finding")).status_code == 404
    decided_on = world.dossier("deciding")
    assert reviewer(decided_on).get(page_of(decided_on, "new_finding")).status_code == 404


def test_organisation_names_who_sees_to_it_and_adds_a_file(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    client = visitor(world.applicant)
    client.post(page_of(file, "finding_owner", finding.pk), {"owner": world.applicant.email})
    upload = SimpleUploadedFile("register.pdf", pdf("register"))
    client.post(page_of(file, "finding_file", finding.pk), {"file": upload})
    assert Correction.objects.get().finding == finding
    ahead = sent_ahead(client, file, finding.pk, form="correction")
    assert f"{ahead}/" in client.get(page_of(file, "begun_files", "correction")).text
    assert ahead not in reviewer(file).get(page_of(file, "begun_files", "correction")).text
    client.post(page_of(file, "finding_file", finding.pk), {"arrived": ahead})
    assert Correction.objects.count() == 2
    page = text_of(client.get(page_of(file)))
    assert "applicant sees to it." in page
    assert "register.pdf" in page
    assert "register.pdf" in text_of(reviewer(file).get(page_of(file)))


def test_person_outside_the_organisation_is_not_found(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    response = visitor(world.applicant).post(
        page_of(file, "finding_owner", finding.pk), {"owner": world.stranger.email}
    )
    assert response.status_code == 404


def test_what_was_typed_of_a_report_stays_when_a_file_is_added_and_when_it_is_refused(
    world: World, file: Dossier
) -> None:
    finding = corrected(world, file)
    client, address = visitor(world.applicant), page_of(file, "finding_file", finding.pk)
    typed = {"transition": "answer", "comment": "We keep a register now"}
    refused = client.post(address, {**typed, "file": SimpleUploadedFile("virus.exe", b"MZ")})
    assert refused.status_code == 409
    assert "We keep a register now</textarea>" in refused.text
    assert re.search(r'<p class="error" id="file-[^>]*-error">.*not a file of a kind', refused.text)
    added = client.post(address, {**typed, "file": SimpleUploadedFile("register.pdf", pdf("register"))})
    assert added.url.endswith(f"#finding-{finding.pk}")
    page = client.get(added.url).text
    assert re.search(r"<details open>\s*<summary[^>]*>[^<]*Report corrective action", page)
    assert "We keep a register now</textarea>" in page


def test_file_that_is_not_taken_is_said_and_not_kept(world: World, file: Dossier) -> None:
    finding = corrected(world, file)
    upload = SimpleUploadedFile("virus.exe", b"MZ")
    response = visitor(world.applicant).post(
        page_of(file, "finding_file", finding.pk), {"file": upload}, follow=True
    )
    assert "not a file of a kind" in text_of(response)
    assert not Correction.objects.exists()


def test_finding_that_is_not_seen_takes_nothing(world: World, file: Dossier) -> None:
    send(reviewer(file), file)
    finding = Finding.objects.get(dossier=file)
    client = visitor(world.applicant)  # the organisation is shown findings when correction is asked for
    assert client.post(page_of(file, "finding_owner", finding.pk), {"owner": ""}).status_code == 404
    assert client.post(page_of(file, "finding_file", finding.pk)).status_code == 404


def test_page_says_what_was_looked_for_when_nothing_was_filed(world: World) -> None:
    file = world.dossier("correcting", level=0.0)
    page = text_of(visitor(world.applicant).get(page_of(file)))
    assert "Nothing lay in evidence for this criterion." in page
    assert "What was looked for:" in page
    rule = "Recorded automatically under the rubric “Institutional commitment”"
    assert f"{rule}." in page
    assert "The rating was" not in page
    assert "or lower" not in page, "the bound of a rule tells the rating"
    inside = text_of(visitor(world.person("coordinator")).get(page_of(file)))
    assert f"{rule}: every criterion rated 0 counts as a major nonconformity." in inside
    assert "The rating was 0.00." in inside


def closed(world: World, file: Dossier) -> Finding:
    finding = corrected(world, file)
    world.perform(finding, "answer")
    world.perform(finding, "verify")
    return finding


def test_reviewers_read_from_when_it_can_be_said_that_an_action_lasts(world: World, file: Dossier) -> None:
    closed(world, file)
    page = text_of(reviewer(file).get(page_of(file)))
    first = day_in_words(timezone.localdate() + timedelta(days=90))
    deadline = timezone.now() + timedelta(days=180)  # another hour of the day, where summer time lies between
    reminded = day_in_words(timezone.localdate(deadline))
    assert f"this step can be taken from {first} on." in page
    assert f"On {reminded} its reviewers are reminded to look whether the action lasts." in page
    assert "Confirm: Confirm that the action is effective" not in page
    with later(days=91):
        assert "Confirm: Confirm that the action is effective" in text_of(reviewer(file).get(page_of(file)))


def test_page_says_why_the_step_is_offered_at_once_where_the_workflow_sets_no_time(
    world: World, file: Dossier
) -> None:
    shipped = (Path(settings.BASE_DIR) / "workflows" / "finding.yaml").read_text()
    world.scheme(changed(shipped, ("      - waited: {since: verify, at_least: P90D}\n", "")))
    closed(world, file)
    page = text_of(reviewer(file).get(page_of(file)))
    assert "Confirm: Confirm that the action is effective" in page
    assert "The workflow sets no time before that: whoever can tell already may say so now." in page
    assert "sets no time" not in text_of(visitor(world.applicant).get(page_of(file)))


@pytest.mark.parametrize(("typed", "words"), [("9999-12-31", "too far ahead"), ("2020-01-01", "has passed")])
def test_day_that_makes_no_sense_comes_back_at_its_field(file: Dossier, typed: str, words: str) -> None:
    response = send(reviewer(file), file, due_on=typed)
    assert response.status_code == 409
    assert words in text_of(response)
    assert f'value="{typed}"' in response.content.decode()
    assert 'id="due_on-error"' in response.content.decode()
    assert not Finding.objects.exists()


def test_link_to_a_finding_leads_to_its_place_in_the_file(file: Dossier) -> None:
    assert send(reviewer(file), file).status_code == 302
    finding = Finding.objects.get(dossier=file, severity="major")
    response = reviewer(file).get(page_of(file, "finding", finding.pk))
    assert response.status_code == 302
    assert response["Location"] == f"{page_of(file)}?finding={finding.pk}#finding-{finding.pk}"
