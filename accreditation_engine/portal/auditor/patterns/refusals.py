"""Many steps refused to one person."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.pressed_again import MOMENT
from accreditation_engine.trail.models import Event

from .pattern import Hit, Pattern
from .scope import Scope

REFUSED = 5
SHARE = 30  # percent


def found(scope: Scope) -> Pattern:
    taken, refused = Counter[UUID](), Counter[UUID]()
    for (_file, person, kind), (_first, times) in scope.acts.items():
        if kind in ("refused", "transition"):
            (refused if kind == "refused" else taken)[person] += times
    striking = [person for person, count in refused.items() if many(count, count + taken[person])]
    for person, count in pressed_twice(scope, striking).items():
        refused[person] -= count
    hits = [
        _hit(scope, person, count, count + taken[person])
        for person, count in refused.items()
        if many(count, count + taken[person])
    ]
    return Pattern(
        "refusals",
        _("Many refusals"),
        _(
            "Somebody tried again and again what they may not do. It may be misread instructions as well as a"
            " bad try."
        ),
        _("Listed from %(refused)d refusals that are %(share)d percent or more of all that the person tried.")
        % {"refused": REFUSED, "share": SHARE},
        _("Attempts looked at: %(count)d") % {"count": sum(taken.values()) + sum(refused.values())},
        hits,
    )


def pressed_twice(scope: Scope, people: list[UUID]) -> dict[UUID, int]:
    """By person, how often a step was refused that the same person had just taken: an honest double click. One
    query, none for nobody."""
    if not people:
        return {}
    just_taken = Event.objects.filter(
        stream=OuterRef("stream"),
        actor=OuterRef("actor"),
        transition=OuterRef("transition"),
        kind="transition",
        at__lte=OuterRef("at"),
        at__gte=ExpressionWrapper(OuterRef("at") - MOMENT, output_field=DateTimeField()),
    )
    rows = scope.events().filter(Exists(just_taken), kind="refused", actor__in=people).exclude(transition="")
    return Counter(
        actor
        for stream, actor in rows.order_by().values_list("stream", "actor")
        if actor and stream in scope.files
    )


def many(refused: int, tried: int) -> bool:
    return refused >= REFUSED and 100 * refused >= SHARE * tried


def _hit(scope: Scope, person: UUID, refused: int, tried: int) -> Hit:
    words = ngettext(
        "%(refused)d attempt of %(tried)d was refused.",
        "%(refused)d attempts of %(tried)d were refused.",
        refused,
    )
    url = f"{reverse('audit')}?kind=refused&actor={person}"
    return Hit(scope.name(person), url, words % isolated({"refused": refused, "tried": tried}), refused)
