"""The page on which a stranger checks a certificate."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.certificates.checking.brought import LARGEST
from accreditation_engine.certificates.checking.findings import Checked, Verdict
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.isolates import isolated

from .check_words import in_words
from .entry import facts_of, public_badge

Context = dict[str, Any]
TONES = {"holds": "good", "careful": "warning", "holds_not": "bad"}
TITLES = {
    "holds": gettext_lazy("This certificate holds"),
    "careful": gettext_lazy("Look closer before you rely on it"),
    "holds_not": gettext_lazy("Do not rely on this"),
}
MEANINGS = {
    "holds": gettext_lazy("Everything that was looked at is right."),
    "careful": gettext_lazy("Something is not as it is with a certificate that plainly holds:"),
    "holds_not": gettext_lazy("At least one thing is wrong with it:"),
}
ORDER = ("bad", "warning", "good", "info")
"""What is wrong comes first."""


def check_page(
    checked: Checked | None = None, *, of: str = "", number: str = "", file_error: str = "", problem: str = ""
) -> Context:
    """The context of portal/check.html. `of` is what was checked, as the reader calls it; `problem` says why
    nothing could be checked."""
    title = _("Check a certificate")
    return {
        "head": {
            "title": title,
            "sentence": _(
                "Is it ours, is it unchanged, and does it hold today? What you choose here is looked at and"
                " forgotten."
            ),
        },
        "breadcrumbs": [{"title": _("Public register"), "url": reverse("register")}, {"title": title}],
        "result": _result(checked, of, by_number=bool(number)) if checked else None,
        "problem": {"kind": "warning", "title": problem} if problem else None,
        "file": _file(file_error),
        "number": _number(number),
        "errors": [{"text": file_error, "target": "file"}] if file_error else [],
    }


def _result(checked: Checked, of: str, *, by_number: bool) -> Context:
    certificate = checked.certificate
    found = sorted(checked.findings, key=lambda each: ORDER.index(each.tone))
    heading = _standing(certificate) if by_number and certificate else _verdict(checked.verdict)
    if any(each.code == "no_number" for each in found):
        heading = {"tone": "warning", "icon": "", "title": _("Nothing was checked"), "meaning": ""}
    return {
        "of": of,
        **heading,
        "findings": [in_words(each) for each in found],
        "facts": facts_of(certificate) if certificate else [],
        "entry_url": reverse("register_entry", args=[certificate.number]) if certificate else "",
    }


def _verdict(verdict: Verdict) -> Context:
    icon = "seal" if verdict == "holds" else ""
    return {"tone": TONES[verdict], "icon": icon, "title": TITLES[verdict], "meaning": MEANINGS[verdict]}


def _standing(certificate: Certificate) -> Context:
    """Of a number nothing more can be said than how its certificate stands: no paper was looked at."""
    return {"meaning": _("in the register, under this number"), **public_badge(certificate)}


def _number(typed: str) -> Context:
    label = _("Certificate number")
    return {"name": "number", "label": label, "type": "text", "value": typed, "required": True}


def _file(error: str) -> Context:
    return {
        "name": "file",
        "label": _("The PDF, or the credential (JSON)"),
        "help": _("Up to %(most)s MB. Drop it here, or choose it.")
        % isolated({"most": str(LARGEST // 2**20)}),
        "type": "file",
        "accept": ".pdf,.json,application/pdf,application/json",
        "drop": True,
        "required": True,
        "error": error,
    }
