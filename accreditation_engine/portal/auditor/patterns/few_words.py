"""No comment where others comment, and very short reasons."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title

from .pattern import Hit, Pattern
from .scope import Move, Scope, event_url

ENOUGH = 10  # times that a step was taken by people, to say what is usual
USUALLY = 80  # percent
SHORT = 15  # characters


def found(scope: Scope) -> Pattern:
    by_step = defaultdict[tuple[str, str], list[Move]](list)
    for each in scope.every_move():
        if each.transition and each.actor:
            by_step[each.edition, each.transition].append(each)
    hits: list[Hit] = []
    for moves in by_step.values():
        hits += _silent(scope, moves)
        hits += _short(scope, moves)
    return Pattern(
        "few_words",
        _("Comment missing or very short"),
        _(
            "A step was taken in silence that others explain, or with next to no reason. Some cases need no words."
        ),
        _(
            "Listed where %(usually)d percent or more of at least %(enough)d such steps bear a comment; reasons"
            " that the"
            " scheme asks for, below %(short)d characters."
        )
        % {"usually": USUALLY, "enough": ENOUGH, "short": SHORT},
        _("Steps looked at: %(count)d") % {"count": sum(map(len, by_step.values()))},
        hits,
    )


def _silent(scope: Scope, moves: list[Move]) -> list[Hit]:
    said = [each for each in moves if (each.stream, each.seq) in scope.comment_lengths]
    if not usually_said(len(said), len(moves)):
        return []
    words = _("“%(step)s” without a comment by %(name)s; %(said)d of %(all)d such steps bear one.")
    silent = [each for each in moves if (each.stream, each.seq) not in scope.comment_lengths]
    return [
        _hit(scope, each, words, 1 + len(said) / len(moves), said=len(said), all=len(moves))
        for each in silent
    ]


def usually_said(said: int, times: int) -> bool:
    return times >= ENOUGH and 100 * said >= USUALLY * times


def _short(scope: Scope, moves: list[Move]) -> list[Hit]:
    """What was erased by law is not short."""
    step = compiled(moves[0].edition).workflow.transitions.get(moves[0].transition)
    if step is None or step.comment != "required":
        return []
    words = _("“%(step)s” by %(name)s with a reason of %(length)d characters.")
    lengths = ((each, scope.comment_lengths.get((each.stream, each.seq))) for each in moves)
    return [
        _hit(scope, each, words, 1 - length / SHORT, length=length)
        for each, length in lengths
        if length is not None and length < SHORT
    ]


def _hit(scope: Scope, move: Move, words: str, weight: float, **facts: int) -> Hit:
    step = transition_title(move.edition, move.transition)
    said = words % isolated({"step": step, "name": scope.name(move.actor), **facts})
    return Hit(scope.number(move.stream), event_url(move.stream, move.seq), said, weight)
