"""Votes: who may cast one, when they are all in, and when they suffice."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Max, OuterRef, Subquery

from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.reviews.pieces import facts_of_pieces, pieces_judged

from .ballot_rules import Choices, OfABallot, Votes
from .chairs import chairs_fact, chairs_of
from .closed import closed_ballot
from .counting import ABSTAIN, Count
from .models import Ballot, Vote
from .seats import Seats, awaited, away


def _votes(model: type[Subject], parameters: OfABallot, user: Any) -> Mapping[str, Any]:
    dossier = OuterRef(model.dossier_path)
    latest = Ballot.objects.filter(dossier=OuterRef("ballot__dossier")).order_by("-number").values("pk")[:1]
    rows = Vote.objects.filter(ballot__dossier=dossier, ballot=Subquery(latest)).order_by("pk")
    numbers = Ballot.objects.filter(dossier=dossier).values("dossier").annotate(latest=Max("number"))
    facts = {"votes": Rows(rows, "member_id", "choice", "seq"), "ballot": Subquery(numbers.values("latest"))}
    if parameters.closed:
        facts["closed"] = closed_ballot(dossier)
    return facts | {each.fact: Rows(awaited(model, each), "id") for each in parameters.seats}


def _voting(model: type[Subject], parameters: OfABallot, user: Any) -> Mapping[str, Any]:
    absent = {f"away_{each.fact}": away(model, each, user) for each in parameters.seats}
    return {**_votes(model, parameters, user), **absent}


def _before_the_panel(model: type[Subject], parameters: Votes, user: Any) -> Mapping[str, Any]:
    facts = {**_votes(model, parameters, user), **facts_of_pieces(model, growth=parameters.asks_growth)}
    if parameters.casting:
        facts[chairs_fact(parameters.casting)] = Rows(chairs_of(model, parameters.casting), "id")
    return facts


def _awaited(case: Case, parameters: OfABallot) -> list[str] | None:
    """Who has yet to vote in secret, in the state that the dossier is in; None where votes are no secret."""
    here = _secret_here(case, parameters)
    if not here:
        return None
    return [row["id"] for each in here for row in case.facts[each.fact]]


def _secret_here(case: Case, parameters: OfABallot) -> list[Seats]:
    return [each for each in parameters.seats if case.subject.state in each.states]


def _sealed(case: Case, parameters: OfABallot) -> list[Reason]:
    """Why nobody may learn yet how votes stand. It says how many are missing, which is no secret."""
    missing = _awaited(case, parameters)
    if not missing or not case.facts["ballot"] or case.facts["closed"]:
        return []
    return [Reason("ballot_running", {"cast": len(case.facts["votes"]), "missing": len(missing)})]


def votes_cast(case: Case, judged: Mapping[str, Any]) -> dict[str, Any]:
    """Each vote that counted, by the event with which it was cast."""
    return {"cast": [{"seq": each["seq"], "choice": each["choice"]} for each in case.facts["votes"]]}


@guard("may_vote", Choices, facts=_voting)
def may_vote(case: Case, parameters: Choices) -> Verdict:
    """A ballot is open, the choice is one of those offered, and the member has not voted in it.

    The event of a secret vote holds chance as well: who sees its hash must not find out the choice by trying."""
    reasons = list(_against_voting(case, parameters))
    if not case.attempt.preview and case.attempt.data.get("choice") not in parameters.choices:
        reasons.append(
            Reason("no_such_choice", {"choices": list(parameters.choices), "edition": case.scheme.edition})
        )
    judged = {"ballot": case.facts["ballot"]} if case.facts["ballot"] else {}
    if parameters.secret and not case.attempt.preview:
        judged["salt"] = secrets.token_hex(16)
    return Verdict(tuple(reasons), judged)


def _against_voting(case: Case, parameters: Choices) -> Iterator[Reason]:
    if not case.facts["ballot"]:
        yield Reason("no_ballot")
    elif parameters.closed and case.facts["closed"]:
        yield Reason("ballot_closed")
    elif any(_same(each["member_id"], case.attempt.actor_id) for each in case.facts["votes"]):
        yield Reason("voted_already")
    else:
        missing = _awaited(case, parameters)
        if missing is not None and not any(_same(each, case.attempt.actor_id) for each in missing):
            yield Reason("no_seat")
        elif any(case.facts[f"away_{each.fact}"] for each in _secret_here(case, parameters)):
            yield Reason("not_noted_as_present")


def _same(stored: str, person: Any) -> bool:
    return stored.replace("-", "") == person.hex


@guard("ballot_used", OfABallot, facts=_votes)
def ballot_used(case: Case, parameters: OfABallot) -> Verdict:
    """Somebody has voted in the ballot that is open: only then is there anything to vote on anew. Secret votes are
    all in by then: nobody who votes anew shall have learned of some of them and others not."""
    return Verdict(tuple(_sealed(case, parameters)) if case.facts["votes"] else (Reason("ballot_unused"),))


@guard("ballot_running", OfABallot, facts=_votes)
def ballot_running(case: Case, parameters: OfABallot) -> Verdict:
    """Somebody has voted and somebody has yet to: only then is there anything to close."""
    if not case.facts["votes"]:
        return Verdict((Reason("nobody_voted"),))
    if case.facts["closed"]:
        return Verdict((Reason("ballot_closed"),))
    return Verdict((Reason("all_have_voted"),) if _awaited(case, parameters) == [] else ())


@guard("votes", Votes, facts=_before_the_panel, keeps=(pieces_judged, votes_cast))
def votes(case: Case, parameters: Votes) -> Verdict:
    sealed = _sealed(case, parameters)
    if sealed:
        return Verdict(tuple(sealed))
    wanted = parameters.for_ or case.attempt.transition
    count = Count(Counter(each["choice"] for each in case.facts["votes"]), _casting(case, parameters))
    judged = {"votes": dict(sorted(count.votes.items())), "ballot": case.facts["ballot"] or 0}
    if count.cast < parameters.quorum:
        facts: dict[str, Any] = {"wanted": parameters.quorum, "have": count.cast, **_ended(case, parameters)}
        return Verdict((Reason("no_quorum", facts),), judged)
    if parameters.casting and count.tied:
        return _by_casting_vote(case, parameters, wanted, count, judged)
    if count.carries(wanted, Fraction(parameters.share), more_than=parameters.more_than):
        return Verdict((), judged)
    facts = {"have": count.votes[wanted], "of": count.choosing, "share": parameters.share}
    if parameters.more_than:
        facts["more_than"] = True
    if count.votes[ABSTAIN]:
        facts["abstained"] = count.votes[ABSTAIN]
    return Verdict(
        (Reason("votes_short", {**facts, "choice": wanted, "edition": case.scheme.edition}),), judged
    )


def _ended(case: Case, parameters: OfABallot) -> dict[str, bool]:
    """That no more votes come, of a ballot in secret that is not sealed; of others nobody knows."""
    return {"ended": True} if case.facts["ballot"] and _secret_here(case, parameters) else {}


def _by_casting_vote(
    case: Case, parameters: Votes, wanted: str, count: Count, judged: Mapping[str, Any]
) -> Verdict:
    """Votes are equal: that counts which the chair chose."""
    if count.carried_by_casting(wanted):
        return Verdict((), {**judged, "casting": wanted})
    facts = {"choice": wanted, "edition": case.scheme.edition, "casting": count.casting}
    return Verdict((Reason("tied", facts),), judged)


def _casting(case: Case, parameters: Votes) -> str:
    """What those chose who have the casting vote; "" where they did not vote, or not alike."""
    if not parameters.casting:
        return ""
    chairs = {row["id"] for row in case.facts[chairs_fact(parameters.casting)]}
    made = {each["choice"] for each in case.facts["votes"] if each["member_id"] in chairs}
    return made.pop() if len(made) == 1 else ""
