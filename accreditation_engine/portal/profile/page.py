"""The page of a profile, for those who change it and for those who read it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.documents.filing import standing
from accreditation_engine.organisations.governorates import governorate_in, governorates
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.profile import Document, LegalForm, Profile
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.organisations.sectors import Sector
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.uploads.previews import PREVIEWED

from .adding import file_field, number_field
from .arriving import DocumentPlace
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
        "papers": _papers(organisation, profile),
        "form": _form(organisation, typed) if typed else None,
        "governorates": governorates(language()),
        "errors": _errors(_form(organisation, typed)) if typed else [],
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
        {"term": _("Governorate"), "value": governorate_in(organisation.governorate, language())},
        {
            "term": _("Field of work"),
            "value": Sector(organisation.sector).label if organisation.sector else "",
        },
        {"term": _("Paid staff"), "value": said.staff, "kind": "number"},
        {"term": _("Spent in the last year"), "value": said.budget, "kind": "number"},
    ]
    return [each for each in facts if each["value"] not in ("", None)]


def _papers(organisation: Organisation, profile: Profile) -> list[dict[str, Any]]:
    """Those that were added or whose day is known: those that run out first, then those without a day. One
    query."""
    today, files = timezone.localdate(), _versions(organisation)
    days = {kind: paper.until for kind, paper in profile.papers.items() if paper.until}
    kinds = [kind for kind in Document.values if kind in days or kind in files]
    kinds.sort(key=lambda kind: days.get(kind, date.max))
    return [
        {
            "title": document_title(kind),
            **({} if kind not in days else _validity(days[kind], today)),
            "files": files.get(kind, []),
            "newest": next(iter(files.get(kind, [])), None),
            "before": files.get(kind, [])[1:],
        }
        for kind in kinds
    ]


def _validity(until: date, today: date) -> dict[str, Any]:
    return {"until": until, "tone": _tone(until, today), "left": validity(until, today)}


def _versions(organisation: Organisation) -> dict[str, list[dict[str, Any]]]:
    """By kind, the newest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in reversed(standing(organisation)):
        found.setdefault(each.document, []).append(
            {
                "name": each.name,
                "pk": each.pk,
                "url": reverse("organisation_document", args=[organisation.pk, each.pk]),
                "preview": reverse("document_preview", args=[organisation.pk, each.pk])
                if each.media_type in PREVIEWED
                else "",
                "size": each.size,
                "at": each.filed_at,
                "sha256": each.sha256,
            }
        )
    return found


def _tone(until: date, today: date) -> str:
    if until < today:
        return "bad"
    return "warning" if until - today <= SOON else "good"


def _form(organisation: Organisation, typed: Typed) -> dict[str, Any]:
    about = [
        _select(typed, "legal_form", _("Legal form"), LegalForm.choices),
        _field(typed, "governorate", _("Governorate"), list="governorates", value=_governorate(typed)),
        _select(typed, "sector", _("Field of work"), Sector.choices),
        _field(typed, "staff", _("Paid staff"), help=_("How many people are paid, in whole or in part.")),
        _field(
            typed,
            "budget",
            _("Spent in the last year"),
            help=_("In whole units of the money of your country, as your accounts say."),
        ),
    ]
    papers = [_paper_form(organisation, typed, kind, str(label)) for kind, label in Document.choices]
    return {"about": about, "papers": papers, "read": json.dumps(typed.read, ensure_ascii=False)}


def _governorate(typed: Typed) -> str:
    return governorate_in(typed.values.get("governorate", ""), language())


def _paper_form(organisation: Organisation, typed: Typed, kind: str, title: str) -> dict[str, Any]:
    """Folded, but where something is wrong."""
    help_ = _("A new file is a new version; those before are kept.")
    entries = [
        _field(
            typed,
            file_field(kind),
            _("The document"),
            type="file",
            help=help_,
            drop=True,
            pieces=DocumentPlace(organisation.pk, kind).address,
            arrived=number_field(kind),
        ),
        _field(typed, paper_field(kind), _("Holds until"), type="date"),
    ]
    return {"title": title, "entries": entries, "open": any(each["error"] for each in entries)}


def _errors(form: dict[str, Any]) -> list[dict[str, str]]:
    """For parts/error_summary.html, in the order of the page."""
    return [
        {"text": f"{each['label']}: {each['error']}", "target": each["name"]}
        for each in [*form["about"], *(entry for paper in form["papers"] for entry in paper["entries"])]
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
