"""Decided within minutes of being referred."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.auditor.road.spent import spent_in_words

from .pattern import Hit, Pattern
from .scope import Move, Scope, event_url

QUICK = timedelta(minutes=10)


def found(scope: Scope) -> Pattern:
    hits = []
    for move, _judged in scope.decisions:
        waited = time_before(move, scope.moves[move.stream])
        if waited is not None and waited < QUICK:
            step = transition_title(move.edition, move.transition)
            words = _("“%(step)s” %(time)s after the file came before those who decide.")
            said = words % isolated({"step": step, "time": spent_in_words(waited)})
            hits.append(
                Hit(
                    scope.number(move.stream), event_url(move.stream, move.seq), said, -waited.total_seconds()
                )
            )
    return Pattern(
        "quick_decisions",
        _("Decided within minutes"),
        _(
            "Hardly time to read the file after it was referred. Panels that meet on a day decide many at once."
        ),
        _("Listed below %(minutes)d minutes.") % {"minutes": QUICK.seconds // 60},
        _("Decisions looked at: %(count)d") % {"count": len(scope.decisions)},
        hits,
    )


def time_before(decision: Move, moves: list[Move]) -> timedelta | None:
    """How long the file had been in the state that the decision left; None where no event tells."""
    before = [each for each in moves if each.seq < decision.seq]
    return decision.at - before[-1].at if before else None
