"""Steps that make a report, and that take a finding out of it."""

from __future__ import annotations

from collections.abc import Sequence

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.registry import Taken, effect

from .versions import amend_report as write_amended
from .versions import make_report as write_made


@effect("make_report")
def make_report(taken: Sequence[Taken], parameters: Parameters) -> None:
    """What reviewers found becomes a report, once its findings are raised."""
    for each in taken:
        write_made(each.subject, each.actor, each.event.role)


@effect("withdraw_from_report")
def withdraw_from_report(taken: Sequence[Taken], parameters: Parameters) -> None:
    """The finding is no part of the next version of its dossier's report."""
    for each in taken:
        write_amended(
            each.subject.dossier,
            each.actor,
            each.event.role,
            because=(each.event.stream, each.event.seq),
            withdrawn=[each.subject.pk],
        )
