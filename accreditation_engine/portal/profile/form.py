"""Reading the form of a profile: what was typed stays, and what is wrong is told at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation_engine.definitions.western import western
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.profile import (
    Document,
    Profile,
    Said,
    date_documents,
    say_profile,
)
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.written import kept_text

ABOUT = ("governorate", "sector")
"""What the organisation says itself of what events call it by; names and number are others' to change."""
NUMBERS = ("staff", "budget")
GROUPING = " ,٬\u00a0\u202f'"
"""What stands between thousands."""


def paper_field(kind: str) -> str:
    return f"until-{kind}"


@dataclass
class Typed:
    """What stands in the fields, by their names, and what is wrong, by the same."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def kept(organisation: Organisation, profile: Profile) -> Typed:
    """The form as it is opened."""
    said = profile.said
    values = {name: getattr(organisation, name) for name in ABOUT}
    values |= {name: "" if getattr(said, name) is None else str(getattr(said, name)) for name in NUMBERS}
    values["legal_form"] = said.legal_form
    for kind in Document.values:
        paper = profile.papers.get(kind)
        values[paper_field(kind)] = paper.until.isoformat() if paper and paper.until else ""
    return Typed(values)


def keep(organisation: Organisation, sent: Mapping[str, str], by: User) -> Typed:
    """Keep all of the form, or nothing of it where something is wrong."""
    typed = Typed({name: kept_text(str(value)) for name, value in sent.items()})
    said = Said(typed.values.get("legal_form", ""), _number(typed, "staff"), _number(typed, "budget"))
    until = {kind: _day(typed, paper_field(kind)) for kind in Document.values}
    if typed.errors:
        return typed
    about = {name: typed.values.get(name, "") for name in ABOUT}
    acts: tuple[Callable[[], object], ...] = (
        lambda: say_profile(organisation=organisation, said=said, by=by),
        lambda: date_documents(organisation=organisation, until=until, by=by),
        lambda: change_organisation(organisation=organisation, by=by, role="applicant", **about),
    )
    with transaction.atomic():
        for act in acts:
            _try(act, typed)
        transaction.set_rollback(bool(typed.errors))
    return typed


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
