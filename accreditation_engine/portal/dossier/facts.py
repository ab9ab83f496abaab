"""What a dossier is, in names and values."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.queries import number_issued_on
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.isolates import isolated

from .anonymous import knows, organisation_called
from .reader import Reader, language
from .states import deadline_shown, waits_for


def facts(reader: Reader) -> list[dict[str, Any]]:
    """For parts/facts.html."""
    dossier, workflow = reader.dossier, reader.scheme.workflow
    state = workflow.states[dossier.state]
    waiting = waits_for(state, outside=reader.outside)
    found: list[dict[str, Any]] = [
        {"term": _("File number"), "value": dossier.number, "kind": "code"},
        *_organisation(reader),
        {
            "term": _("Scheme"),
            "value": workflow.title.in_language(language()),
            "note": _("Edition %(edition)s") % isolated({"edition": workflow.edition}),
        },
        {"term": _("Opened on"), "value": dossier.opened_at, "kind": "day"},
        *_scope(reader),
    ]
    if dossier.renews_id and knows(reader):
        number = number_issued_on(dossier.renews_id)
        found.append({"term": _("Renews certificate"), "value": number, "kind": "code"})
    if waiting:
        found.append({"term": _("Waits for"), "value": waiting})
    if dossier.deadline_at and deadline_shown(state, outside=reader.outside):
        found.append({"term": _("Deadline"), "value": dossier.deadline_at, "kind": "day"})
    return found


def _scope(reader: Reader) -> list[dict[str, Any]]:
    """What the certificate shall cover: part of what the organisation hands in, which it may change until then."""
    if not (reader.sees("answers") or reader.plays("applicant")):
        return []
    asked = {"term": _("Scope of the certificate"), "value": scope_in_words(reader.dossier.scope)}
    mine = reader.acts("applicant") and not answers_open(reader.dossier)
    return [{**asked, "url": reverse("state_scope", args=[reader.dossier.pk])} if mine else asked]


def _organisation(reader: Reader) -> list[dict[str, Any]]:
    dossier = reader.dossier
    called: dict[str, Any] = {"term": _("Organisation"), "value": organisation_called(dossier, reader.roles)}
    if not knows(reader):
        note = _(
            "At this stage reviewers are not told who it is. What it wrote and filed itself is shown as it is, and"
            " may tell it all the same."
        )
        return [{**called, "note": note}]
    if reader.plays("applicant") or reader.plays("coordinator"):
        called["url"] = reverse("organisation_profile", args=[dossier.organisation_id])
    number = {"value": dossier.organisation.registration_number, "kind": "code"}
    return [called, {"term": _("Registration number"), **number}]
