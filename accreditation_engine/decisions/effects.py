"""Opening ballots, keeping votes, and closing ballots before all are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Max
from pydantic import ValidationInfo, model_validator

from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.registry import Taken, effect

from .models import Ballot, Closing, Vote
from .seats import CLOSES


@effect("open_ballot")
def open_ballot(taken: Sequence[Taken], parameters: Parameters) -> None:
    """A new ballot for each dossier; the one before it, if any, takes no more votes."""
    last = _latest(taken)
    Ballot.objects.bulk_create(
        Ballot(dossier_id=each.subject.pk, number=last.get(each.subject.pk, 0) + 1, opened_at=each.event.at)
        for each in taken
    )


def _unguarded(info: ValidationInfo, effect: str, guard: str) -> Iterator[str]:
    """The steps that have the effect without the guard that it stands beside."""
    workflow: Workflow | None = (info.context or {}).get("workflow")
    for name, transition in workflow.transitions.items() if workflow else ():
        has = any(rule.name == effect for rule in transition.then)
        if has and not any(rule.name == guard for rule in transition.requires):
            yield name


class RecordVote(Parameters):
    """Stands only beside the guard that sees to it that there is a ballot and a choice."""

    @model_validator(mode="after")
    def _beside_its_guard(self, info: ValidationInfo) -> RecordVote:
        for name in _unguarded(info, "record_vote", "may_vote"):
            words = "'{step}' keeps a vote that nothing has checked; require may_vote there"
            raise ValueError(say(words, step=name))
        return self


@effect("record_vote", RecordVote)
def record_vote(taken: Sequence[Taken], parameters: RecordVote) -> None:
    ballots = _running(taken)
    Vote.objects.bulk_create(
        Vote(
            ballot=ballots[each.subject.pk],
            member_id=_member(each),
            choice=each.attempt.data["choice"],
            seq=each.event.seq,
        )
        for each in taken
    )


def _member(taken: Taken) -> UUID:
    assert taken.attempt.actor_id is not None  # noqa: S101 - the system has no vote
    return taken.attempt.actor_id


class CloseBallot(Parameters):
    """Stands only beside the guard that sees to it that there is something to close."""

    @model_validator(mode="after")
    def _beside_its_guard(self, info: ValidationInfo) -> CloseBallot:
        for name in _unguarded(info, CLOSES, "ballot_running"):
            words = "'{step}' closes a ballot that nothing has checked; require ballot_running there"
            raise ValueError(say(words, step=name))
        return self


@effect(CLOSES, CloseBallot)
def close_ballot(taken: Sequence[Taken], parameters: CloseBallot) -> None:
    """The ballot of each dossier takes no more votes; those that are in are counted."""
    ballots = _running(taken)
    Closing.objects.bulk_create(
        Closing(ballot=ballots[each.subject.pk], seq=each.event.seq, closed_at=each.event.at)
        for each in taken
    )


def _running(taken: Sequence[Taken]) -> dict[UUID, Ballot]:
    """The latest ballot of each dossier."""
    last = _latest(taken)
    rows = Ballot.objects.filter(dossier__in=last)
    return {each.dossier_id: each for each in rows if each.number == last[each.dossier_id]}


def _latest(taken: Sequence[Taken]) -> dict[UUID, int]:
    rows = Ballot.objects.filter(dossier__in=[each.subject.pk for each in taken]).values("dossier")
    return dict(rows.annotate(latest=Max("number")).values_list("dossier", "latest"))
