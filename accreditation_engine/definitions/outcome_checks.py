"""Outcomes that are never reached: the first that holds is taken, and one before them always holds, or holds
whenever they do. What is found is so; what is not found may be so all the same (see `claims`)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .claims import Claim, Logic, Tree, claimed
from .conditions import Unit
from .measures import scores_of
from .problems import Flaw
from .rubric import Area, Rubric
from .said import say


def dead_outcomes(rubric: Rubric) -> Iterator[Flaw]:
    """A flaw for each outcome that one before it leaves nothing to."""
    logic = Logic(rubric)
    claims = [None if each.when is None else claimed(each.when, rubric) for each in rubric.outcomes]
    for at, claim in enumerate(claims):
        if claim is None:
            continue
        path = ("outcomes", at, "when")
        earlier = [
            (other, rubric.outcomes[index]) for index, other in enumerate(claims[:at]) if other is not None
        ]
        same = [each for _, each in earlier if each.when == rubric.outcomes[at].when]
        weaker = [each for other, each in earlier if logic.follows(claim, other)]
        if same:
            words = "'{other}' has the same condition and comes first; change one of them"
            yield Flaw(path, say(words, other=same[0].outcome))
        elif weaker:
            words = (
                "never reached: '{other}' comes first and holds whenever this does; move this above it, or change"
                " one of them"
            )
            yield Flaw(path, say(words, other=weaker[0].outcome))
        elif _always(claim, rubric) and at + 1 < len(claims):
            dead = rubric.outcomes[at + 1].outcome
            words = "this always holds, so '{dead}' is never reached; ask for more, or remove what follows"
            yield Flaw(path, say(words, dead=dead))


def _always(claim: Tree | Claim, rubric: Rubric) -> bool:
    if isinstance(claim, Tree):
        return (all if claim.every else any)(_always(each, rubric) for each in claim.parts)
    if claim.what == "count":
        return claim.number <= 0 if claim.above else claim.number >= len(claim.nodes)
    return claim.above and claim.what != "growth" and claim.number <= _least(claim, rubric)


def _least(claim: Claim, rubric: Rubric) -> Decimal:
    """The lowest number that what is claimed can come to."""
    if claim.what == "criterion":
        return rubric.scale.minimum
    areas = [each for each in rubric.every_area() if each.id in claim.nodes]
    nodes: list[Rubric | Area] = [*areas] if claim.what == "area" else [rubric]
    unit: Unit = "scale" if claim.unit == "scale" else "percent"
    return min((scores_of(rubric, each, unit).low for each in nodes), default=Decimal("-Infinity"))
