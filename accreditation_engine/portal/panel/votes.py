"""How a panel stands, and what it decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.ballot_rules import Votes
from accreditation_engine.decisions.counting import ABSTAIN
from accreditation_engine.decisions.models import Dissent, Vote
from accreditation_engine.decisions.queries import Standing, quorums
from accreditation_engine.decisions.sealing import VOTES, awaited_in
from accreditation_engine.decisions.seats import secret_seats_of
from accreditation_engine.decisions.words import choice_title, quorum_remedy, share_in_words
from accreditation_engine.dossiers.unannounced import told_at_once
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.road import way_ahead
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told

from .sealed import sees_ballot


def is_decision(event: Event) -> bool:
    """Whether `event` is a step by which those who decide moved the dossier on."""
    judged = event.role in roles and roles[event.role].judges == "deciding"
    return judged and event.source != event.target


def is_told_decision(reader: Reader, event: Event, standing: Standing | None) -> bool:
    """Whether `event` is a decision that the reader may read: what comes of an appeal is told to whoever appealed,
    wherever the file goes from there; and to those who decide anew, why it was refused and why an appeal against
    that was upheld."""
    if not is_decision(event):
        return False
    appealed = reader.plays("applicant") and event.transition in told_at_once(event.edition)
    return reader.sees("decision") or appealed or _was_announced(reader, event, standing)


def _was_announced(reader: Reader, event: Event, standing: Standing | None) -> bool:
    """What was decided by a ballot that another has followed was announced before that was opened; who may see how
    it was voted may read it."""
    ballot = event.data.get("judged", {}).get("ballot")
    followed = isinstance(ballot, int) and standing is not None and 0 < ballot < standing.number
    return followed and sees_ballot(reader, ballot)


def shown_votes(reader: Reader, standing: Standing, told: Sequence[Told]) -> dict[str, Any]:
    """For parts/votes.html; `told` holds the events of the votes and of dissent. While votes are sealed it is
    shown who has voted, and to everybody their own."""
    reasons = {each.event.seq: each for each in told}
    if not reader.sees(VOTES):
        return _sealed(reader, standing, reasons)
    scheme, state = reader.scheme, _state_of_ballot(reader, standing, reasons)
    rules = _rules(scheme, state)
    seats = [{"tone": _tone(scheme, state, vote.choice)} for vote in standing.votes]
    secret = bool(secret_seats_of(reader.dossier.edition_id, state))
    still = 0 if secret else max(0, _quorum(rules) - len(seats))
    return {
        "shown": True,
        "closed": standing.closed_seq is not None,
        "over": reader.dossier.state != state,
        "dissents": [_dissent(each, reasons.get(each.seq)) for each in standing.dissents],
        "seats": seats + [{}] * still,
        "cast": len(seats),
        "of": len(seats) + still,
        "short": _short(scheme, state, len(seats)) if secret and reader.dossier.state == state else "",
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


def dissents_in(standing: Standing | None, dossier: UUID) -> list[Event]:
    """The events of dissent in that ballot. One query, none where nobody dissented."""
    if standing is None or not standing.dissents:
        return []
    return list(Event.objects.filter(stream=dossier, seq__in=[each.seq for each in standing.dissents]))


def _sealed(reader: Reader, standing: Standing, reasons: dict[int, Told]) -> dict[str, Any]:
    """Nothing here depends on how anybody else voted."""
    scheme, state = reader.scheme, reader.dossier.state
    awaited = awaited_in(reader.dossier)
    own = next((each for each in standing.votes if each.member_id == reader.person.pk), None)
    return {
        "sealed": True,
        "shown": True,
        "seats": [{"tone": "neutral"} for _each in standing.votes] + [{} for _each in awaited],
        "cast": len(standing.votes),
        "of": len(standing.votes) + len(awaited),
        "short": _short(scheme, state, len(standing.votes) + len(awaited)),
        "rule": " ".join(_rule(scheme, name, each) for name, each in _rules(scheme, state)),
        "voters": [
            _voter(scheme, state, each, reasons.get(each.seq)) if each is own else _has_voted(each, reasons)
            for each in standing.votes
        ],
        "awaited": [each.name for each in awaited],
    }


def _has_voted(vote: Vote, reasons: dict[int, Told]) -> dict[str, Any]:
    told = reasons.get(vote.seq)
    return {"name": str(vote.member), "at": told.event.at if told else None}


def _dissent(dissent: Dissent, told: Told | None) -> dict[str, Any]:
    return {
        "name": str(dissent.member),
        "at": told.event.at if told else None,
        "reason": or_erased(told.comment, told.erased_at) if told else "",
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


def _quorum(rules: Iterable[tuple[str, Votes]]) -> int:
    return max((each.quorum for _name, each in rules), default=0)


def _short(scheme: Compiled, state: str, seats: int) -> str:
    """What is done where fewer have a seat in the ballot than any step needs; "" where they are enough."""
    quorum = quorums(scheme).get(state, 0)
    if seats >= quorum:
        return ""
    few = _("The quorum is not reached by those who vote here: %(seats)d of %(quorum)d.")
    return f"{few % {'seats': seats, 'quorum': quorum}} {quorum_remedy()}"


def _rule(scheme: Compiled, name: str, rule: Votes) -> str:
    share = share_in_words(rule.share, more_than=rule.more_than)
    words = {"step": transition_title(scheme.edition, name), "share": share, "quorum": rule.quorum}
    said = _needs(rule.quorum) % words
    if rule.casting is None:
        return said
    casting = _(
        "Where votes are equal, “%(step)s” is carried if whoever has the casting vote chose it: %(role)s."
    )
    return f"{said} {casting % isolated({**words, 'role': role_title(rule.casting)})}"


def _needs(quorum: int) -> str:
    return ngettext(
        "“%(step)s” needs %(quorum)d vote cast, and %(share)s in favour.",
        "“%(step)s” needs %(quorum)d votes cast, and %(share)s in favour.",
        quorum,
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
    """For parts/timeline.html, the latest first; `told` are decisions that the reader may read. Names are told
    only to those who see them."""
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
    ]
