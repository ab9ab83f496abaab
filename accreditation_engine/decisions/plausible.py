"""Whether votes, and decisions that count them, could have happened as their events say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from accreditation_engine.engine.perform import JUDGED
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.plausible import doubted_by
from accreditation_engine.engine.replay.said import Said

from .replay import BALLOTS, RECUSALS, VOTES


@doubted_by("may_vote")
def votes_once(picture: Picture, event: Said, bound: Any) -> Iterator[str]:
    """A vote is one of the choices, in the ballot that is open, by somebody who has not voted in it and has not
    stepped aside; a secret one holds chance."""
    judged, parameters = event.data.get(JUDGED) or {}, bound.parameters
    ballot = len(picture.rows(BALLOTS))
    if not ballot or judged.get("ballot", ballot) != ballot:
        yield "it votes in a ballot that is not open"
    if event.data.get("choice") not in parameters.choices:
        yield "it votes for what nobody offered"
    if any(row["member"].value == event.actor for row in _votes(picture).values()):
        yield "its actor had voted in this ballot"
    if any(row["member"].value == event.actor for row in picture.rows(RECUSALS).values()):
        yield "its actor had stepped aside"
    if parameters.secret and not judged.get("salt"):
        yield "it is a secret vote without a salt"


@doubted_by("votes")
def counts_what_was_cast(picture: Picture, event: Said, bound: Any) -> Iterator[str]:
    """A decision counts the votes of its ballot. Events of before name no single votes."""
    judged = event.data.get(JUDGED) or {}
    cast = {seq: row["choice"].value for (seq,), row in _votes(picture).items()}
    ballot = len(picture.rows(BALLOTS))
    if judged.get("votes", {}) != dict(Counter(cast.values())) or judged.get("ballot", ballot) != ballot:
        yield "it counts other votes than were cast"
    elif "cast" in judged and {each["seq"]: each["choice"] for each in judged["cast"]} != cast:
        yield "it names other votes than were cast"


def _votes(picture: Picture) -> dict[Any, Any]:
    ballot = len(picture.rows(BALLOTS))
    return {key: row for key, row in picture.rows(VOTES).items() if row["ballot"].value == ballot}
