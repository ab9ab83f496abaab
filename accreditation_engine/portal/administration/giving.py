"""Giving a role: for whom, as they were named, which, for which scheme, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.western import western
from accreditation_engine.engine.days import end_of
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import GRANTED
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.trail.folding import HoldsEvery
from accreditation_engine.written import kept_text

from .access import EVERY_SCHEME, Administrator
from .roles_page import EVERY, role_choices

Context = dict[str, Any]
SHOWN = 10
"""People of a name to choose from; of more, the name is to be written more fully."""


@dataclass(frozen=True)
class Typed:
    """What was typed and chosen. `chosen` is the id of one of the people offered, `name` that of a new account."""

    person: str = ""
    chosen: str = ""
    name: str = ""
    role: str = ""
    scheme: str = ""
    until: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> Typed:
        texts = {name: kept_text(post.get(name, ""))[:200] for name in ("person", "name")}
        codes = {name: post.get(name, "")[:60] for name in ("chosen", "role", "scheme")}
        return cls(**texts, **codes, until=western(post.get("until", ""))[:20])


@dataclass
class Unsettled:
    """What is wrong, by field, in words; `offered` are people to choose from, and `opening` says that there is no
    account yet and a name is asked for."""

    wrong: dict[str, str] = field(default_factory=dict)
    offered: list[User] = field(default_factory=list)
    opening: bool = False


def give(reader: Administrator, typed: Typed) -> RoleGrant | Unsettled:
    """The grant, or what stands against it, all at once. An account that is opened for it is opened with it."""
    unsettled = Unsettled()
    until = _until(typed, unsettled)
    if typed.role not in GRANTED:
        unsettled.wrong["role"] = _("Choose a role.")
    scheme = EVERY_SCHEME if typed.scheme == EVERY else typed.scheme
    if typed.scheme not in dict(_schemes(reader)):
        unsettled.wrong["scheme"] = _("Choose the scheme in which the role is played.")
    person = _person(typed, unsettled)
    if unsettled.wrong or person is None:
        return unsettled
    try:
        with _opened_for(person) as user:
            return grant_role(user=user, role=typed.role, scheme=scheme, until=until, by=reader.person)
    except Refused as refused:
        for each in refused.reasons:
            unsettled.wrong[_FIELDS.get(each.code, "person")] = str(each)
        return unsettled


_FIELDS = {
    "ends_in_the_past": "until",
    "chair_of_no_panel": "role",
    "unknown_role": "role",
    "not_administrator": "scheme",
}


def _until(typed: Typed, unsettled: Unsettled) -> datetime | None:
    try:
        return end_typed(typed.until)
    except Refused as refused:
        unsettled.wrong["until"] = str(refused)
        return None


def end_typed(typed: str) -> datetime | None:
    """The end of the day that was typed, None where the field is empty. Raises Refused for what is no day."""
    if not typed.strip():
        return None
    day = day_typed(typed.strip())
    if day is None:
        raise Refused([Reason("no_such_day", {"typed": typed, "example": "2027-01-31"})])
    return end_of(day)


def _person(typed: Typed, unsettled: Unsettled) -> User | None:
    """Whoever was meant; somebody new is not saved yet."""
    if not typed.person:
        unsettled.wrong["person"] = _("Write the name or the e-mail address of the person.")
        return None
    if "@" in typed.person:
        return _by_address(typed, unsettled)
    found: list[Any] = list(
        User.objects.alias(named=HoldsEvery("name", words=typed.person))
        .filter(named=True, is_active=True)
        .order_by("name", "pk")[: SHOWN + 1]
    )
    chosen = identifier(typed.chosen)
    for each in found:
        if each.pk == chosen:
            return each
    unsettled.offered = found[:SHOWN]
    unsettled.wrong["person"] = _who_is_meant(len(found))
    return None


def _who_is_meant(found: int) -> str:
    if not found:
        return _("Nobody here is called that. Write the e-mail address, to open an account for somebody new.")
    if found > SHOWN:
        return _("Many people are called that. Choose one of these, or write more of the name.")
    return ngettext(
        "Is it this person? Choose them, or write the e-mail address.",
        "Several people are called that. Choose one of them.",
        found,
    )


def _by_address(typed: Typed, unsettled: Unsettled) -> User | None:
    address = typed.person.lower()
    try:
        validate_email(address)
    except ValidationError:
        unsettled.wrong["person"] = str(Reason("no_address", {"typed": typed.person}))
        return None
    found = User.objects.filter(email=address).first()
    if found is not None:
        return found
    unsettled.opening = True
    if not typed.name:
        words = _("Nobody has this address yet. Write the person's name: an account is opened for them.")
        unsettled.wrong["name"] = words
        return None
    return User(email=address, name=typed.name)


@contextmanager
def _opened_for(person: User) -> Iterator[User]:
    """The account of `person`; a new one is opened, and not kept where what follows is refused. For others nothing
    is undone: that it was tried stays on record."""
    if not person._state.adding:
        yield person
        return
    with transaction.atomic():
        yield User.objects.create_user(person.email, name=person.name)


def _schemes(reader: Administrator) -> list[tuple[str, str]]:
    every = [(EVERY, _("every scheme"))] if reader.schemes is None else []
    return [*reader.titles.items(), *every]


def giving_page(reader: Administrator, typed: Typed, unsettled: Unsettled | None = None) -> Context:
    """The context of portal/give_role.html."""
    unsettled = unsettled or Unsettled()
    wrong, alone = unsettled.wrong, len(unsettled.offered) == 1
    return {
        "head": {"eyebrow": _("Administration"), "title": _("Give a role")},
        "breadcrumbs": [{"title": _("Roles"), "url": reverse("roles")}, {"title": _("Give a role")}],
        "errors": [{"text": text, "target": name} for name, text in wrong.items()],
        "person": {
            "name": "person",
            "label": _("Name or e-mail address"),
            "type": "text",
            "required": True,
            "value": typed.person,
            "error": wrong.get("person"),
            "help": _("For somebody who has no account yet, the e-mail address."),
        },
        "offered": [
            {"value": str(each.pk), "name": each.name, "email": each.email, "chosen": alone}
            for each in unsettled.offered
        ],
        "name": _name_entry(typed, wrong) if unsettled.opening else None,
        "entries": [
            _select("role", _("Role"), role_choices(), typed.role, wrong),
            _select("scheme", _("Scheme"), _schemes(reader), typed.scheme, wrong),
            until_entry(typed.until, wrong.get("until", "")),
        ],
    }


def _name_entry(typed: Typed, wrong: dict[str, str]) -> Context:
    return {
        "name": "name",
        "label": _("Name of the new account"),
        "type": "text",
        "required": True,
        "value": typed.name,
        "error": wrong.get("name"),
    }


def until_entry(value: str, error: str) -> Context:
    return {
        "name": "until",
        "label": _("Last day"),
        "type": "date",
        "value": value,
        "error": error,
        "help": _("The role ends by itself at the end of this day. Leave it empty for no end."),
    }


def _select(
    name: str, label: str, options: list[tuple[str, str]], value: str, wrong: dict[str, str]
) -> Context:
    listed = [{"value": each, "label": title} for each, title in options]
    return {
        "name": name,
        "label": label,
        "type": "select",
        "required": True,
        "value": value,
        "error": wrong.get(name),
        "options": [{"value": "", "label": _("Choose")}, *listed],
    }
