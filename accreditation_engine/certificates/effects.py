"""Issuing certificates, in the transaction of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils import timezone
from pydantic import ValidationInfo, model_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.said import listed as all_of
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.domain import initials
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.registry import Taken, effect
from accreditation_engine.engine.serials import next_numbers
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.trail.models import Event

from .decided_before import decisions_behind, outcome_judged, scope_judged
from .finished.finishing import ask_for_papers
from .models import Certificate
from .register.lines import take_up
from .replacing import replace_older
from .scope import set_scopes
from .sheets import areas_of, sheets_of

CERTIFICATES_SCHEME = "certificate"


class Issue(Parameters):
    """The rubric whose outcome is certified; the scheme's first where none is named."""

    shorthand: ClassVar[str | None] = "rubric"
    rubric: Identifier | None = None

    @model_validator(mode="after")
    def _in_the_scheme(self, info: ValidationInfo) -> Issue:
        workflow = (info.context or {}).get("workflow")
        listed: tuple[str, ...] = workflow.rubrics if workflow else ()
        if workflow and not listed:
            words = "a certificate says what was scored, but 'rubrics:' lists no rubric; add one"
            raise ValueError(say(words))
        if workflow and self.rubric is not None and self.rubric not in listed:
            words = "the workflow lists no rubric '{rubric}'; one of {names}"
            raise ValueError(say(words, rubric=self.rubric, names=all_of(listed)))
        return self


@effect("issue_certificate", Issue)
def issue_certificate(taken: Sequence[Taken], parameters: Issue) -> None:
    """A certificate for each dossier, from the sheet that was judged; valid as long as its outcome says. The step
    is the decision itself, or announces one that was taken before: then its sheet must still be the one that was
    judged. Older ones of theirs under the same scheme and rubric are replaced.

    Raises Refused, and with it the step, where the reviews have come to no outcome or to another by now.
    """
    edition = current_edition(CERTIFICATES_SCHEME)
    rubrics = taken[0].scheme.rubrics  # effects work on dossiers of one edition at a time
    sheets = sheets_of([each.subject.pk for each in taken], rubrics[parameters.rubric or next(iter(rubrics))])
    series = f"C-{initials(taken[0].subject.scheme)}-{timezone.localdate().year}"
    numbers = next_numbers(series, len(taken))
    decisions = decisions_behind(taken)
    holders = Organisation.objects.in_bulk({each.subject.organisation_id for each in taken})
    certificates = [
        _certificate(
            each,
            decisions[each.subject.pk],
            sheets[each.subject.pk],
            holders[each.subject.organisation_id],
            edition,
            f"{series}-{number:04d}",
        )
        for each, number in zip(taken, numbers, strict=True)
    ]
    open_subjects(certificates, SYSTEM, role=SYSTEM_ROLE)
    set_scopes(
        {each.pk: scope_judged(each.dossier, decisions[each.dossier_id]) for each in certificates},
        certificates,
    )
    take_up(certificates, holders)
    replace_older(certificates)
    ask_for_papers(certificates)


def _certificate(
    taken: Taken, decision: Event, sheet: ScoreSheet, holder: Organisation, edition: str, number: str
) -> Certificate:
    rubric = sheet.rubric
    outcome = outcome_judged(sheet, decision)
    if outcome is None:
        why = [each.as_json() for each in sheet.reasons]
        facts = {"edition": taken.scheme.edition, "rubric": rubric.id, "why": why}
        raise Refused([Reason("condition_unmet", facts)])
    issued_on = timezone.localdate(taken.event.at)
    valid_for = {each.outcome: each.valid_for for each in rubric.outcomes}[outcome]
    return Certificate(
        edition_id=edition,
        dossier=taken.subject,
        number=number,
        holder_ar=holder.name_ar,
        holder_en=holder.name_en,
        holder_number=holder.registration_number,
        rubric=rubric.id,
        outcome=outcome,
        areas=areas_of(sheet),
        issued_on=issued_on,
        valid_until=after(issued_on, valid_for) if valid_for else None,
        decided_seq=decision.seq,
    )
