"""What the pages of changes of scope show: the form that asks for one, and one with all that happened to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.certificates.upkeep.opening import counts
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.dossier.acts import Tried, version_of
from accreditation_engine.portal.dossier.own_life import acts_on, said_of_step, steps_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.scope_fields import CODES, scope_entries, scope_errors
from accreditation_engine.portal.tried import Tried as TriedForm
from accreditation_engine.portal.tried import wrong_in

from .compared import scopes_of, side_by_side
from .waiting import SEEN, address_of

FORM, COMPLETE = "scope_change", "complete"
REASON = ("scope_change_without_reason", "text_too_long")
ASK = ("applicant", "coordinator")
"""Whoever asks for another scope: for the holder, or for the body."""


def on_certificate(reader: Reader, certificate: Certificate) -> dict[str, Any]:
    """For portal/parts/scopes.html on the page of the certificate. Two queries."""
    changes = ScopeChange.objects.filter(certificate=certificate).order_by("-entered_at", "pk")
    seen = [each for each in changes if SEEN in visible(each, reader.roles)]
    waits = any(not compiled(each.edition_id).workflow.states[each.state].final for each in changes)
    asks = counts(certificate) and not waits and role_of(reader)
    return {
        "scope": scope_in_words(certificate.scope),
        "table": scopes_of(certificate),
        "changes": [
            {"title": _title(each), "url": address_of(each), "badge": badge_of(reader, each)} for each in seen
        ],
        "ask": reverse("new_scope_change", args=[reader.dossier.pk, certificate.pk]) if asks else "",
    }


def role_of(reader: Reader) -> str:
    """The role in which the reader may ask for another scope; "" for none."""
    return next((each for each in ASK if reader.acts(each)), "")


def badge_of(reader: Reader, change: ScopeChange) -> dict[str, Any]:
    return state_badge(compiled(change.edition_id), change.state, outside=reader.outside)


def ask_page(reader: Reader, certificate: Certificate, tried: TriedForm | None) -> dict[str, Any]:
    """The context of portal/ask_scope.html."""
    return {
        **frame(reader, "dossier"),
        "certificate": certificate,
        "holder": role_of(reader) == "applicant",
        "now": scope_in_words(certificate.scope),
        "entries": [*scope_entries(certificate.scope, tried), _reason(tried)],
        "errors": errors_of(tried),
        "back": reverse("certificate", args=[reader.dossier.pk, certificate.pk]),
    }


def errors_of(tried: TriedForm | None) -> list[dict[str, str]]:
    """For parts/error_summary.html."""
    beside = {*CODES, *REASON}
    found = scope_errors(tried)
    for each in tried.reasons if tried else ():
        if each.code in REASON:
            found.append({"target": "reason", "text": str(each)})
        elif each.code not in beside:
            found.append({"target": str(each.parameters.get("field", "")), "text": str(each)})
    return found


def _reason(tried: TriedForm | None) -> dict[str, Any]:
    return {
        "name": "reason",
        "label": _("Why, and what supports it"),
        "help": _(
            "Say what has changed, and where that is shown: reports, visits, documents of the profile."
        ),
        "value": tried.typed.get("reason", "") if tried else "",
        "error": wrong_in(tried, FORM, *REASON),
        "required": True,
    }


def change_page(
    reader: Reader, found: ScopeChange, tried: Tried | None, mended: TriedForm | None = None
) -> dict[str, Any]:
    """The context of portal/scope_change.html; `mended` is what was typed where it was sent again in vain."""
    acts = acts_on(reader, found, address_of(found), tried)
    mends = [each for each in acts["actions"]["acts"] if each["name"] == COMPLETE and each["allowed"]]
    acts["actions"]["acts"] = [each for each in acts["actions"]["acts"] if each not in mends]
    return {
        **frame(reader, "dossier"),
        **acts,
        "change": found,
        "title": _title(found),
        "badge": badge_of(reader, found),
        "until": found.deadline_at,
        "sides": side_by_side(found.before, found.wanted),
        "mend": _mend(found, mended) if mends else None,
        "errors": errors_of(mended),
        "said": [
            said_of_step(reader, each, opened=_("The change was asked for")) for each in steps_of(found)
        ],
        "back": reverse("certificate", args=[reader.dossier.pk, found.certificate_id]),
    }


def _mend(found: ScopeChange, tried: TriedForm | None) -> dict[str, Any]:
    """The form with which it is sent again."""
    comment = {
        "name": "comment",
        "label": _("What you have completed"),
        "value": tried.typed.get("comment", "") if tried else "",
        "error": wrong_in(tried, FORM, "comment_missing", "text_too_long"),
        "required": True,
    }
    return {
        "entries": [*scope_entries(found.wanted, tried), comment],
        "version": version_of(found, found.entered_seq),
        "title": transition_title(found.edition_id, COMPLETE),
    }


def _title(change: ScopeChange) -> str:
    if change.initiative == "holder":
        return _("Change of scope, asked for by the organisation")
    return _("Change of scope, put forward by the accrediting body")
