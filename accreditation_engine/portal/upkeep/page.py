"""What the pages of upkeep show: all that was and will be asked of a certificate's holder, and one of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_args

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.models import Kind
from accreditation_engine.certificates.upkeep.opening import counts, latest_day
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.complaints.audit import concern_behind
from accreditation_engine.portal.dossier.acts import Tried
from accreditation_engine.portal.dossier.own_life import acts_on, said_of_step, steps_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.tried import Tried as TriedForm
from accreditation_engine.portal.tried import typed_in, wrong_in
from accreditation_engine.trail.queries import Told

from .files import files_context
from .suspension import suspension_notice
from .waiting import SEEN, address_of

FORM = "call"
FIELDS = {
    "kind": ("upkeep_without_kind",),
    "reason": ("upkeep_without_reason", "text_too_long"),
    "due_on": ("upkeep_due_in_the_past", "upkeep_due_too_late", "upkeep_no_day"),
}
"""Each field with the reasons that stand beside it."""
CALLS = ("coordinator", "panel")
"""Whoever may ask something of the holder beside what the scheme plans."""


def upkeep_table(reader: Reader, certificate: Certificate) -> dict[str, Any]:
    """For parts/table.html: what was and what comes, the next first where none is done. One query."""
    rows = Upkeep.objects.filter(certificate=certificate).order_by("due_on", "pk")
    seen = [each for each in rows if SEEN in visible(each, reader.roles)]
    return {
        "caption": _("Upkeep of the certificate"),
        "hide_caption": True,
        "columns": [{"title": each} for each in (_("What is asked"), _("State"), _("To be filed by"))],
        "rows": [
            {
                "cells": [
                    {"value": kind_title(each.kind), "url": address_of(each)},
                    {"badge": badge_of(reader, each)},
                    {"value": each.due_on, "kind": "day"},
                ]
            }
            for each in seen
        ],
        "empty": {
            "icon": "clock",
            "title": _("Nothing is asked of the organisation to keep the certificate."),
        },
    }


def badge_of(reader: Reader, upkeep: Upkeep) -> dict[str, Any]:
    return state_badge(compiled(upkeep.edition_id), upkeep.state, outside=reader.outside)


def calls(reader: Reader, certificate: Certificate) -> str:
    """The role in which the reader may ask something of the holder; "" for none."""
    if not counts(certificate):
        return ""
    return next((each for each in CALLS if reader.plays(each)), "")


def call_page(reader: Reader, certificate: Certificate, tried: TriedForm | None) -> dict[str, Any]:
    """The context of portal/call_upkeep.html."""
    chosen = typed_in(tried, FORM, "kind")
    wrong = {name: wrong_in(tried, FORM, *codes) for name, codes in FIELDS.items()}
    beside = {code for codes in FIELDS.values() for code in codes}
    errors = [{"target": name, "text": words} for name, words in wrong.items() if words]
    errors += [
        {"target": "", "text": str(each)}
        for each in (tried.reasons if tried else ())
        if each.code not in beside
    ]
    return {
        **frame(reader, "dossier"),
        "certificate": certificate,
        "errors": errors,
        "wrong": wrong,
        "kinds": [
            {"value": each, "label": kind_title(each), "chosen": each == chosen} for each in get_args(Kind)
        ],
        "reason": typed_in(tried, FORM, "reason"),
        "due_on": typed_in(tried, FORM, "due_on"),
        "earliest": timezone.localdate(),
        "latest": latest_day(),
        "back": reverse("certificate", args=[reader.dossier.pk, certificate.pk]),
    }


def upkeep_page(
    reader: Reader, found: Upkeep, tried: Tried | None, chosen: Collection[str] = ()
) -> dict[str, Any]:
    """The context of portal/upkeep.html; `chosen` are documents of the profile that were ticked. Eight queries at
    most."""
    return {
        **frame(reader, "dossier"),
        **acts_on(reader, found, address_of(found), tried),
        **files_context(reader, found, chosen),
        "suspended": suspension_notice(reader, found.certificate, found),
        "upkeep": found,
        "kind": kind_title(found.kind),
        "badge": badge_of(reader, found),
        "until": found.deadline_at,
        "concern": concern_behind(reader, found),
        "said": [step_of_upkeep(reader, each) for each in steps_of(found)],
        "back": reverse("certificate", args=[reader.dossier.pk, found.certificate_id]),
        "profile": reverse("organisation_profile", args=[reader.dossier.organisation_id])
        if reader.plays("applicant")
        else "",
    }


def step_of_upkeep(reader: Reader, each: Told) -> dict[str, Any]:
    """One step of its life."""
    asked = _("It was asked for") if each.comment or each.erased else _("It was planned")
    return said_of_step(reader, each, opened=asked)
