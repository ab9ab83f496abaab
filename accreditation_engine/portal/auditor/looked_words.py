"""What an auditor can have looked at, from codes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.isolates import isolated

from .choices import field_title
from .filters import FIELDS

PAGES = {
    "search": gettext_lazy("Searched the events"),
    "event": gettext_lazy("Opened an event"),
    "comparison": gettext_lazy("Compared two events"),
    "trail": gettext_lazy("Read the trail of a file"),
    "as_of": gettext_lazy("Looked at a file as it stood at a moment"),
    "road": gettext_lazy("Read the progress of a file"),
    "export": gettext_lazy("Took events away in a file"),
    "verification": gettext_lazy("Verified the trail of a file"),
    "patterns": gettext_lazy("Looked for patterns over all files"),
    "verification_all": gettext_lazy("Had the whole trail verified"),
    "verification_result": gettext_lazy("A verification of the whole trail ended"),
    "verification_run": gettext_lazy("Read what a verification found"),
    "sample": gettext_lazy("Opened a sample for audit"),
    "file": gettext_lazy("Opened a file"),
    "answers": gettext_lazy("Read the self-assessment of a file"),
    "questions": gettext_lazy("Read the questions in a file"),
    "ratings": gettext_lazy("Read the ratings in a file"),
    "report": gettext_lazy("Read the report of a file"),
    "consensus": gettext_lazy("Read the consensus in a file"),
    "visit_sample": gettext_lazy("Read the samples for visits of a file"),
    "visits": gettext_lazy("Read the visits of a file"),
    "visit": gettext_lazy("Read a visit of a file"),
    "interests": gettext_lazy("Read the interests in a file"),
    "next_outcome": gettext_lazy("Read what is missing for the next outcome of a file"),
    "evidence": gettext_lazy("Fetched evidence of a file"),
    "evidence_preview": gettext_lazy("Looked at evidence of a file"),
    "evidence_page": gettext_lazy("Looked at a page of evidence of a file"),
    "certificate": gettext_lazy("Opened the certificate of a file"),
    "complaint": gettext_lazy("Opened a concern"),
    "complaint_file": gettext_lazy("Fetched a file of a concern"),
    "complaint_file_preview": gettext_lazy("Looked at a file of a concern"),
    "complaint_file_page": gettext_lazy("Looked at a page of a file of a concern"),
    "upkeep": gettext_lazy("Opened the upkeep of a certificate"),
    "upkeep_file": gettext_lazy("Saved a file of the upkeep of a certificate"),
    "upkeep_file_preview": gettext_lazy("Looked at a file of the upkeep of a certificate"),
    "upkeep_file_page": gettext_lazy("Looked at a page of a file of the upkeep of a certificate"),
    "scope_change": gettext_lazy("Opened a change of the scope of a certificate"),
}

TERMS = {
    "format": gettext_lazy("Kind of file"),
    "run": gettext_lazy("Verification"),
    "pattern": gettext_lazy("Pattern"),
    "events": gettext_lazy("Events recomputed"),
    "problems": gettext_lazy("Problems found"),
    "broke_off": gettext_lazy("Broke off"),
    "size": gettext_lazy("Events under the last checkpoint"),
    "root": gettext_lazy("Root of the last checkpoint"),
}


def looked_at(page: str) -> str:
    return str(PAGES[page]) if page in PAGES else _("Opened a page (%(page)s)") % isolated({"page": page})


def asked_for(name: str) -> str:
    """What a code was asked for: a field of the search, or what else a page can be asked."""
    if name in FIELDS:
        return field_title(name)
    return str(TERMS.get(name) or _("Event"))
