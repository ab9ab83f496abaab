"""Files that an organisation adds to what it files to keep its certificate: on the page of the upkeep."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accreditation_engine.certificates.models import Upkeep, UpkeepFile
from accreditation_engine.certificates.upkeep.filing import (
    APPLICANT,
    add_document,
    add_file,
    handed_in_seq,
    why_no_files,
)
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.documents.filing import newest_of
from accreditation_engine.organisations.models import DocumentFile, User
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.portal.dossier.acts import Tried
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.sending.handed import any_handed, files_handed
from accreditation_engine.portal.sending.places import UPKEEP, Place, sent_here
from accreditation_engine.uploads.kinds import file_field
from accreditation_engine.uploads.previews import PREVIEWED

FIELD, DOCUMENT, TAKE_BACK = "file", "document", "take_back"
ANCHOR = "upkeep"


def place_of(upkeep: Upkeep) -> Place:
    """What its files are sent for."""
    return Place(upkeep.dossier_id, UPKEEP, str(upkeep.pk))


def address_of_files(upkeep: Upkeep) -> str:
    return reverse("upkeep_files", args=[upkeep.dossier_id, upkeep.certificate_id, upkeep.pk])


def files_shown(upkeep: Upkeep, *, removable: bool) -> list[dict[str, Any]]:
    """For parts/files.html, in the order in which they came, without what was taken back; `removable` is what was
    not handed in yet. Two queries at most."""
    rows = list(upkeep.files.filter(taken_back_at=None).order_by("seq"))
    handed_in = handed_in_seq(upkeep) if removable and rows else 0
    latest = {each.name: each for each in rows}
    return [
        {
            "id": each.pk,
            "name": each.name or each.sha256[:12],
            "of": document_title(each.document) if each.document else "",
            "url": "" if each.erased_at else address_of_file(upkeep, each),
            "preview": preview_of(upkeep, each),
            "newer_at": latest[each.name].filed_at if each.name and latest[each.name].pk != each.pk else None,
            "erased_at": each.erased_at,
            "size": each.size,
            "sha256": each.sha256,
            "at": each.filed_at,
            **({"remove": TAKE_BACK} if removable and each.seq > handed_in else {}),
        }
        for each in rows
    ]


def address_of_file(upkeep: Upkeep, filed: UpkeepFile) -> str:
    return reverse("upkeep_file", args=[upkeep.dossier_id, upkeep.certificate_id, upkeep.pk, filed.pk])


def preview_of(upkeep: Upkeep, filed: UpkeepFile) -> str:
    """Where to look at it; "" where there is nothing to see."""
    if filed.erased_at or filed.media_type not in PREVIEWED:
        return ""
    return reverse(
        "upkeep_file_preview", args=[upkeep.dossier_id, upkeep.certificate_id, upkeep.pk, filed.pk]
    )


def files_context(reader: Reader, upkeep: Upkeep, chosen: Collection[str] = ()) -> dict[str, Any]:
    """The files that lie there; and, for those who may add some, what parts/actions.html asks for."""
    adds = reader.acts(APPLICANT) and not why_no_files(upkeep)
    shown: dict[str, Any] = {"files": files_shown(upkeep, removable=adds)}
    if not adds:
        return shown
    place = place_of(upkeep)
    return {
        **shown,
        "file_url": address_of_files(upkeep),
        "file_anchor": ANCHOR,
        "place": upkeep.pk,
        "taken": file_field(),
        "pieces": place.address,
        "sending": sent_here(reader.person, [place]),
        "profile_documents": [
            {
                "pk": each.pk,
                "title": document_title(each.document),
                "name": each.name,
                "at": each.filed_at,
                "chosen": str(each.pk) in chosen,
            }
            for each in newest_of(reader.dossier.organisation).values()
        ],
    }


def any_sent(request: HttpRequest) -> bool:
    return any_handed(request) or DOCUMENT in request.POST


def files_sent(request: HttpRequest, upkeep: Upkeep, person: User) -> tuple[Reason, ...]:
    """Keep each file that is taken, and each document of the profile that is chosen; why the others are not."""
    reasons: list[Reason] = []
    try:
        with files_handed(request, person, place_of(upkeep), FIELD) as handed:
            handed.each_by_itself(lambda upload: add_file(upkeep=upkeep, upload=upload, by=person))
    except Refused as refused:
        reasons += refused.reasons
    for each in _documents_chosen(request, upkeep):
        try:
            add_document(upkeep=upkeep, document=each, by=person)
        except Refused as refused:
            reasons += [reason for reason in refused.reasons if reason not in reasons]
    return tuple(reasons)


def _documents_chosen(request: HttpRequest, upkeep: Upkeep) -> list[DocumentFile]:
    typed = [identifier(each) for each in request.POST.getlist(DOCUMENT)]
    keys = [each for each in typed if each is not None]
    if not keys:
        return []
    own = DocumentFile.objects.filter(organisation=upkeep.organisation_id, pk__in=keys, erased_at=None)
    return list(own.order_by("pk"))


def refused_files(request: HttpRequest, upkeep: Upkeep, reasons: tuple[Reason, ...]) -> Tried:
    """What was typed beside files that are not taken."""
    typed = {name: request.POST.get(name, "") for name in ("transition", "comment")}
    return Tried(upkeep.pk, typed["transition"], typed["comment"], "", reasons, at=FIELD)
