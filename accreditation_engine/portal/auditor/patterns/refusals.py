"""Many steps refused to one person."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated

from .pattern import Hit, Pattern
from .scope import Scope

REFUSED = 5
SHARE = 30  # percent


def found(scope: Scope) -> Pattern:
    taken, refused = Counter[UUID](), Counter[UUID]()
    for (_file, person, kind), (_first, times) in scope.acts.items():
        if kind in ("refused", "transition"):
            (refused if kind == "refused" else taken)[person] += times
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
