"""Reading the form of a profile: what was typed stays, and what is wrong is told at its field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.definitions.western import western
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.governorates import (
    EGYPT,
    governorate_in,
    governorate_typed,
    no_governorate,
)
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.profile import (
    Document,
    LegalForm,
    Profile,
    Said,
    date_documents,
    profile_of,
    say_profile,
)
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.organisations.sectors import Sector
from accreditation_engine.written import kept_text

READ = "read"
ABOUT = ("governorate", "sector")
"""What the organisation says itself of what events call it by; names and number are others' to change."""
NUMBERS = ("staff", "budget")
GROUPING = " ,٬\u00a0\u202f'"
"""What stands between thousands."""


def paper_field(kind: str) -> str:
    return f"until-{kind}"


@dataclass
class Typed:
    """What stands in the fields, by their names, and what is wrong, by the same. `read` is what was kept when the
    form was shown: it is sent along, so that nobody writes over what a colleague saved meanwhile."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)


def kept(organisation: Organisation, profile: Profile) -> Typed:
    """The form as it is opened."""
    said = profile.said
    values = {name: getattr(organisation, name) for name in ABOUT}
    values |= {name: "" if getattr(said, name) is None else str(getattr(said, name)) for name in NUMBERS}
    values["legal_form"] = said.legal_form
    for kind in Document.values:
        paper = profile.papers.get(kind)
        values[paper_field(kind)] = paper.until.isoformat() if paper and paper.until else ""
    return Typed(values, read=values)


def keep(organisation: Organisation, sent: Mapping[str, str], by: User) -> Typed:
    """Keep all of the form, or nothing of it where something is wrong. What was not touched stays as it is by now;
    what a colleague changed meanwhile, and the sender as well, is told and kept when it is sent once more."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
        now = kept(locked, profile_of(locked.pk)).values
        typed = _merged(_coded(locked, sent), now)
        if typed.values.get("governorate", "") != locked.governorate:
            _ask_for_a_governorate(locked, typed)
        _keep(locked, typed, by)
        transaction.set_rollback(bool(typed.errors))
    return typed


def _coded(organisation: Organisation, sent: Mapping[str, str]) -> dict[str, str]:
    """With a governorate of Egypt by its code, however it was typed."""
    typed = kept_text(str(sent.get("governorate", "")))
    code = governorate_typed(typed) if organisation.country == EGYPT else None
    return {**sent, "governorate": code or typed}


def _ask_for_a_governorate(organisation: Organisation, typed: Typed) -> None:
    unknown = no_governorate(typed.values["governorate"]) if organisation.country == EGYPT else None
    if unknown:
        typed.errors["governorate"] = str(unknown)


def _merged(sent: Mapping[str, str], now: dict[str, str]) -> Typed:
    typed = Typed({name: kept_text(str(value)) for name, value in sent.items()}, read=now)
    for name, read in _read(sent).items():
        mine, kept_now = typed.values.get(name, ""), now.get(name, "")
        if mine == read:
            typed.values[name] = kept_now
        elif kept_now not in (read, mine):
            typed.errors[name] = _changed_meanwhile(_in_words(name, kept_now))
    return typed


def _read(sent: Mapping[str, str]) -> dict[str, str]:
    """What the form showed; {} where nobody says."""
    try:
        read = json.loads(sent.get(READ, ""))
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}


def _in_words(name: str, kept: str) -> str:
    """As the form shows what is kept by a code."""
    if name == "governorate":
        return governorate_in(kept, get_language() or "ar")
    listed = {"sector": Sector, "legal_form": LegalForm}
    return str(dict(listed[name].choices).get(kept, kept)) if name in listed else kept


def _changed_meanwhile(now: str) -> str:
    if not now:
        return _(
            "Since you opened this page a colleague has emptied this. Save again to keep yours, or empty it as"
            " well."
        )
    return _(
        "Since you opened this page a colleague has written “%(now)s” here. Save again to put yours in its place,"
        " or take theirs."
    ) % isolated({"now": now})


def _keep(organisation: Organisation, typed: Typed, by: User) -> None:
    said = Said(typed.values.get("legal_form", ""), _number(typed, "staff"), _number(typed, "budget"))
    until = {kind: _day(typed, paper_field(kind)) for kind in Document.values}
    if typed.errors:
        return
    about = {name: typed.values.get(name, "") for name in ABOUT}
    acts: tuple[Callable[[], object], ...] = (
        lambda: say_profile(organisation=organisation, said=said, by=by),
        lambda: date_documents(organisation=organisation, until=until, by=by),
        lambda: change_organisation(organisation=organisation, by=by, role="applicant", **about),
    )
    for act in acts:
        _try(act, typed)


def _try(act: Callable[[], object], typed: Typed) -> None:
    try:
        act()
    except Refused as refused:
        typed.errors |= {_field_of(reason): str(reason) for reason in refused.reasons}


def _field_of(reason: Reason) -> str:
    if "document" in reason.parameters:
        return paper_field(reason.parameters["document"])
    return str(reason.parameters.get("field", "legal_form"))


def _number(typed: Typed, name: str) -> int | None:
    """In the digits of any keyboard, with or without what parts thousands."""
    written = western(typed.values.get(name, ""))
    digits = "".join(each for each in written if each not in GROUPING)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()):
        typed.errors[name] = _("Write a whole number, in digits alone.")
        return None
    return int(digits[:20])


def _day(typed: Typed, name: str) -> date | None:
    written = western(typed.values.get(name, ""))
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        typed.errors[name] = _("Write the day as year-month-day, such as 2027-03-31.")
        return None
