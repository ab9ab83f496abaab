"""Who has which role in which scheme, since when, given by whom and until when: as a list that can be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.organisations.roles import GRANTED, in_force
from accreditation_engine.trail.folding import HoldsEvery
from accreditation_engine.written import kept_text

from .access import EVERY_SCHEME, Administrator
from .frame import frame
from .given_by import Giver, givers

Context = dict[str, Any]
ROWS = 25
SOON = timedelta(days=30)
EVERY = "every"
"""In an address, the choice of roles for every scheme."""
NOW, ENDING, ENDED, ALL = "", "soon", "ended", "all"


@dataclass(frozen=True)
class Narrowed:
    """What the list was narrowed to, as it stands in the address; what is no choice counts as none."""

    words: str
    role: str
    scheme: str
    standing: str

    @classmethod
    def of(cls, typed: QueryDict) -> Narrowed:
        words = kept_text(typed.get("q", ""))[:200]
        role, standing = typed.get("role", ""), typed.get("standing", "")
        return cls(
            words,
            role if role in GRANTED else "",
            typed.get("scheme", "")[:60].replace("\x00", ""),
            standing if standing in (ENDING, ENDED, ALL) else NOW,
        )

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.role or self.scheme or self.standing not in (NOW, ALL))

    def rows(self, grants: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
        if self.words:
            named = Q(user__email__icontains=self.words)
            grants = grants.alias(named=HoldsEvery("user__name", words=self.words)).filter(
                named | Q(named=True)
            )
        if self.role:
            grants = grants.filter(role=self.role)
        if self.scheme:
            grants = grants.filter(scheme=EVERY_SCHEME if self.scheme == EVERY else self.scheme)
        return self._standing(grants)

    def _standing(self, grants: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
        now = timezone.now()
        if self.standing == ALL:
            return grants
        if self.standing == ENDED:
            return grants.filter(until__lte=now)
        if self.standing == ENDING:
            return grants.filter(in_force(), until__lte=now + SOON)
        return grants.filter(Q(until=None) | Q(until__gt=now))


def roles_page(reader: Administrator, asked: QueryDict) -> Context:
    """The context of portal/roles.html. The same number of queries for 1 role as for 25."""
    narrowed = Narrowed.of(asked)
    rows = narrowed.rows(reader.grants()).select_related("user").order_by("user__name", "user", "role", "pk")
    page = Paginator(rows, ROWS).get_page(asked.get("page"))
    return {
        **frame(reader, "roles"),
        "head": {
            "eyebrow": _("Administration"),
            "title": _("Roles"),
            "actions": [{"title": _("Give a role"), "url": reverse("give_role"), "kind": "primary"}],
        },
        "words": narrowed.words,
        "choices": _choices(reader, narrowed),
        "page": page,
        "table": _table(reader, page, narrowed),
    }


def _choices(reader: Administrator, narrowed: Narrowed) -> list[Context]:
    """For parts/entry.html, each a select."""
    schemes = [(EVERY, _("every scheme")), *reader.titles.items()]
    standings = [
        (NOW, _("Current roles")),
        (ENDING, _("Roles that end within 30 days")),
        (ENDED, _("Roles that have ended")),
        (ALL, _("All roles")),
    ]
    return [
        _select("role", _("Role"), [("", _("any")), *role_choices()], narrowed.role),
        _select("scheme", _("Scheme"), [("", _("any")), *schemes], narrowed.scheme),
        _select("standing", _("Which"), standings, narrowed.standing),
    ]


def role_choices() -> list[tuple[str, str]]:
    """The roles that are given, with their titles."""
    return [(each, capfirst(role_title(each))) for each in GRANTED]


def _select(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Context:
    return {
        "name": name,
        "label": label,
        "value": value,
        "options": [{"value": each, "label": title} for each, title in options],
    }


def _table(reader: Administrator, page: Page[RoleGrant], narrowed: Narrowed) -> Context:
    grants = list(page)
    by = givers(grants)
    titles = (_("Person"), _("Role"), _("Scheme"), _("Since"), _("Given by"), _("Until"))
    return {
        "caption": _("Roles"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _cells(reader, each, by[each.pk])} for each in grants],
        "empty": _empty(narrowed),
    }


def _cells(reader: Administrator, grant: RoleGrant, giver: Giver) -> list[Context]:
    return [
        {"value": grant.user, "url": reverse("role", args=[grant.pk]), "note": grant.user.email},
        {"value": role_title(grant.role)},
        {"value": scheme_title(reader, grant.scheme)},
        {"value": grant.since, "kind": "day"},
        {"value": giver},
        until_cell(grant),
    ]


def scheme_title(reader: Administrator, scheme: str) -> str:
    """A scheme that was never opened here is called by its id."""
    return reader.titles.get(scheme, scheme) if scheme else _("every scheme")


def until_cell(grant: RoleGrant) -> Context:
    if grant.until is None:
        return {"value": _("no end date")}
    if grant.over:
        return {"value": grant.until, "kind": "day", "note": _("ended")}
    return {"value": grant.until, "kind": "day"}


def _empty(narrowed: Narrowed) -> Context:
    if not narrowed.narrows:
        return {"sentence": _("Nobody has a role here yet. Give the first.")}
    return {
        "icon": "search",
        "sentence": _("No role fits what you chose."),
        "action": {"title": _("Show all roles"), "url": reverse("roles")},
    }
