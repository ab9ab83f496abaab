"""Opening ballots and keeping votes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max
from pydantic import ValidationInfo, model_validator

from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.registry import Taken, effect

from .models import Ballot, Vote


@effect("open_ballot")
def open_ballot(taken: Sequence[Taken], parameters: Parameters) -> None:
    """A new ballot for each dossier; the one before it, if any, takes no more votes."""
    last = _latest(taken)
    Ballot.objects.bulk_create(
        Ballot(dossier_id=each.subject.pk, number=last.get(each.subject.pk, 0) + 1, opened_at=each.event.at)
        for each in taken
    )


class RecordVote(Parameters):
    """Stands only beside the guard that sees to it that there is a ballot and a choice."""

    @model_validator(mode="after")
    def _beside_its_guard(self, info: ValidationInfo) -> RecordVote:
        workflow: Workflow | None = (info.context or {}).get("workflow")
        for name, transition in workflow.transitions.items() if workflow else ():
            keeps = any(rule.name == "record_vote" for rule in transition.then)
            if keeps and not any(rule.name == "may_vote" for rule in transition.requires):
                words = "'{step}' keeps a vote that nothing has checked; require may_vote there"
                raise ValueError(say(words, step=name))
        return self


@effect("record_vote", RecordVote)
def record_vote(taken: Sequence[Taken], parameters: RecordVote) -> None:
    last = _latest(taken)
    ballots = {
        ballot.dossier_id: ballot
        for ballot in Ballot.objects.filter(dossier__in=last)
        if ballot.number == last[ballot.dossier_id]
    }
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


def _latest(taken: Sequence[Taken]) -> dict[UUID, int]:
    rows = Ballot.objects.filter(dossier__in=[each.subject.pk for each in taken]).values("dossier")
    return dict(rows.annotate(latest=Max("number")).values_list("dossier", "latest"))
