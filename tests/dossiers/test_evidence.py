"""Evidence: which files are taken, how they are kept, and that they stand when they have been judged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from pytest_django import Settings

from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.salted import salted_digest
from accreditation_engine.uploads.kinds import KINDS
from tests.support.papers import EVERY_KIND, pdf
from tests.support.world import World, at_once

RUBRIC, CRITERION = "institutional-commitment", "integrity-1"
PDF = pdf("made up for a test")


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier()


def send(
    world: World, file: Dossier, name: str = "policy.pdf", content: bytes = PDF, criterion: str = CRITERION
) -> Evidence:
    upload = SimpleUploadedFile("x", content)
    upload._name = name  # type: ignore[attr-defined] # as it arrives: Django's own cleaning is not relied on
    return file_evidence(dossier=file, rubric=RUBRIC, criterion=criterion, upload=upload, by=world.applicant)


def refusal(world: World, file: Dossier, name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        send(world, file, name, content)
    (reason,) = refused.value.reasons
    assert str(reason)
    assert not Evidence.objects.exists()
    return reason.code


def kept() -> set[Path]:
    return {each for each in Path(site.MEDIA_ROOT).rglob("*") if each.is_file()}


def kinds_of_events(file: Dossier) -> list[str]:
    return list(Event.objects.filter(stream=file.pk).order_by("seq").values_list("kind", flat=True))


def test_what_is_stored_is_what_was_sent(world: World, file: Dossier) -> None:
    content = pdf(bytes(range(256)) * 2000)
    evidence = send(world, file, content=content)
    with evidence.file.open() as stored:
        assert stored.read() == content
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()
    assert (evidence.size, evidence.media_type) == (len(content), "application/pdf")


def test_a_large_file_that_lies_on_disk_is_stored_whole(world: World, file: Dossier) -> None:
    content = pdf(b"x" * 3_000_000)
    with TemporaryUploadedFile("policy.pdf", "application/pdf", len(content), None) as upload:
        upload.write(content)
        evidence = file_evidence(
            dossier=file, rubric=RUBRIC, criterion=CRITERION, upload=upload, by=world.applicant
        )
    with evidence.file.open() as stored:
        assert (
            hashlib.sha256(stored.read()).hexdigest()
            == evidence.sha256
            == hashlib.sha256(content).hexdigest()
        )


def test_filing_is_an_event_with_the_hash_of_the_content(world: World, file: Dossier) -> None:
    evidence = send(world, file)
    event = Event.objects.get(stream=file.pk, kind="evidence_filed")
    assert (event.actor, event.role) == (world.applicant.pk, "applicant")
    assert event.data == {
        "rubric": RUBRIC,
        "criterion": CRITERION,
        "sha256": evidence.sha256,
        "file_name": salted_digest(evidence.name_salt, evidence.name),
        "media_type": evidence.media_type,
        "size": evidence.size,
    }


def test_a_file_is_kept_as_what_its_content_is(world: World, file: Dossier) -> None:
    for ending, content in EVERY_KIND.items():
        assert send(world, file, f"شاهد{ending.upper()}", content).media_type == KINDS[ending].media_type


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "image.svg", "policy", "", ".pdf", "policy.pdf.exe", ".."]
)
def test_a_file_of_a_kind_that_is_not_taken_is_refused(world: World, file: Dossier, name: str) -> None:
    assert refusal(world, file, name, PDF) == "file_kind"


def test_an_empty_file_is_refused(world: World, file: Dossier) -> None:
    assert refusal(world, file, "policy.pdf", b"") == "file_empty"


def test_a_file_that_is_too_large_is_refused(world: World, file: Dossier, settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 2**20
    assert refusal(world, file, "policy.pdf", PDF.ljust(2**20 + 1)) == "file_too_large"
    assert send(world, file, content=PDF.ljust(2**20)).size == 2**20


def test_nothing_is_stored_of_a_file_that_is_refused(world: World, file: Dossier) -> None:
    before = kept()
    refusal(world, file, "policy.pdf", b"MZ")
    with pytest.raises(Refused):
        send(world, file, criterion="integrety-1", content=pdf("never kept"))
    assert kept() == before
    assert "evidence_filed" not in kinds_of_events(file)


def test_everything_wrong_is_said_at_once(world: World, file: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        send(world, file, name="run.exe", criterion="integrety-1")
    assert [each.code for each in refused.value.reasons] == ["unknown_criterion", "file_kind"]


def test_a_name_with_a_right_to_left_override_is_judged_by_its_real_ending(
    world: World, file: Dossier
) -> None:
    assert refusal(world, file, "policy\u202efdp.exe", PDF) == "file_kind"
    assert send(world, file, "annexe\u202e.pdf").name == "annexe.pdf"


def test_a_name_of_300_letters_is_filed(world: World, file: Dossier) -> None:
    evidence = send(world, file, "م" * 296 + ".pdf")
    assert Evidence.objects.get(pk=evidence.pk).name == "م" * 196 + ".pdf"


def test_where_a_file_lies_follows_from_its_content_alone(world: World, file: Dossier) -> None:
    evidence = send(world, file, "../../x.pdf")
    path = Path(evidence.file.path).relative_to(site.MEDIA_ROOT)
    assert path == Path(evidence.sha256[:2]) / evidence.sha256


def test_the_same_content_twice_is_stored_once(world: World, file: Dossier) -> None:
    first = send(world, file, content=pdf("the same"))
    before = kept()
    second = send(world, file, "other.pdf", pdf("the same"), criterion="integrity-2")
    assert second.file.name == first.file.name
    assert kept() == before
    assert Evidence.objects.filter(dossier=file).count() == 2


def test_the_same_file_for_the_same_criterion_twice_is_filed_once(world: World, file: Dossier) -> None:
    first, again = send(world, file), send(world, file)
    assert first == again
    assert kinds_of_events(file).count("evidence_filed") == 1
    take_back(evidence=first, by=world.applicant)
    assert send(world, file) != first


def test_taken_back_it_stays_on_record(world: World, file: Dossier) -> None:
    evidence = send(world, file)
    take_back(evidence=evidence, by=world.applicant)
    stored = Evidence.objects.get(pk=evidence.pk)
    assert stored.taken_back_at is not None
    assert Path(stored.file.path).exists()
    event = Event.objects.get(stream=file.pk, kind="evidence_taken_back")
    assert event.data["sha256"] == evidence.sha256


def test_taken_back_twice_is_once(world: World, file: Dossier) -> None:
    evidence = send(world, file)
    stale = Evidence.objects.get(pk=evidence.pk)
    take_back(evidence=evidence, by=world.applicant)
    moment = Evidence.objects.get(pk=evidence.pk).taken_back_at
    take_back(evidence=stale, by=world.applicant)
    assert Evidence.objects.get(pk=evidence.pk).taken_back_at == moment
    assert kinds_of_events(file).count("evidence_taken_back") == 1


def test_only_members_file_and_take_back(world: World, file: Dossier) -> None:
    evidence = send(world, file)
    for person in (world.stranger, world.person("coordinator"), world.person("panel")):
        with pytest.raises(Refused):
            take_back(evidence=evidence, by=person)
        with pytest.raises(Refused):
            file_evidence(
                dossier=file,
                rubric=RUBRIC,
                criterion=CRITERION,
                upload=SimpleUploadedFile("x.pdf", PDF),
                by=person,
            )
    assert kinds_of_events(file) == ["opened", "evidence_filed"]


def test_evidence_is_closed_once_it_is_being_judged(world: World) -> None:
    file = world.dossier("screening")
    evidence = Evidence.objects.filter(dossier=file)[0]
    with pytest.raises(Refused) as refused:
        send(world, file)
    assert [each.code for each in refused.value.reasons] == ["answers_closed"]
    with pytest.raises(Refused):
        take_back(evidence=evidence, by=world.applicant)


def test_a_page_from_before_the_submission_changes_no_evidence(world: World) -> None:
    file = world.dossier("screening")
    evidence = Evidence.objects.filter(dossier=file).select_related("dossier")[0]
    file.state = evidence.dossier.state = "draft"  # what the page's own copies still say
    events = kinds_of_events(file)
    with pytest.raises(Refused):
        send(world, file, content=pdf("late"))
    with pytest.raises(Refused):
        take_back(evidence=evidence, by=world.applicant)
    assert kinds_of_events(file) == events


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_readable_both_times(world: World) -> None:
    file = world.dossier()
    content = pdf("at once")
    sent = at_once(*[lambda: send(world, file, content=content)] * 2)
    for evidence in sent:
        with evidence.file.open() as stored:
            assert stored.read() == content


def test_a_file_is_refused_when_the_dossier_is_full(world: World, file: Dossier, settings: Settings) -> None:
    settings.DOSSIER_MAX_BYTES = 3 * len(PDF)
    take_back(evidence=send(world, file), by=world.applicant)
    send(world, file, content=PDF + b"\n")
    send(world, file, content=PDF + b"\n")  # the same twice is once
    with pytest.raises(Refused) as refused:
        send(world, file, content=PDF + b"\n\n")
    assert [each.code for each in refused.value.reasons] == ["dossier_full"]
    send(world, file, criterion="integrity-2")  # what lies there already takes no room
    assert Evidence.objects.count() == 3
