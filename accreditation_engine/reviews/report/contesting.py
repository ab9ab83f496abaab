"""The organisation contests points of a report, and whoever hears it answers each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.evidence import files_once
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.rules import involved
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.storing import file_digest
from accreditation_engine.written import kept_text

from .models import Contest, ContestFile
from .standing import APPLICANT, bench_of, contests_welcome

CONTESTED, ANSWERED = "report_contested", "contest_answered"
WHOLE: Criterion = ("", "")
HANDS = {
    "reviewer": ("applicant", "coach"),
    "appeal_panel": ("applicant", "reviewer", "coach", "panel"),
}
"""Whoever has played one of these parts for the dossier does not hear points against it."""


@dataclass(frozen=True)
class Point:
    """What is wrong, and why. Of a finding the criterion is its own."""

    text: str
    criterion: Criterion = WHOLE
    finding: Finding | None = None

    @property
    def about(self) -> Criterion:
        return (self.finding.rubric, self.finding.criterion) if self.finding else self.criterion


def contest(*, dossier: Dossier, point: Point, by: User, uploads: Sequence[UploadedFile] = ()) -> Contest:
    """Contest one point of the report, with files that lie in evidence of its criterion from then on.

    Raises Refused, with nothing kept, for everybody but the organisation's people, where the report is not open to
    them or their time is over, without a reason, about what is not there, twice about the same while that is open,
    and for files that are not taken or belong to no criterion.
    """
    role = require_role(dossier, by, APPLICANT)
    bad = [each for upload in uploads for each in bad_upload(upload)]
    digests = [] if bad else [file_digest(upload) for upload in uploads]
    with transaction.atomic():
        locked = locked_row(dossier)
        reasons = [*_against(locked, point), *bad]
        if uploads and point.about == WHOLE:
            reasons.append(Reason("file_belongs_nowhere"))
        if reasons:
            raise Refused(reasons)
        rubric, criterion = point.about
        filed = files_once(dossier=locked, criterion=point.about, uploads=uploads, digests=digests, by=by)
        event = record(
            locked.pk,
            CONTESTED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(point.text),
            data={
                "rubric": rubric,
                "criterion": criterion,
                "finding": str(point.finding.pk) if point.finding else None,
                "files": sorted(filed),
            },
        )
        made = Contest.objects.create(
            dossier=locked,
            rubric=rubric,
            criterion=criterion,
            finding=point.finding,
            seq=event.seq,
            made_at=event.at,
        )
        ContestFile.objects.bulk_create(
            [ContestFile(contest=made, evidence=filed[digest]) for digest in sorted(filed)]
        )
    return made


def answer_contest(*, contest: Contest, accept: bool, reason: str, by: User) -> None:
    """Say that a point is right or not, for `reason`, which the organisation reads. What is right is amended then:
    a rating by those who hear it agreeing on one, a finding by its own step.

    Raises Refused for everybody who does not hear points where the dossier stands, for those who had a hand in it,
    without a reason, and a second time.
    """
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(contest.dossier)
        bench = bench_of(locked)
        role = require_role(locked, by, *([bench.role] if bench else HANDS))
        current = Contest.objects.get(pk=contest.pk)
        reasons += [*_unheard(locked, role), *involved(locked, by, HANDS[role])]
        if current.answered_seq is not None:
            reasons.append(Reason("contest_answered_already"))
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            ANSWERED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={"contested": current.seq, "accepted": accept},
        )
        Contest.objects.filter(pk=current.pk).update(
            answered_seq=event.seq, answered_at=event.at, answered_role=role, accepted=accept
        )


def to_amend(dossier: Dossier) -> list[Contest]:
    """Points about ratings that were accepted, where none has been agreed since, while somebody hears points. Two
    queries then."""
    if bench_of(dossier) is None:
        return []
    accepted = Contest.objects.filter(dossier=dossier, accepted=True, finding=None).exclude(criterion="")
    agreed = _agreed_at(dossier)
    return [
        each
        for each in accepted.order_by("seq")
        if each.answered_at and agreed.get((each.rubric, each.criterion), each.made_at) < each.answered_at
    ]


def _agreed_at(dossier: Dossier) -> Mapping[Criterion, datetime]:
    rows = dossier.agreed.order_by("agreed_at").values_list("rubric", "criterion", "agreed_at")
    return {(rubric, criterion): at for rubric, criterion, at in rows}


def _against(dossier: Dossier, point: Point) -> Iterator[Reason]:
    if not contests_welcome(dossier):
        yield Reason("report_closed", {"state": dossier.state, "edition": dossier.edition_id})
        return
    yield from deadline_passed(dossier, compiled(dossier.edition_id), timezone.now())
    yield from unlike_text(point.text, missing="contest_without_reason", field="text")
    if point.finding is not None and point.finding.dossier_id != dossier.pk:
        yield Reason("unknown_criterion", {"criterion": point.finding.criterion})
    rubric, criterion = point.about
    known = compiled(dossier.edition_id).rubrics.get(rubric)
    names = {each.id for each in known.every_criterion()} if known else set()
    if point.about != WHOLE and criterion not in names:
        yield Reason("unknown_criterion", {"criterion": criterion})
    same = Contest.objects.filter(
        dossier=dossier, rubric=rubric, criterion=criterion, finding=point.finding, answered_seq=None
    )
    if same.exists():
        yield Reason("contested_already")


def _unheard(dossier: Dossier, role: str) -> list[Reason]:
    bench = bench_of(dossier)
    if bench is not None and bench.role == role:
        return []
    return [Reason("nothing_heard", {"state": dossier.state, "edition": dossier.edition_id})]
