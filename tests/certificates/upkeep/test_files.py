"""Files with what an organisation files: kept, compared with the trail, told by the steps, and erased by law."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.certificates.models import Certificate, Upkeep, UpkeepFile
from accreditation_engine.certificates.upkeep.filing import (
    MOST_FILES,
    add_document,
    add_file,
    take_back_file,
)
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import refused
from tests.support.papers import pdf
from tests.support.world import World


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(world: World) -> Upkeep:
    certificate = Certificate.objects.get(dossier=world.dossier("certified"))
    return call_upkeep(
        certificate,
        kind="yearly_filing",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="الحساب الختامي",
    )


def add(world: World, asked: Upkeep, text: str = "one", name: str = "report.pdf") -> UpkeepFile:
    return add_file(upkeep=asked, upload=SimpleUploadedFile(name, pdf(text)), by=world.applicant)


def wrong() -> list[tuple[str, str]]:
    return [(each.code, each.detail) for each in verify_all(contents=True)]


def test_yearly_filing_holds_files_whose_digests_stand_in_the_steps(world: World, asked: Upkeep) -> None:
    assert refused(lambda: world.perform(asked, "file", comment="بلا ملف")) == ["upkeep_without_files"]
    first, second = add(world, asked), add(world, asked, "two", "الحساب.pdf")
    assert add(world, asked) == first, "twice is once"
    filed = world.perform(asked, "file", comment="التقرير والحساب")
    digests = sorted([first.sha256, second.sha256])
    assert filed.data["judged"]["files"] == digests
    assert world.perform(asked, "satisfy", comment="كاف").data["judged"]["files"] == digests
    said = Event.objects.filter(stream=asked.pk, kind="upkeep_file_added").order_by("seq")
    assert [each.data["sha256"] for each in said] == [first.sha256, second.sha256]
    assert wrong() == []


def test_file_is_taken_back_until_it_is_handed_in_and_stays_on_record(world: World, asked: Upkeep) -> None:
    mistaken, kept = add(world, asked), add(world, asked, "two")
    take_back_file(filed=mistaken, by=world.applicant)
    take_back_file(filed=mistaken, by=world.applicant)
    assert world.perform(asked, "file", comment="ها هو").data["judged"]["files"] == [kept.sha256]
    assert refused(lambda: add(world, asked, "three")) == ["upkeep_not_awaited"]
    world.perform(asked, "send_back", comment="ناقص")
    assert refused(lambda: take_back_file(filed=kept, by=world.applicant)) == ["upkeep_file_handed_in"]
    assert add(world, asked).pk != mistaken.pk, "what was taken back comes anew"
    assert Event.objects.filter(stream=asked.pk, kind="upkeep_file_taken_back").count() == 1
    assert wrong() == []


def test_document_of_the_profile_is_copied(world: World, asked: Upkeep) -> None:
    organisation = asked.dossier.organisation
    upload = SimpleUploadedFile("accounts.pdf", pdf("accounts"))
    document = file_document(organisation=organisation, document="audit", upload=upload, by=world.applicant)
    copied = add_document(upkeep=asked, document=document, by=world.applicant)
    assert (copied.sha256, copied.document, copied.name) == (document.sha256, "audit", "accounts.pdf")
    assert copied.path != document.path
    assert wrong() == []


def test_what_is_not_taken_is_refused_in_words(world: World, asked: Upkeep, monkeypatch: Any) -> None:
    person = world.applicant
    empty, link = SimpleUploadedFile("empty.pdf", b""), SimpleUploadedFile("a.url", b"[InternetShortcut]")
    assert refused(lambda: add_file(upkeep=asked, upload=empty, by=person)) == ["file_empty"]
    assert refused(lambda: add_file(upkeep=asked, upload=link, by=person)) == ["document_is_a_link"]
    upload = SimpleUploadedFile("a.pdf", pdf("a"))
    for other in (world.stranger, world.person("coordinator")):
        assert refused(lambda by=other: add_file(upkeep=asked, upload=upload, by=by)) == ["not_your_role"]
    monkeypatch.setattr("accreditation_engine.certificates.upkeep.filing.MOST_FILES", 0)
    assert MOST_FILES > 0
    assert refused(lambda: add(world, asked)) == ["upkeep_full"]
    assert not UpkeepFile.objects.exists()


def test_other_content_and_other_rows_are_found(world: World, asked: Upkeep) -> None:
    filed = add(world, asked)
    default_storage.delete(filed.path)
    default_storage.save(filed.path, SimpleUploadedFile("x", b"another"))
    assert [code for code, _ in wrong()] == ["upkeep_file"]
    default_storage.delete(filed.path)
    default_storage.save(filed.path, SimpleUploadedFile("x", pdf("one")))
    UpkeepFile.objects.filter(pk=filed.pk).update(name="other.pdf")
    assert {code for code, _ in wrong()} == {"upkeep_file"}


def test_file_is_erased_by_law_and_the_trail_still_tells_of_it(world: World, asked: Upkeep) -> None:
    filed = add(world, asked)
    world.perform(asked, "file", comment="التقرير")
    (piece,) = [each for each in pieces_in_file(asked.dossier_id) if each.what == "upkeep_file"]
    assert piece.text == "report.pdf"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.db.transaction.on_commit", lambda act: act())
        erase_in_file(
            dossier=asked.dossier,
            keys=[piece.key],
            reason="طلب",
            basis="قانون",
            by=world.person("administrator"),
        )
    filed.refresh_from_db()
    assert (filed.name, filed.erased_at is not None) == ("", True)
    assert not default_storage.exists(filed.path)
    said = Event.objects.get(stream=asked.pk, kind="erased")
    assert said.edition == "", "upkeep is not judged by the edition of the file"
    assert wrong() == []
