"""One organisation: what is known of it, the form to correct that, and what was changed, by whom and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.correcting import CORRECTED, last_told
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.governorates import governorate_in, governorates
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import CHANGED, REGISTERED
from accreditation_engine.portal.auditor.about import Onlooker
from accreditation_engine.portal.auditor.sentences import Context as OfEvent
from accreditation_engine.portal.auditor.sentences import in_a_sentence
from accreditation_engine.portal.auditor.timeline import entry
from accreditation_engine.portal.countries import country_options
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.tried import Tried
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told

Context = dict[str, Any]
CORRECT = "correct"
SEEN, REASON = "seen", "reason"
TOLD_AT_MOST = 50
WITHOUT_A_FIELD = ""


def organisation_page(organisation: Organisation, tried: Tried | None) -> Context:
    """The context of portal/one_organisation.html, with what was typed where it was refused."""
    typed = tried.typed if tried else _known(organisation)
    wrong = _wrong(tried)
    return {
        "head": {"eyebrow": _("Organisation"), "title": organisation.name_in(language())},
        "breadcrumbs": [
            {"title": _("Organisations"), "url": reverse("all_organisations")},
            {"title": _("Organisation")},
        ],
        "errors": [{"text": text, "target": name} for name, text in wrong.items()],
        "facts": _facts(organisation),
        "entries": _entries(typed, wrong),
        "seen": last_told(organisation.pk),
        "governorates": governorates(language()),
        "timeline": _changes(organisation),
    }


def _known(organisation: Organisation) -> dict[str, str]:
    known = {name: str(getattr(organisation, name)) for name in CORRECTED}
    return {**known, "governorate": governorate_in(organisation.governorate, language())}


def _wrong(tried: Tried | None) -> dict[str, str]:
    """By field, "" for what stands at none."""
    found: dict[str, list[str]] = {}
    for each in tried.reasons if tried else ():
        found.setdefault(_field_of(each), []).append(str(each))
    return {name: " ".join(texts) for name, texts in found.items()}


def _field_of(reason: Reason) -> str:
    if reason.code == "comment_missing":
        return REASON
    if reason.code == "registration_number_taken":
        return "registration_number"
    return str(reason.parameters.get("field", WITHOUT_A_FIELD))


def _facts(organisation: Organisation) -> list[Context]:
    facts: list[Context] = [
        {"term": _("Name in Arabic"), "value": organisation.name_ar},
        {"term": _("Name in English"), "value": organisation.name_en},
        {"term": _("Registration number"), "value": organisation.registration_number, "kind": "code"},
        {"term": _("Country"), "value": country_name(organisation.country, language())},
        {"term": _("Governorate"), "value": governorate_in(organisation.governorate, language())},
        {"term": _("Known since"), "value": organisation.joined_at, "kind": "day"},
    ]
    return [each for each in facts if each["value"]]


def _entries(typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Context]:
    """For parts/entry.html."""
    fields: list[Context] = [
        {"name": "name_ar", "label": _("Name in Arabic"), "type": "text", "required": True},
        {"name": "name_en", "label": _("Name in English"), "type": "text", "required": True},
        {
            "name": "registration_number",
            "label": _("Registration number"),
            "type": "text",
            "required": True,
        },
        {
            "name": "country",
            "label": _("Country"),
            "type": "select",
            "options": country_options(),
            "required": True,
        },
        {"name": "governorate", "label": _("Governorate"), "type": "text", "list": "governorates"},
        {
            "name": REASON,
            "label": _("Why it is corrected"),
            "required": True,
            "help": _("It stands beside the change. Name no people in it."),
        },
    ]
    return [
        {**each, "value": typed.get(each["name"], ""), "error": wrong.get(each["name"], "")}
        for each in fields
    ]


def _changes(organisation: Organisation) -> list[Context]:
    """The latest first. Three queries at most."""
    events = Event.objects.filter(stream=organisation.pk, kind__in=(REGISTERED, CHANGED, ERASED))
    onlooker = Onlooker()
    return [
        entry(each, in_a_sentence(OfEvent(each, onlooker, {})), onlooker)
        for each in told(events.order_by("-seq")[:TOLD_AT_MOST])
    ]
