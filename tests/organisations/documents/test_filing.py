"""Documents of an organisation: versions that are kept, compared with the trail, and erased by law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.reusing import file_document as file_in_evidence
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.documents import filing
from accreditation_engine.organisations.documents.filing import file_document, newest_of, standing
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.organisations.models import DocumentFile, Organisation, User
from accreditation_engine.trail.models import Event
from tests.support.papers import pdf
from tests.support.world import World


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def add(
    organisation: Organisation, by: User, text: str = "one", *, document: str = "licence", name: str = "a.pdf"
) -> DocumentFile:
    upload = SimpleUploadedFile(name, pdf(text))
    return file_document(organisation=organisation, document=document, upload=upload, by=by)


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    assert all(each.code not in str(each) for each in refused.value.reasons), "each is told in words"
    return [each.code for each in refused.value.reasons]


def wrong() -> list[str]:
    return [each.detail for each in verify_all(contents=True)]


def test_the_newest_version_counts_and_those_before_are_kept(world: World) -> None:
    organisation = world.organisation()
    first = add(organisation, world.applicant)
    assert add(organisation, world.applicant) == first, "twice is once"
    second = add(organisation, world.applicant, "two", name="رخصة.pdf")
    assert standing(organisation) == [first, second]
    assert newest_of(organisation) == {"licence": second}
    with opened_document(first) as content:
        assert content.read() == pdf("one")
    events = Event.objects.filter(stream=organisation.pk, kind="document_filed").order_by("seq")
    assert [each.data["sha256"] for each in events] == [first.sha256, second.sha256]
    assert "رخصة" not in str(events[1].data), "names of files stay out of the event"
    assert wrong() == []


def test_what_cannot_be_filed_is_refused_and_nothing_is_kept(world: World, monkeypatch: Any) -> None:
    organisation = world.organisation()
    assert refused(lambda: add(organisation, world.stranger)) == ["not_your_role"]
    assert refused(lambda: add(organisation, world.applicant, document="poem")) == ["unknown_document"]
    assert refused(lambda: add(organisation, world.applicant, name="a.exe")) == ["file_kind"]
    assert refused(lambda: add(organisation, world.applicant, name="a.url")) == ["document_is_a_link"]
    monkeypatch.setattr(filing, "MOST_FILES", 0)
    assert refused(lambda: add(organisation, world.applicant)) == ["documents_full"]
    assert not DocumentFile.objects.exists()
    assert not Event.objects.filter(kind="document_filed").exists()


def test_another_file_in_its_place_is_found_and_not_given_out(world: World) -> None:
    filed = add(world.organisation(), world.applicant)
    default_storage.delete(filed.path)
    assert "gone, or another" in wrong()[0]
    assert refused(lambda: opened_document(filed)) == ["document_mismatch"]


def test_a_row_that_no_event_speaks_of_is_named(world: World) -> None:
    filed = add(world.organisation(), world.applicant)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_documentfile SET sha256 = 'f00'")
    assert any(filed.pk.hex in each.replace("-", "") for each in wrong())


@pytest.mark.parametrize(("field", "to"), [("path", "documents/00/other"), ("filed_by", None)])
def test_a_row_with_another_place_or_filed_by_another_is_named(
    world: World, field: str, to: str | None
) -> None:
    filed = add(world.organisation(), world.applicant)
    DocumentFile.objects.filter(pk=filed.pk).update(**{field: to})
    assert f"the document {filed.pk}" in " ".join(each.detail for each in verify_all())


def test_it_serves_in_evidence_and_stays_there_when_it_is_erased(world: World) -> None:
    dossier = world.dossier()
    filed = add(dossier.organisation, world.applicant, name="mona.pdf")
    where = {"dossier": dossier, "rubric": "institutional-commitment", "criterion": "integrity-1"}
    evidence = file_in_evidence(**where, document=filed, by=world.applicant)
    assert (evidence.sha256, evidence.name) == (filed.sha256, "mona.pdf")
    elsewhere = add(world.organisation(), world.applicant)
    assert refused(lambda: file_in_evidence(**where, document=elsewhere, by=world.applicant)) == [
        "not_filed_before"
    ]
    (piece,) = (each for each in pieces_in_file(dossier.pk) if each.what == "profile_document")
    assert piece.text == "mona.pdf"
    eraser = world.person("administrator")
    erase_in_file(dossier=dossier, keys={piece.key}, reason="حكم", basis="قانون", by=eraser)
    filed.refresh_from_db()
    assert (filed.name, filed.erased_at is not None) == ("", True)
    assert standing(dossier.organisation) == []
    assert refused(lambda: file_in_evidence(**where, document=filed, by=world.applicant)) == [
        "not_filed_before"
    ]
    assert wrong() == []


@pytest.mark.django_db(transaction=True)
def test_content_goes_when_it_is_erased_and_no_other_version_has_it(world: World) -> None:
    dossier = world.dossier()
    filed = add(dossier.organisation, world.applicant)
    (piece,) = (each for each in pieces_in_file(dossier.pk) if each.what == "profile_document")
    assert default_storage.exists(filed.path)
    eraser = world.person("administrator")
    erase_in_file(dossier=dossier, keys={piece.key}, reason="حكم", basis="قانون", by=eraser)
    assert not default_storage.exists(filed.path)
