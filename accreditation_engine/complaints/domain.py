"""Raising a concern, and adding to it. Whoever does so has no account: a secret is all they have."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.serials import next_numbers
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .filing import flaws_of_strangers, keep_of_stranger, of_stranger
from .models import Complaint

SCHEME, CODE = "complaint", "code-of-conduct"
CONTACT, ADDED = "complaint_contact", "complaint_added"
MOST_ADDED = 20
OPENED_SEQ = 1
LONGEST_NAME = 200


@dataclass(frozen=True)
class Concern:
    """As typed. `about` names a criterion of the code of conduct, "" for none; `name` and `mail` may stay empty.
    Mails are written in `language`."""

    text: str
    about: str = ""
    happened_on: date | None = None
    name: str = ""
    mail: str = ""
    language: str = "ar"


@dataclass(frozen=True)
class Raised:
    """`secret` is told once, to whoever raised it; nothing here keeps it."""

    complaint: Complaint
    secret: str


def raise_concern(*, dossier: Dossier, concern: Concern, uploads: Sequence[UploadedFile] = ()) -> Raised:
    """Take a concern about the dossier's organisation, with files. Raises Refused without a text, for one that
    nobody would read to the end, about a criterion that the code does not have, for a day to come, for an address
    that is none, and for files that are not taken; nothing is kept then."""
    if reasons := [*_against(dossier, concern), *flaws_of_strangers(uploads)]:
        raise Refused(reasons)
    secret = secrets.token_urlsafe(24)
    series = f"K-{timezone.localdate().year}"
    with transaction.atomic():
        (number,) = next_numbers(series, 1)
        complaint = Complaint(
            edition_id=current_edition(SCHEME),
            dossier=dossier,
            number=f"{series}-{number:04d}",
            about=concern.about,
            happened_on=concern.happened_on,
            receipt=receipt_of(secret),
        )
        open_subject(complaint, SYSTEM, role=SYSTEM_ROLE, comment=kept_text(concern.text))
        keep_of_stranger(complaint, OPENED_SEQ, uploads)
        name, mail = kept_text(concern.name), kept_text(concern.mail)
        if name or mail:
            _record(complaint, CONTACT, f"{mail}\n{name}", language=concern.language)
    return Raised(complaint, secret)


def add_to_concern(*, complaint: Complaint, text: str, uploads: Sequence[UploadedFile] = ()) -> None:
    """What whoever raised it says later, with files. Raises Refused without a text, once it is decided, where so
    much was added that a letter would serve better, and for files that are not taken."""
    wrong = flaws_of_strangers(uploads, of_stranger(complaint))
    with transaction.atomic():
        locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
        reasons = [*unlike_text(text, missing="complaint_without_text", field="text"), *wrong]
        if is_over(locked):
            reasons = [Reason("complaint_over")]
        elif added_to(locked) >= MOST_ADDED:
            reasons = [Reason("complaint_full", {"most": MOST_ADDED})]
        if reasons:
            raise Refused(reasons)
        event = _record(locked, ADDED, kept_text(text))
        keep_of_stranger(locked, event.seq, uploads)


def is_over(complaint: Complaint) -> bool:
    return compiled(complaint.edition_id).workflow.states[complaint.state].final


def receipt_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _against(dossier: Dossier, concern: Concern) -> list[Reason]:
    reasons = unlike_text(concern.text, missing="complaint_without_text", field="text")
    if concern.about and all(each.id != concern.about for each in code_of(dossier)):
        reasons.append(Reason("unknown_criterion", {"criterion": concern.about}))
    if concern.happened_on is not None and concern.happened_on > timezone.localdate():
        reasons.append(Reason("complaint_of_tomorrow"))
    if len(concern.name) > LONGEST_NAME:
        reasons.append(Reason("complaint_long_name", {"most": LONGEST_NAME}))
    if kept_text(concern.mail):
        try:
            validate_email(kept_text(concern.mail))
        except ValidationError:
            reasons.append(Reason("complaint_bad_mail"))
    return reasons


def code_of(dossier: Dossier) -> list[Criterion]:
    """The criteria of the code of conduct that the dossier was judged by."""
    rubric = compiled(dossier.edition_id).rubrics.get(CODE)
    return list(rubric.every_criterion()) if rubric else []


def added_to(complaint: Complaint) -> int:
    return Event.objects.filter(stream=complaint.pk, kind=ADDED).count()


def _record(complaint: Complaint, kind: str, text: str, **data: str) -> Event:
    return record(
        complaint.pk,
        kind,
        SYSTEM,
        role=SYSTEM_ROLE,
        edition=complaint.edition_id,
        comment=text,
        data=data,
    )
