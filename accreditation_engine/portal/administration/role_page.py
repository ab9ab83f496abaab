"""One role of one person: what the trail knows of it, and how it is ended."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in
from accreditation_engine.reviews.role_over import reviews_under
from accreditation_engine.trail.models import Event, Text

from .access import Administrator
from .given_by import CLOCK, givers
from .giving import until_entry
from .not_reached import not_reached
from .roles_page import scheme_title, until_cell

Context = dict[str, Any]
CHANGE, END = "change", "end"
JUST_GIVEN = "just_given"
"""In the address, after a role was given: the page offers to undo that."""


def role_page(reader: Administrator, grant: RoleGrant, *, just_given: bool, tried: Tried | None) -> Context:
    """The context of portal/role.html."""
    mine = reader.gives_for(grant.scheme)
    wrong = {"until": wrong_in(tried, CHANGE), "reason": wrong_in(tried, END)}
    return {
        "head": {
            "eyebrow": _("Role"),
            "title": str(grant.user),
            "badge": {"title": _("ended"), "tone": "neutral"} if grant.over else None,
        },
        "breadcrumbs": [{"title": _("Roles"), "url": reverse("roles")}, {"title": _("Role")}],
        "errors": [{"text": text, "target": name} for name, text in wrong.items() if text],
        "facts": _facts(reader, grant),
        "may_change": mine and not grant.over and grant.user_id != reader.person.pk,
        "may_end": mine and not grant.over,
        "own": grant.user_id == reader.person.pk,
        "over": grant.over,
        "just_given": just_given and not grant.over,
        "not_reached": [] if grant.over else not_reached(grant.user),
        "reviews": [each.dossier.number for each in reviews_under(grant)] if mine else [],
        "until": until_entry(_typed_end(grant, tried), wrong["until"]),
        "reason": {
            "name": "reason",
            "label": _("Why"),
            "required": True,
            "value": typed_in(tried, END, "reason") or (_("Given by mistake") if just_given else ""),
            "error": wrong["reason"],
            "help": _("It lies beside the trail and can be erased by law."),
        },
    }


def _typed_end(grant: RoleGrant, tried: Tried | None) -> str:
    if tried is not None and tried.form == CHANGE:
        return typed_in(tried, CHANGE, "until")
    return "" if grant.until is None else localdate(grant.until).isoformat()


def _facts(reader: Administrator, grant: RoleGrant) -> list[Context]:
    end = until_cell(grant)
    facts: list[Context] = [
        {"term": _("E-mail address"), "value": grant.user.email, "kind": "code"},
        {"term": _("Role"), "value": capfirst(role_title(grant.role))},
        {"term": _("Scheme"), "value": scheme_title(reader, grant.scheme)},
        {"term": _("Since"), "value": grant.since, "kind": "moment"},
        {"term": _("Given by"), "value": givers([grant])[grant.pk] or _("not on record")},
        {"term": _("Until"), "value": end["value"], "kind": "moment" if grant.until else ""},
    ]
    if grant.over and (why := _why_ended(grant)):
        facts.append({"term": _("Why it was ended"), "value": why})
    return facts


def _why_ended(grant: RoleGrant) -> str:
    """ "" where it ended by itself. Two queries."""
    ended = Event.objects.filter(stream=grant.user_id, kind="role_ended").order_by("-seq")
    for event in ended:
        same = (event.data["role"], event.data["scheme"]) == (grant.role, grant.scheme)
        if same and grant.until is not None and abs(event.at - grant.until) < CLOCK:
            texts = Text.objects.filter(stream=event.stream, seq=event.seq, field="comment")
            return texts.values_list("text", flat=True).first() or ""
    return ""
