"""Surveillance on pages: asked for, filed, accepted; and who has what before them meanwhile."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.filing import add_file
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.portal.calendar.entries import entries_of
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import World


def pressed(client: Client, address: str, step: str, said: str) -> int:
    version = hidden(client.get(address), "version")
    sent = {"transition": step, "comment": said, "version": version}
    return int(client.post(address, sent).status_code)


def test_surveillance_is_asked_for_filed_and_accepted_on_pages(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
    form = page_of(dossier, "new_upkeep", certificate.pk)
    refused = coordinator.post(form, {"reason": "زيارة الفرع", "due_on": "2020-01-01"})
    assert refused.status_code == 422
    assert "زيارة الفرع" in text_of(refused)
    assert "Choose what is asked" in text_of(refused)
    typed = {"kind": "surveillance", "reason": "زيارة الفرع"}
    assert "is no day" in text_of(coordinator.post(form, {**typed, "due_on": "soon"}))
    assert coordinator.post(form, typed).status_code == 302
    upkeep = Upkeep.objects.get(state="called")
    assert upkeep.due_on > timezone.localdate() + timedelta(days=50)
    address = page_of(dossier, "upkeep", certificate.pk, upkeep.pk)
    assert "Surveillance" in text_of(applicant.get("/"))
    year = timezone.localdate() + timedelta(days=366)
    coming = Upkeep.objects.filter(state="planned", due_on__lte=year).order_by("due_on")
    entries = entries_of(world.applicant)
    assert [each.key for each in entries] == [f"upkeep-{each.pk}" for each in (upkeep, *coming)]
    assert [each.when for each in entries][1:] == [each.due_on for each in coming]
    assert len(coming) == 2
    assert "زيارة الفرع" in text_of(applicant.get(address))
    assert pressed(applicant, address, "file", "أضفنا التقرير") == 302
    assert "The accrediting body has it now." in text_of(applicant.get(address))
    assert "أضفنا التقرير" in text_of(coordinator.get(address))
    assert pressed(coordinator, address, "satisfy", "قبل") == 302
    page = applicant.get(page_of(dossier, "certificate", certificate.pk)).content.decode()
    assert re.search(r'class="badge tone-good">[^!]*?</svg>Satisfied', page)


def test_pages_are_there_for_their_readers_alone(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    form = page_of(dossier, "new_upkeep", certificate.pk)
    panel = visitor(world.person("panel"))
    assert panel.post(form, {"kind": "special_audit", "reason": "x"}).status_code == 302
    address = page_of(dossier, "upkeep", certificate.pk, Upkeep.objects.get(kind="special_audit").pk)
    assert queries_for(panel, address) <= 15
    for closed in (visitor(world.stranger), visitor(world.person("reviewer"))):
        assert closed.get(address).status_code == 404
    assert visitor(world.applicant).get(form).status_code == 404


def test_files_are_added_chosen_from_the_profile_taken_back_and_read_on_pages(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("certified")
    asked = Upkeep.objects.filter(dossier=dossier, kind="yearly_filing").order_by("due_on")[0]
    world.perform(asked, "call")
    upload = SimpleUploadedFile("accounts.pdf", pdf("accounts"))
    document = file_document(
        organisation=dossier.organisation, document="audit", upload=upload, by=world.applicant
    )
    coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
    where = (asked.certificate_id, asked.pk)
    address, files = page_of(dossier, "upkeep", *where), page_of(dossier, "upkeep_files", *where)
    assert "accounts.pdf" in text_of(applicant.get(address))
    typed = {"transition": "file", "comment": "تقريرنا", "version": hidden(applicant.get(address), "version")}
    bare = applicant.post(address, typed)
    assert (bare.status_code, "Add at least 1 file" in text_of(bare)) == (409, True)
    bad = applicant.post(address, {**typed, "file": SimpleUploadedFile("report.pdf", b"no pdf")})
    assert bad.status_code == 409
    assert "تقريرنا" in text_of(bad)
    mistaken = SimpleUploadedFile("draft.pdf", pdf("draft"))
    assert applicant.post(files, {**typed, "file": mistaken}).status_code == 302
    page = applicant.get(address)
    assert "draft.pdf" in text_of(page)
    assert "تقريرنا" in text_of(page), "what was typed stays"
    assert applicant.post(files, {"take_back": str(asked.files.get().pk)}).status_code == 302
    chosen = {**typed, "file": SimpleUploadedFile("report.pdf", pdf("report")), "document": str(document.pk)}
    assert applicant.post(address, chosen).status_code == 302
    page = coordinator.get(address)
    assert "draft.pdf" not in text_of(page)
    for name, text in (("report.pdf", "report"), ("accounts.pdf", "accounts")):
        assert name in text_of(page)
        filed = asked.files.get(name=name)
        saved = coordinator.get(page_of(dossier, "upkeep_file", *where, filed.pk))
        assert b"".join(saved.streaming_content) == pdf(text)
        assert saved["Content-Security-Policy"].startswith("sandbox")
    look = page_of(dossier, "upkeep_file_preview", *where, filed.pk)
    assert filed.sha256 in text_of(coordinator.get(look))
    picture = coordinator.get(page_of(dossier, "upkeep_file_page", *where, filed.pk, 1))
    assert picture["Content-Type"] == "image/webp"
    for reader in (coordinator, visitor(world.person("panel"))):
        assert queries_for(reader, address) <= 15
    assert queries_for(applicant, address) <= 15
    assert visitor(world.stranger).get(look).status_code == 404
    assert coordinator.post(files, {"file": mistaken}).status_code == 404


def test_larger_files_are_sent_ahead_while_they_are_awaited(world: World) -> None:
    dossier = world.dossier("certified")
    asked = Upkeep.objects.filter(dossier=dossier, kind="surveillance").order_by("due_on")[0]
    address = reverse("form_files", args=[dossier.pk, "upkeep", str(asked.pk)])
    name = b64encode(b"report.pdf").decode()
    said = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": f"filename {name}"}
    applicant, coordinator = visitor(world.applicant), visitor(world.person("coordinator"))
    early = applicant.post(address, headers=said)
    assert (early.status_code, "nothing is awaited" in early.content.decode()) == (409, True)
    world.perform(asked, "call")
    assert applicant.post(address, headers=said).status_code == 201
    page = applicant.get(page_of(dossier, "upkeep", asked.certificate_id, asked.pk))
    assert "sending/sending" in page.content.decode()  # how what is on its way looks
    assert coordinator.post(address, headers=said).status_code == 404
    elsewhere = reverse("form_files", args=[dossier.pk, "upkeep", "new"])
    assert applicant.post(elsewhere, headers=said).status_code == 404


def test_copy_of_the_file_holds_what_was_filed(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("certified")
    asked = Upkeep.objects.filter(dossier=dossier, kind="yearly_filing").order_by("due_on")[0]
    world.perform(asked, "call")
    upload = SimpleUploadedFile("تقرير.pdf", pdf("report"))
    filed = add_file(upkeep=asked, upload=upload, by=world.applicant)
    world.perform(asked, "file", comment="تقريرنا السنوي")
    answer = visitor(world.applicant).get(page_of(dossier, "own_copy"))
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as copied:
        told = json.loads(copied.read("file.json"))
        mine = next(each for each in told["en"]["upkeep"] if each["files"])
        assert mine["title"] == "Yearly filing"
        assert mine["files"][0]["sha256"] == filed.sha256
        assert copied.read(mine["files"][0]["path"]) == pdf("report")
        assert "تقريرنا السنوي" in copied.read("index.ar.html").decode()
