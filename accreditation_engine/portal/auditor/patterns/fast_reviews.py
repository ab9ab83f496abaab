"""Reviewed unusually fast, against the other reviews of the scheme."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.auditor.road.spent import spent_in_words

from .pattern import Hit, Pattern
from .robust import Usual, usual
from .scope import Review, Scope, trail_url

ENOUGH = 8  # reviews of a scheme, to say what is usual
DEVIATIONS = 3.0
LEAST = 1.0  # seconds


class Timed(NamedTuple):
    review: Review
    seconds: float


def found(scope: Scope) -> Pattern:
    asked = defaultdict[str, list[Timed]](list)
    begun = defaultdict[str, list[Timed]](list)
    for each in scope.reviews:
        scheme = scope.files[each.dossier].scheme
        asked[scheme].append(Timed(each, (each.sent - each.asked).total_seconds()))
        if each.begun:
            begun[scheme].append(Timed(each, (each.sent - each.begun).total_seconds()))
    words = {
        "asked": _(
            "%(name)s: %(time)s from being asked to sending; half of %(count)d reviews took %(median)s or more."
        ),
        "begun": _(
            "%(name)s: %(time)s from the first rating saved to sending; half of %(count)d reviews took"
            " %(median)s or"
            " more."
        ),
    }
    hits = [
        _hit(scope, each, usually, deviations, words[since])
        for since, groups in (("asked", asked), ("begun", begun))
        for timed in groups.values()
        for each, usually, deviations in fast(timed)
    ]
    return Pattern(
        "fast_reviews",
        _("Reviewed unusually fast"),
        _(
            "Far less time than is usual in the scheme. Short files and work done elsewhere before are fast as"
            " well."
        ),
        _(
            "Listed from %(deviations)d robust deviations below the median of the scheme (by MAD, of"
            " logarithms), where"
            " there are %(enough)d reviews or more."
        )
        % {"deviations": int(DEVIATIONS), "enough": ENOUGH},
        _("Reviews looked at: %(count)d") % {"count": len(scope.reviews)},
        hits,
    )


def fast(timed: list[Timed]) -> list[tuple[Timed, Usual, float]]:
    """Those far below what is usual, with that and by how many deviations; none among fewer than ENOUGH."""
    if len(timed) < ENOUGH:
        return []
    usually = usual([each.seconds for each in timed], LEAST)
    below = ((each, usually, usually.below(each.seconds, LEAST)) for each in timed)
    return [each for each in below if each[2] >= DEVIATIONS]


def _hit(scope: Scope, timed: Timed, usually: Usual, deviations: float, words: str) -> Hit:
    review = timed.review
    said = words % isolated(
        {
            "name": scope.name(review.reviewer),
            "time": spent_in_words(timedelta(seconds=max(timed.seconds, 0))),
            "count": usually.count,
            "median": spent_in_words(timedelta(seconds=usually.median)),
        }
    )
    return Hit(scope.number(review.dossier), trail_url(review.dossier), said, deviations)
