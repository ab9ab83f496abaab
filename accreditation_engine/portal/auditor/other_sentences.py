"""What happens beside the files, in words: people and their roles, schemes, certificates, and the auditors' own
looks and samples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.governorates import governorate_in
from accreditation_engine.organisations.profile import LegalForm
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.organisations.sectors import Sector, Written
from accreditation_engine.portal.dossier.reader import language

from .looked_words import asked_for, looked_at
from .sentences import Context, Fact, Sentence, sentence


@sentence("role_granted")
def _role_granted(context: Context) -> Sentence:
    facts = [_for_which(context)]
    if context.data.get("until"):
        facts.append({"term": _("Until"), "value": context.data["until"], "kind": "code"})
    title = _("A role was granted: %(role)s") % isolated({"role": role_title(context.data["role"])})
    return Sentence(title, icon="user", facts=facts)


@sentence("role_end_changed")
def _role_end_changed(context: Context) -> Sentence:
    until, before = ({"value": context.data.get(name), "kind": "code"} for name in ("until", "before"))
    facts: list[Fact] = [
        {"term": term, **(end if end["value"] else {"value": _("no end date")})}
        for term, end in ((_("Until"), until), (_("Before"), before))
    ]
    title = _("The end of a role was changed: %(role)s") % isolated(
        {"role": role_title(context.data["role"])}
    )
    return Sentence(title, icon="user", facts=[_for_which(context), *facts])


@sentence("role_ended")
def _role_ended(context: Context) -> Sentence:
    title = _("A role was ended: %(role)s") % isolated({"role": role_title(context.data["role"])})
    return Sentence(title, icon="user", facts=[_for_which(context)])


def _for_which(context: Context) -> Fact:
    scheme = context.data.get("scheme")
    return {"term": _("Scheme"), "value": scheme, "kind": "code"} if scheme else _every_scheme()


def _every_scheme() -> Fact:
    return {"term": _("Scheme"), "value": _("every scheme")}


@sentence("joined")
def _joined(context: Context) -> Sentence:
    reads = context.data.get("standing") == "reader"
    words = (
        _("Began to read for an organisation: %(name)s")
        if reads
        else _("Began to act for an organisation: %(name)s")
    )
    return _with_organisation(context, words)


@sentence("left")
def _left(context: Context) -> Sentence:
    return _with_organisation(context, _("Acts for an organisation no longer: %(name)s"))


@sentence("standing_changed")
def _standing_changed(context: Context) -> Sentence:
    words = {
        "owner": _("Made an owner of an organisation: %(name)s"),
        "reader": _("Made a reader of an organisation: %(name)s"),
    }
    member = _("Made a member of an organisation: %(name)s")
    return _with_organisation(context, words.get(context.data["standing"], member))


@sentence("colleague_invited")
def _colleague_invited(context: Context) -> Sentence:
    words = {
        "owner": _("Somebody was invited as an owner"),
        "reader": _("Somebody was invited as a reader"),
    }
    return Sentence(words.get(context.data["standing"], _("Somebody was invited as a member")), icon="people")


@sentence("invitation_closed")
def _invitation_closed(context: Context) -> Sentence:
    accepted = context.data["accepted"]
    return Sentence(
        _("An invitation was accepted") if accepted else _("An invitation was withdrawn, or too old"),
        icon="people",
    )


@sentence("engaged")
def _engaged(context: Context) -> Sentence:
    return _with_organisation(context, _("Began to coach an organisation: %(name)s"), day=_("First day"))


@sentence("disengaged")
def _disengaged(context: Context) -> Sentence:
    return _with_organisation(context, _("Coaches an organisation no longer: %(name)s"), day=_("Last day"))


def _with_organisation(context: Context, words: str, day: str = "") -> Sentence:
    name = context.organisations.get(context.data["organisation"]) or _("an organisation no longer on record")
    facts: list[Fact] = [{"term": day, "value": context.data["on"], "kind": "code"}] if day else []
    return Sentence(words % isolated({"name": name}), icon="people", facts=facts)


@sentence("organisation_registered")
def _organisation_registered(context: Context) -> Sentence:
    facts = [
        fact for name, term in _organisation_terms() for fact in _stated(term, _said(context.data, name))
    ]
    return Sentence(_("An organisation was registered"), icon="people", facts=facts)


@sentence("organisation_changed")
def _organisation_changed(context: Context) -> Sentence:
    before, after = context.data["before"], context.data["after"]
    facts: list[Fact] = []
    for name, term in _organisation_terms():
        if name in after:
            facts += _stated(term, _said(after, name), _said(before, name) or "")
    return Sentence(_("What is known of an organisation was changed"), icon="people", facts=facts)


@sentence("profile_said")
def _profile_said(context: Context) -> Sentence:
    before, after = context.data["before"], context.data["after"]
    facts: list[Fact] = []
    for name, term in (
        ("legal_form", _("Legal form")),
        ("staff", _("Paid staff")),
        ("budget", _("Spent in the last year")),
    ):
        if name in after:
            facts += _stated(term, _of_profile(after[name]), _of_profile(before[name]))
    return Sentence(_("An organisation said what it is"), icon="people", facts=facts)


def _of_profile(value: str | int | None) -> str:
    if value in LegalForm.values:
        return str(LegalForm(value).label)
    return "" if value is None else str(value)


@sentence("document_dated")
def _document_dated(context: Context) -> Sentence:
    until = context.data["until"]
    facts: list[Fact] = [{"term": _("Document"), "value": document_title(context.data["document"])}]
    if until:
        facts.append({"term": _("Holds until"), "value": date.fromisoformat(until), "kind": "day"})
    title = (
        _("It was written down until when a document holds")
        if until
        else _("A day of a document was taken back")
    )
    return Sentence(title, icon="file", facts=facts)


@sentence("document_filed")
def _document_filed(context: Context) -> Sentence:
    facts: list[Fact] = [
        {"term": _("Document"), "value": document_title(context.data["document"])},
        {"term": _("SHA-256 of the file"), "value": context.data["sha256"], "kind": "code"},
    ]
    return Sentence(_("An organisation added a document to its profile"), icon="file", facts=facts)


@sentence("organisations_imported")
def _organisations_imported(context: Context) -> Sentence:
    data = context.data
    terms = (
        ("new", _("New")),
        ("changed", _("Changed")),
        ("known", _("Known, unchanged")),
        ("wrong", _("Wrong, passed over")),
    )
    facts: list[Fact] = [{"term": term, "value": data[name], "kind": "number"} for name, term in terms]
    facts.append({"term": _("SHA-256 of the file"), "value": data["file"], "kind": "code"})
    return Sentence(_("Organisations were imported from a file"), icon="people", facts=facts)


def _organisation_terms() -> list[tuple[str, str]]:
    return [
        ("name_ar", _("Name in Arabic")),
        ("name_en", _("Name in English")),
        ("registration_number", _("Registration number")),
        ("country", _("Country")),
        ("governorate", _("Governorate")),
        ("sector", _("Field of work")),
        ("language", _("Language of its files")),
    ]


LISTED = {"sector": Sector, "language": Written}


def _said(data: Mapping[str, str], name: str) -> str | None:
    """A code as what it stands for is called."""
    value = data.get(name)
    if value and name == "country":
        return country_name(value, language())
    if value and name == "governorate":
        return governorate_in(value, language())
    if value is None or name not in LISTED:
        return value
    return str(dict(LISTED[name].choices).get(value, value))


def _stated(term: str, value: str | None, before: str = "") -> list[Fact]:
    if not value and not before:
        return []
    fact: Fact = {"term": term, "value": value or _("nothing")}
    if before:
        fact["note"] = _("Before: %(value)s") % isolated({"value": before})
    return [fact]


@sentence("account_opened")
def _account_opened(context: Context) -> Sentence:
    return Sentence(_("An account was opened"), icon="user")


@sentence("email_changed")
def _email_changed(context: Context) -> Sentence:
    return Sentence(_("Signs in by another address from now on"), icon="user")


@sentence("employer_named")
def _employer_named(context: Context) -> Sentence:
    return Sentence(_("Said where they work"), icon="user")


@sentence("activated")
def _activated(context: Context) -> Sentence:
    facts: list[Fact] = [{"term": _("Edition"), "value": context.data["label"], "kind": "code"}]
    scheme = compiled(context.told.event.edition).workflow.title.in_language(language())
    words = _("A scheme was opened under an edition: %(scheme)s")
    return Sentence(words % isolated({"scheme": scheme}), icon="file", facts=facts)


@sentence("migrated")
def _migrated(context: Context) -> Sentence:
    sides = ((_("Before"), context.data["from"]), (_("After"), context.told.event.edition))
    facts: list[Fact] = [{"term": term, "value": _edition(each), "kind": "code"} for term, each in sides]
    return Sentence(_("The file was brought under another edition"), icon="file", facts=facts)


def _edition(edition: str) -> str:
    return f"{compiled(edition).workflow.edition} · {edition[:8]}"


@sentence("certificate_issued")
def _certificate_issued(context: Context) -> Sentence:
    data = context.data
    facts: list[Fact] = [
        {"term": _("Issued on"), "value": data["issued_on"], "kind": "code"},
        {"term": _("Valid until"), "value": data["valid_until"] or _("no end date")},
        {"term": _("Decided by event"), "value": data["decided_seq"], "kind": "number"},
    ]
    words = _("A certificate was issued: %(number)s")
    return Sentence(words % isolated({"number": data["number"]}), tone="good", icon="seal", facts=facts)


@sentence("looked")
def _looked(context: Context) -> Sentence:
    return Sentence(
        looked_at(str(context.data.get("page", ""))), icon="search", facts=_what_was_asked(context)
    )


def _what_was_asked(context: Context) -> list[Fact]:
    asked = context.data.get("asked", {})
    return [
        {"term": asked_for(name), "value": value, "kind": "code"} for name, value in sorted(asked.items())
    ]


@sentence("audit_sample_drawn")
def _audit_sample_drawn(context: Context) -> Sentence:
    drawn = context.data["drawn"]
    words = ngettext("%(count)d file was drawn for audit", "%(count)d files were drawn for audit", len(drawn))
    facts: list[Fact] = [
        {"term": _("Drawn from"), "value": context.data["population"]["count"], "kind": "number"},
        {"term": _("Seed"), "value": context.data["seed"], "kind": "code"},
        {
            "term": _("Digest of the population"),
            "value": context.data["population"]["sha256"],
            "kind": "code",
        },
    ]
    return Sentence(words % {"count": len(drawn)}, icon="search", facts=facts)
