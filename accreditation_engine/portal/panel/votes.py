"""How a panel stands, and what it decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.guards import ABSTAIN, Votes
from accreditation_engine.decisions.models import Vote
from accreditation_engine.decisions.queries import Standing
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.road import way_ahead
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told


def is_decision(event: Event) -> bool:
    """Whether `event` is a step by which those who decide moved the dossier on."""
    judged = event.role in roles and roles[event.role].judges == "deciding"
    return judged and event.source != event.target


def shown_votes(reader: Reader, standing: Standing, told: Sequence[Told]) -> dict[str, Any]:
    """For parts/votes.html; `told` holds the events of the votes."""
    reasons = {each.event.seq: each for each in told}
    scheme, state = reader.scheme, _state_of_ballot(reader, standing, reasons)
    rules = _rules(scheme, state)
    quorum = max((each.quorum for _name, each in rules), default=0)
    seats = [{"tone": _tone(scheme, state, vote.choice)} for vote in standing.votes]
    return {
        "shown": True,
        "seats": seats + [{}] * max(0, quorum - len(seats)),
        "cast": len(standing.votes),
        "of": max(quorum, len(seats)),
        "rule": " ".join(_rule(scheme, name, each) for name, each in rules),
        "tally": [
            {
                "title": choice_title(scheme.edition, choice),
                "count": count,
                "tone": _tone(scheme, state, choice),
            }
            for choice, count in sorted(standing.tally.items())
        ],
        "voters": [_voter(scheme, state, vote, reasons.get(vote.seq)) for vote in standing.votes],
    }


def _state_of_ballot(reader: Reader, standing: Standing, reasons: dict[int, Told]) -> str:
    """The state in which the votes were cast; the present one while there are none."""
    cast = [reasons[vote.seq].event.source for vote in standing.votes if vote.seq in reasons]
    return cast[-1] if cast else reader.dossier.state


def _rules(scheme: Compiled, state: str) -> list[tuple[str, Votes]]:
    return [
        (name, each.parameters)
        for name in scheme.workflow.leaving(state)
        for each in scheme.steps[name].guards
        if isinstance(each.parameters, Votes)
    ]


def _rule(scheme: Compiled, name: str, rule: Votes) -> str:
    words = {"step": transition_title(scheme.edition, name), "share": rule.share, "quorum": rule.quorum}
    if rule.more_than:
        return (
            ngettext(
                "“%(step)s” needs %(quorum)d vote cast and more than %(share)s of them in favour.",
                "“%(step)s” needs %(quorum)d votes cast and more than %(share)s of them in favour.",
                rule.quorum,
            )
            % words
        )
    return (
        ngettext(
            "“%(step)s” needs %(quorum)d vote cast and %(share)s of them in favour.",
            "“%(step)s” needs %(quorum)d votes cast and %(share)s of them in favour.",
            rule.quorum,
        )
        % words
    )


def _tone(scheme: Compiled, state: str, choice: str) -> str:
    """A choice for going on towards the certificate, against it, or neither."""
    if choice == ABSTAIN or choice not in scheme.steps:
        return "neutral"
    return "good" if scheme.steps[choice].definition.to in way_ahead(scheme, state)[:1] else "bad"


def _voter(scheme: Compiled, state: str, vote: Vote, told: Told | None) -> dict[str, Any]:
    return {
        "name": str(vote.member),
        "badge": {
            "title": choice_title(scheme.edition, vote.choice),
            "tone": _tone(scheme, state, vote.choice),
        },
        "at": told.event.at if told else None,
        "reason": or_erased(told.comment, told.erased_at) if told else "",
    }


def shown_decisions(reader: Reader, told: Iterable[Told]) -> list[dict[str, Any]]:
    """For parts/timeline.html, the latest first. Names are told only to those who see them."""
    return [
        {
            "title": transition_title(each.event.edition, each.event.transition),
            "at": each.event.at,
            "actor": (each.actor if reader.names else "") or role_title(each.event.role),
            "role": role_title(each.event.role) if reader.names and each.actor else "",
            "tone": "panel",
            "comment": each.comment or _("No reasons were written beside it; they follow from the scores."),
            "erased": each.erased,
            "erased_at": each.erased_at,
        }
        for each in reversed(list(told))
        if is_decision(each.event)
    ]
