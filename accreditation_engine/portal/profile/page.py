"""The page of a profile, for those who change it and for those who read it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.governorates import governorates
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.profile import Document, LegalForm, Profile
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.organisations.sectors import Sector
from accreditation_engine.portal.dossier.reader import language

from .form import Typed, paper_field
from .running_out import SOON, validity


def profile_page(organisation: Organisation, profile: Profile, typed: Typed | None) -> dict[str, Any]:
    """The context of portal/profile.html; `typed` is the form, for those who may change it."""
    return {
        "head": {"title": organisation.name_in(language()), "eyebrow": _("Profile of the organisation")},
        "breadcrumbs": [
            {"title": _("Home"), "url": reverse("home")},
            {"title": _("Profile of the organisation")},
        ],
        "organisation": organisation,
        "known": _known(organisation),
        "said": _said(organisation, profile),
        "papers": _papers(profile),
        "form": _form(typed) if typed else None,
        "governorates": governorates(language()),
        "errors": _errors(_form(typed)) if typed else [],
    }


def _known(organisation: Organisation) -> list[dict[str, Any]]:
    """What certificates bear: changed by the accrediting body alone."""
    return [
        {"term": _("Name in Arabic"), "value": organisation.name_ar},
        {"term": _("Name in English"), "value": organisation.name_en},
        {"term": _("Registration number"), "value": organisation.registration_number, "kind": "code"},
        {"term": _("Country"), "value": country_name(organisation.country, language())},
    ]


def _said(organisation: Organisation, profile: Profile) -> list[dict[str, Any]]:
    said = profile.said
    facts: list[dict[str, Any]] = [
        {"term": _("Legal form"), "value": LegalForm(said.legal_form).label if said.legal_form else ""},
        {"term": _("Governorate"), "value": organisation.governorate},
        {
            "term": _("Field of work"),
            "value": Sector(organisation.sector).label if organisation.sector else "",
        },
        {"term": _("Paid staff"), "value": said.staff, "kind": "number"},
        {"term": _("Spent in the last year"), "value": said.budget, "kind": "number"},
    ]
    return [each for each in facts if each["value"] not in ("", None)]


def _papers(profile: Profile) -> list[dict[str, Any]]:
    """Those whose day is known, the nearest first."""
    today = timezone.localdate()
    dated = [(kind, paper.until) for kind, paper in profile.papers.items() if paper.until]
    return [
        {
            "title": document_title(kind),
            "until": until,
            "tone": _tone(until, today),
            "left": validity(until, today),
        }
        for kind, until in sorted(dated, key=lambda each: each[1])
    ]


def _tone(until: date, today: date) -> str:
    if until < today:
        return "bad"
    return "warning" if until - today <= SOON else "good"


def _form(typed: Typed) -> dict[str, Any]:
    about = [
        _select(typed, "legal_form", _("Legal form"), LegalForm.choices),
        _field(typed, "governorate", _("Governorate"), list="governorates"),
        _select(typed, "sector", _("Field of work"), Sector.choices),
        _field(typed, "staff", _("Paid staff"), help=_("How many people are paid, in whole or in part.")),
        _field(
            typed,
            "budget",
            _("Spent in the last year"),
            help=_("In whole units of the money of your country, as your accounts say."),
        ),
    ]
    papers = [_field(typed, paper_field(kind), str(label), type="date") for kind, label in Document.choices]
    return {"about": about, "papers": papers, "read": json.dumps(typed.read, ensure_ascii=False)}


def _errors(form: dict[str, Any]) -> list[dict[str, str]]:
    """For parts/error_summary.html, in the order of the page."""
    return [
        {"text": f"{each['label']}: {each['error']}", "target": each["name"]}
        for each in [*form["about"], *form["papers"]]
        if each["error"]
    ]


def _field(typed: Typed, name: str, label: str, **more: Any) -> dict[str, Any]:
    found = {"name": name, "label": label, "type": "text", "value": typed.values.get(name, "")}
    return {**found, "error": typed.errors.get(name, ""), **more}


def _select(typed: Typed, name: str, label: str, choices: Any) -> dict[str, Any]:
    options = [
        {"value": "", "label": _("not said")},
        *({"value": value, "label": words} for value, words in choices),
    ]
    return _field(typed, name, label, type="select", options=options)
