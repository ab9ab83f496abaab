"""Decided with many votes against."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title

from .pattern import Hit, Pattern
from .scope import Scope, event_url

AGAINST = Fraction(1, 3)
ABSTAIN = "abstain"


def found(scope: Scope) -> Pattern:
    looked, hits = 0, []
    for move, judged in scope.decisions:
        votes = judged.get("votes")
        if not votes or not scope.shows(move.stream, "votes"):
            continue
        looked += 1
        share = share_against(votes, move.transition)
        if share >= AGAINST:
            step = transition_title(move.edition, move.transition)
            cast = {
                "step": step,
                "for": votes.get(move.transition, 0),
                "against": against(votes, move.transition),
            }
            words = _("“%(step)s”: %(for)d for it, %(against)d for something else.") % isolated(cast)
            hits.append(Hit(scope.number(move.stream), event_url(move.stream, move.seq), words, float(share)))
    return Pattern(
        "split_votes",
        _("Decided with many votes against"),
        _(
            "The members of a panel did not agree. That they may differ is why they vote: read the reasons of"
            " both."
        ),
        _("Listed from a third of the votes against, abstentions left out."),
        _("Decisions looked at: %(count)d") % {"count": looked},
        hits,
    )


def against(votes: Mapping[str, int], chosen: str) -> int:
    return sum(count for choice, count in votes.items() if choice not in (chosen, ABSTAIN))


def share_against(votes: Mapping[str, int], chosen: str) -> Fraction:
    """Of the votes that chose anything, the share that chose something else; 0 where nobody chose."""
    whole = against(votes, chosen) + votes.get(chosen, 0)
    return Fraction(against(votes, chosen), whole) if whole else Fraction(0)
