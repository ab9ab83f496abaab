"""A copy of everything that an organisation has in its file: packed while it is sent; all that its pages show."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.complaints.filing import answered_with
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.organisations.profile import date_documents
from accreditation_engine.portal.ngo.copy.making import path_of
from accreditation_engine.portal.ngo.copy.packing import PIECE, Packed, packed
from tests.portal.visitor import page_of, visitor
from tests.support.papers import pdf
from tests.support.world import World


def taken(world: World, dossier: Dossier) -> zipfile.ZipFile:
    response = visitor(world.applicant).get(page_of(dossier, "own_copy"))
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{dossier.number}.zip"'
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def said(copy: zipfile.ZipFile, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(copy.read("file.json"))[language]
    return found


def test_copy_holds_answers_files_and_an_index_in_both_languages(world: World) -> None:
    dossier = world.dossier("returned")
    copy = taken(world, dossier)
    assert copy.testzip() is None
    first = said(copy)["answers"][0]["criteria"][0]
    filed = Evidence.objects.filter(dossier=dossier, criterion=first["id"]).get()
    assert first["rating"]
    assert hashlib.sha256(copy.read(first["files"][0]["path"])).hexdigest() == filed.sha256
    assert len([each for each in copy.namelist() if each.startswith("evidence/")]) == dossier.evidence.count()
    assert 'dir="rtl"' in copy.read("index.ar.html").decode()
    assert f'href="{first["files"][0]["path"]}"' in copy.read("index.en.html").decode()
    assert said(copy, "ar")["stages"][0]["title"] == "التقييم الذاتي"
    assert f'<time datetime="{timezone.localdate()}' in copy.read("index.ar.html").decode()


def test_copy_holds_the_decision_the_report_and_the_paper_once_they_are_told(world: World) -> None:
    dossier = world.dossier("certified")
    finish(dossier.certificates.get())
    copy = taken(world, dossier)
    found = said(copy)
    assert found["decisions"]
    assert found["report"]["areas"]
    assert found["scores"][0]["percent"]
    assert copy.read(found["certificates"][0]["path"]).startswith(b"%PDF")


def test_copy_tells_nothing_before_its_time(world: World) -> None:
    found = said(taken(world, world.dossier("certificate_decided")))
    for part in ("decisions", "scores", "certificates"):
        assert found[part] == []
    assert found["report"]["areas"] == []


def test_copy_goes_on_when_a_file_is_not_as_it_was_filed(world: World) -> None:
    dossier = world.dossier("returned")
    filed = dossier.evidence.order_by("rubric", "criterion")[0]
    stored = Path(filed.file.path)  # other tests have filed the same
    before = stored.read_bytes()
    stored.write_bytes(b"something else")
    try:
        copy = taken(world, dossier)
    finally:
        stored.write_bytes(before)
    assert "What is stored is not the file that was filed" in copy.read(path_of(filed)).decode()
    assert len([each for each in copy.namelist() if each.startswith("evidence/")]) == dossier.evidence.count()


def test_copy_is_for_the_organisation_alone(world: World) -> None:
    dossier = world.dossier("certified")
    for role in ("coordinator", "reviewer", "panel", "auditor"):
        assert visitor(world.person(role)).get(page_of(dossier, "own_copy")).status_code == 404


def test_names_lead_nowhere_else_and_turn_nothing_round() -> None:
    for name in ("../../etc/passwd", "a\u202efdp.exe", "س" * 300 + ".pdf", "..", ""):
        path = path_of(Evidence(pk=7, rubric="main", criterion="a-1", name=name, sha256="ab" * 32))
        folder, _slash, last = path.rpartition("/")
        assert folder == "evidence/main/a-1"
        assert last.startswith("7-")
        assert len(last) < 200
        assert "\u202e" not in last


def test_no_more_than_a_piece_lies_in_memory_while_a_large_file_is_sent() -> None:
    large = Packed("large", (b"\0" * PIECE for _ in range(500)), timezone.now(), packed=True)
    pieces = [len(each) for each in packed([large])]
    assert sum(pieces) > 500 * PIECE
    assert max(pieces) < 2 * PIECE


def test_copy_holds_the_profile_and_every_version_of_its_documents(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("draft")
    organisation = dossier.organisation
    for text in ("one", "two"):
        upload = SimpleUploadedFile("رخصة.pdf", pdf(text), "application/pdf")
        file_document(organisation=organisation, document="licence", upload=upload, by=world.applicant)
    until = {"licence": date(2027, 3, 31)}
    date_documents(organisation=organisation, until=until, by=world.applicant)
    copy = taken(world, dossier)
    (licence,) = said(copy)["organisation"]["documents"]
    assert licence["until"] == "2027-03-31"
    assert [copy.read(each["path"]) for each in licence["files"]] == [pdf("two"), pdf("one")]
    assert {"term": "Registration number", "value": organisation.registration_number} in said(copy)[
        "organisation"
    ]["facts"]
    assert "رخصة.pdf" in copy.read("index.ar.html").decode()


def test_copy_holds_concerns_as_their_pages_show_them_and_never_who_raised_them(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("certified")
    concern = Concern("They asked for money.", name="Salwa Example", mail="salwa@tests.example")
    receipt = SimpleUploadedFile("receipt.pdf", pdf("a receipt"))
    first = raise_concern(dossier=dossier, concern=concern, uploads=[receipt]).complaint
    raise_concern(dossier=dossier, concern=Concern("Not put to it yet."))
    assert said(taken(world, dossier))["concerns"] == []
    world.perform(first, "admit")
    answered_with([SimpleUploadedFile("بيان.pdf", pdf("a reply"))])(
        first, "answer", world.applicant, comment="A fee of the bank."
    )
    copy = taken(world, dossier)
    (told,) = said(copy)["concerns"]
    assert (told["number"], told["state"]) == (first.number, "Being decided")
    assert [each["text"] for each in told["said"]] == ["They asked for money."]
    assert told["done"][-1]["text"] == "A fee of the bank."
    assert copy.read(told["said"][0]["files"][0]["path"]) == pdf("a receipt")
    assert copy.read(told["done"][-1]["files"][0]["path"]) == pdf("a reply")
    index = copy.read("index.ar.html").decode()
    assert "A fee of the bank." in index
    assert "بيان.pdf" in index
    for each in (index, copy.read("file.json").decode()):
        assert not any(hidden in each for hidden in ("Salwa", "salwa@", "Not put to it yet."))


def test_copy_names_no_path_that_is_not_in_it_while_the_paper_is_still_being_made(world: World) -> None:
    copy = taken(world, world.dossier("certified"))
    (certificate,) = said(copy)["certificates"]
    assert certificate["path"] == ""
    assert "its paper was not there yet" in copy.read("index.en.html").decode()
    assert not any(each.startswith("certificates/") for each in copy.namelist())


def test_every_path_that_a_copy_names_is_in_it(world: World) -> None:
    dossier = world.dossier("certified")
    finish(dossier.certificates.get())
    copy = taken(world, dossier)
    for language in ("ar", "en"):
        page = copy.read(f"index.{language}.html").decode()
        named = {unquote(html.unescape(each)) for each in re.findall(r'href="([^"]+)"', page)}
        assert named <= set(copy.namelist())
    papers = {each["path"] for each in said(copy)["certificates"]}
    assert papers <= set(copy.namelist())
