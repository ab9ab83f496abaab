"""What was found about a certificate that somebody brought, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.certificates.checking.findings import Finding
from accreditation_engine.certificates.words import status_title
from accreditation_engine.engine.isolates import isolated

from .entry import MEANINGS

Facts = Mapping[str, Any]
TYPED = {"unknown_number": "number", "no_number": "typed"}
"""Findings of what was typed, with the fact that holds it."""


def in_words(finding: Finding) -> dict[str, Any]:
    """{text, tone, url, link, said}: `url`, if there is one, leads to the number `link`, or where `said` says."""
    said = WORDS[finding.code]
    words = {"text": said(finding.facts) if callable(said) else str(said), "tone": finding.tone}
    if finding.code == "replaced":
        number = finding.facts["number"]
        words |= {"url": reverse("register_entry", args=[number]), "link": number}
    if finding.code in TYPED:
        asked = urlencode({"q": finding.facts[TYPED[finding.code]]})
        words |= {"url": f"{reverse('register')}?{asked}", "said": _("Search the register for it")}
    return words


def _day(facts: Facts) -> dict[str, str]:
    return {"day": date_format(localtime(facts["at"]), "j F Y") if facts["at"] else ""}


def _signature_holds(facts: Facts) -> str:
    words = _(
        "We signed this file on %(day)s, and it is exactly as it was then: no letter of it was changed."
    )
    return words % isolated(_day(facts))


def _proof_holds(facts: Facts) -> str:
    words = _("We signed this credential on %(day)s, and it is exactly as it was then.")
    return words % isolated(_day(facts))


def _paper_in_register(facts: Facts) -> str:
    return _("The register has it as version %(version)d of this certificate.") % facts


def _credential_in_register(facts: Facts) -> str:
    return _("The register has it as the credential of version %(version)d of this certificate.") % facts


def _standing(facts: Facts) -> str:
    status = facts["status"]
    words = _("Today the register says: %(status)s. %(meaning)s")
    return words % {"status": status_title(status), "meaning": MEANINGS[status]}


def _older_version(facts: Facts) -> str:
    words = _(
        "It is version %(version)d. Version %(newest)d took its place and alone counts; find it in the register."
    )
    return words % facts


def _register_differs(facts: Facts) -> str:
    named = str(_(", ")).join(str(FIELDS[each]) for each in facts["what"])
    words = _("The register says something else today than this does: %(fields)s. Ask the accrediting body.")
    return words % {"fields": named}


def _unknown_number(facts: Facts) -> str:
    words = _(
        "No certificate with the number %(number)s is in this register. Compare it with the paper, letter by"
        " letter. If the paper bears exactly this number, do not rely on it and tell the accrediting body."
    )
    return words % isolated(facts)


FIELDS = {
    "number": gettext_lazy("Certificate number"),
    "holder": gettext_lazy("Holder"),
    "registration_number": gettext_lazy("Registration number"),
    "title": gettext_lazy("Scheme"),
    "outcome": gettext_lazy("Outcome"),
    "issued_on": gettext_lazy("Issued on"),
    "valid_until": gettext_lazy("Valid until"),
    "areas": gettext_lazy("Scores of the areas"),
    "scope": gettext_lazy("Scope of the certificate"),
}
NOT_WRITTEN_SO = gettext_lazy("This credential is not written as ours are. None of ours looks like this.")
WORDS: dict[str, Any | Callable[[Facts], str]] = {
    # a PDF
    "signature_holds": _signature_holds,
    "paper_in_register": _paper_in_register,
    "attached_agrees": gettext_lazy("The credential inside it is signed by us as well, and says the same."),
    "unreadable": gettext_lazy(
        "The file cannot be read as a PDF: it is damaged, cut off, or made so that readers stumble. Get it anew"
        " from the register, or from whoever gave it to you."
    ),
    "locked": gettext_lazy(
        "The file is locked with a password. Ours never are, so it is not as we signed it."
    ),
    "unsigned": gettext_lazy(
        "Nobody has signed this file. Every certificate of ours is signed; this is a scan, a copy that was saved"
        " anew, or an imitation. Ask for the file itself, or look its number up here."
    ),
    "changed": gettext_lazy(
        "This file was changed after it was signed. What it says now is not what was signed."
    ),
    "appended": gettext_lazy(
        "Something was added to this file after it was signed: a page may show what was never signed."
    ),
    "not_sealed": gettext_lazy("Its signature lets the file be changed afterwards. Ours never do."),
    "untrusted": gettext_lazy(
        "It is signed, but not by us: the key is somebody else's, or its time was over."
    ),
    "key_not_in_use": gettext_lazy(
        "It bears the signature of a key of ours that was not in use at that time. Tell the accrediting body."
    ),
    "not_in_register": gettext_lazy(
        "It bears our signature, but the register does not have it. Tell the accrediting body."
    ),
    "nothing_attached": gettext_lazy("The credential that belongs into it is missing."),
    "other_files_attached": gettext_lazy("Other files are attached to it than the one that belongs into it."),
    "attached_differs": gettext_lazy("The credential inside it is not the one that belongs to it."),
    "speaks_of": gettext_lazy(
        "It speaks of a certificate that is in the register. What the register says of that one stands below;"
        " compare it with what you were shown."
    ),
    # a credential
    "proof_holds": _proof_holds,
    "credential_in_register": _credential_in_register,
    "no_credential": gettext_lazy(
        "This is no credential: it is not written in JSON, it is damaged or cut off, or readers would read it"
        " differently from each other."
    ),
    "no_proof": gettext_lazy("Nobody has signed this credential. Every one of ours is signed."),
    "foreign_proof": gettext_lazy("It is signed, but not with a key of ours."),
    "another_suite": NOT_WRITTEN_SO,
    "another_purpose": NOT_WRITTEN_SO,
    "not_written_so": NOT_WRITTEN_SO,
    "other_context": gettext_lazy(
        "Vocabularies were added to this credential after it was signed: its words may mean something else by now."
    ),
    "bad_signature": gettext_lazy(
        "This credential was changed after it was signed. What it says now is not what was signed."
    ),
    # either
    "neither": gettext_lazy(
        "This is neither a PDF nor a credential (JSON), so it is no certificate of ours."
    ),
    "picture": gettext_lazy(
        "This is a picture, and anybody can make one: nothing in it is signed. Scan the QR code that it shows with"
        " a phone, or look its number up here, and compare; or ask for the PDF itself."
    ),
    "packed": gettext_lazy("This is a packed file. Unpack it first, and bring the PDF that is in it."),
    "status_list": gettext_lazy(
        "This is a list of ours from which programs learn what is suspended or withdrawn, and no certificate."
    ),
    "older_version": _older_version,
    "register_differs": _register_differs,
    "basis_changed": gettext_lazy(
        "Something that was looked at when this certificate was decided is not as it was then. That says nothing"
        " about the holder yet; ask the accrediting body before you rely on this certificate."
    ),
    "standing": _standing,
    "replaced": gettext_lazy("A newer certificate has taken its place"),
    # a number
    "unknown_number": _unknown_number,
    "no_number": gettext_lazy(
        "This is not a certificate number: it has no digits. If it is a name, search the register for its holder."
    ),
    "number_alone": gettext_lazy(
        "A number proves nothing by itself: anybody can print it. Compare the holder and the dates below with the"
        " paper, or check the file."
    ),
}
