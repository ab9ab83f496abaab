"""The step that upholds a concern and calls for a special audit: the day that is chosen with it, and the way from
the concern to its audit and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.upkeep.models import Upkeep
from accreditation_engine.complaints.auditing import AUDIT, DUE_ON, Audit
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.definitions.duration_words import in_words as duration_in_words
from accreditation_engine.engine.compiled import Compiled, Step, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.reader import Reader, language

OF_A_DAY = frozenset({"upkeep_no_day", "upkeep_due_in_the_past", "upkeep_due_too_late"})
"""Reasons that stand beside the day."""


def day_typed(complaint: Complaint, typed: Mapping[str, Any]) -> dict[str, str]:
    """For the event of the step that is asked for: the day as it was typed, where the step calls for an audit and
    one was typed."""
    step = compiled(complaint.edition_id).steps.get(str(typed.get("transition", "")))
    day = str(typed.get(DUE_ON, "")).strip()
    return {DUE_ON: day} if day and step is not None and _audit(step) else {}


def with_days(
    complaint: Complaint, acts: Iterable[dict[str, Any]], typed: Mapping[str, Any], reasons: Iterable[Any]
) -> None:
    """Let each of `acts` that calls for an audit ask for its day, and say what is to be written there. `typed` and
    the `reasons` against it are of the step that was refused."""
    scheme = compiled(complaint.edition_id)
    for act in acts:
        step = scheme.steps[act["name"]]
        audit = _audit(step)
        if audit is not None:
            _ask_for_a_day(act, audit, typed, list(reasons))
        elif _is_beside_an_audit(scheme, step):
            act["help"] = _("Say in your reasons also why no special audit is needed.")


def _ask_for_a_day(act: dict[str, Any], audit: Audit, typed: Mapping[str, Any], reasons: list[Any]) -> None:
    tried = typed.get("transition") == act["name"]
    wrong = [str(each) for each in reasons if each.code in OF_A_DAY] if tried else []
    if wrong:
        act["error"] = " ".join(str(each) for each in reasons if each.code not in OF_A_DAY)
    act["comment_title"] = _("Reasons, and what is asked")
    act["help"] = _(
        "Write also what the organisation is to file for the audit: it reads your words there as well."
    )
    usual = isolated({"time": duration_in_words(audit.within, language())})
    act["fields"] = [
        {
            "name": DUE_ON,
            "type": "date",
            "label": _("To be filed by"),
            "help": _(
                "Left empty, the organisation has %(time)s. When nothing is filed by then, the certificate is"
                " suspended."
            )
            % usual,
            "value": typed.get(DUE_ON, "") if tried else "",
            "error": " ".join(wrong),
        }
    ]
    act["fields_wrong"] = bool(wrong)


def _audit(step: Step) -> Audit | None:
    """What the step says of the audit that it calls for; None where it calls for none."""
    return next((each.parameters for each in step.effects if each.name == AUDIT), None)


def _is_beside_an_audit(scheme: Compiled, step: Step) -> bool:
    """Whether another step leads where this one does, and calls for an audit on the way."""
    to = step.definition.to
    return any(each.definition.to == to and _audit(each) for each in scheme.steps.values())


def audit_called(reader: Reader, complaint: Complaint) -> dict[str, Any] | None:
    """The special audit that was called for because of the concern: its day, and its page where the reader may
    open that. One query where there is one."""
    if complaint.audit_id is None:
        return None
    audit = Upkeep.objects.get(pk=complaint.audit_id)
    there = audit.dossier_id == reader.dossier.pk and reader.sees("decision")
    seen = there and "upkeep" in visible(audit, reader.roles)
    where = [audit.dossier_id, audit.certificate_id, audit.pk]
    return {"due_on": audit.due_on, "url": reverse("upkeep", args=where) if seen else ""}


def concern_behind(reader: Reader, audit: Upkeep) -> dict[str, str] | None:
    """The concern because of which `audit` was called for, where the reader may see it. One query."""
    found = Complaint.objects.filter(audit=audit, dossier=reader.dossier).first()
    if found is None or "complaint" not in visible(found, reader.roles):
        return None
    return {"number": found.number, "url": reverse("complaint", args=[found.dossier_id, found.pk])}
