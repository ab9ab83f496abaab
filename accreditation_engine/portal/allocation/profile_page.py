"""What the page of a reviewer shows: what they take, how much at a time, and when they are away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.models import Leave
from accreditation_engine.reviews.allocation.profiles import profile_of
from accreditation_engine.trail.models import Text

from .profile_form import Away, Limits, Takes
from .rows import leave_in_words

Context = dict[str, Any]


@dataclass
class Typed:
    """What was typed and refused, each with what is wrong by the field's id; None where nothing was."""

    takes: Takes | None = None
    limits: Limits | None = None
    away: Away | None = None
    errors: dict[str, str] = field(default_factory=dict)


def profile_page(reviewer: User, reader: User, typed: Typed | None = None) -> Context:
    """The context of portal/reviewer.html."""
    typed, profile, own = typed or Typed(), profile_of(reviewer), reviewer == reader
    takes = typed.takes or Takes.kept(profile)
    limits = typed.limits or Limits.kept(profile)
    return {
        "head": {
            "eyebrow": _("Reviewer"),
            "title": _("What you review") if own else str(reviewer),
            "badge": {"title": _("experienced"), "tone": "gold"} if profile.senior else None,
        },
        "breadcrumbs": _way(own),
        "own": own,
        "errors": [{"text": text, "target": target} for target, text in typed.errors.items()],
        "groups": takes.groups(typed.errors.get("countries", "")),
        "limits": limits.entries(typed.errors.get("most", "")),
        "limits_said": _limits_said(limits),
        "away": (typed.away or Away()).entries(typed.errors),
        "leaves": _leaves(reviewer),
    }


def _way(own: bool) -> list[Context]:
    if own:
        return [{"title": _("Your account"), "url": reverse("account")}, {"title": _("What you review")}]
    return [{"title": _("Reviewers"), "url": reverse("reviewers")}, {"title": _("Reviewer")}]


def _limits_said(limits: Limits) -> list[Context]:
    """For parts/facts.html, to the reviewer, who does not set them."""
    return [
        {"term": _("Reviews at a time"), "value": limits.most or _("no limit")},
        {"term": _("Experienced reviewer"), "value": _("yes") if limits.senior else _("no")},
    ]


def _leaves(reviewer: User) -> list[Context]:
    """Leave that goes on or lies ahead, with what was said about it. Two queries."""
    rows = list(Leave.objects.filter(person=reviewer, cancelled_at=None, ends_on__gte=timezone.localdate()))
    said = Text.objects.filter(stream=reviewer.pk, seq__in=[each.seq for each in rows], field="comment")
    notes = dict(said.values_list("seq", "text"))
    return [
        {
            "pk": each.pk,
            "days": leave_in_words((each.begins_on, each.ends_on)),
            "note": notes.get(each.seq) or "",
        }
        for each in rows
    ]
