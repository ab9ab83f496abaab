"""What reviews add to a bundle of dossiers. Rows name each other in the words of events: a review by its reviewer
and which of theirs it is, counted from 1, a proposal by the number of its event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.bundles import registry
from accreditation_engine.engine.replay.comparing import digest_as_kept
from accreditation_engine.trail.bundle.rows import rows

from .interests.models import Declaration, Interest, Objection, Override, TieWithdrawal
from .models import Agreed, Assignment, Consent, Correction, Finding, Proposal, Rating
from .questions.models import Question, QuestionFile
from .report.models import Contest, ContestFile
from .site_visits.models import Visit

Row = dict[str, Any]

ASSIGNMENT = (
    "dossier_id",
    "reviewer_id",
    "origin",
    "assigned_at",
    "due_at",
    "sent_at",
    "released_at",
    "handed_over_from_id",
)
REVIEW = ("dossier_id", "reviewer_id", "which")
RATING = (
    "assignment_id",
    "rubric",
    "criterion",
    "value",
    "note",
    "note_salt",
    "note_erased_at",
    "updated_at",
)
ANSWERED = ("answered_seq", "answered_at")
VISIT = (
    *("dossier_id", "seq", "kind", "unit", "begins_at", "ends_at", "zone", "people", "planned_by_id"),
    *("timed_at", "place_seq", "agenda_seq", "confirmed_at", "asked_seq", "cancelled_at"),
    *("held_at", "attended", "closed_at"),
)
PROPOSED = ("rubric", "criterion", "value")


def register() -> None:
    registry.subjects["finding"] = lambda dossiers: Finding.objects.filter(dossier__in=dossiers)
    registry.tables |= {
        "assignments": _assignments,
        "ratings": _ratings,
        "proposals": _proposals,
        "consents": _consents,
        "agreed": _agreed,
        "contest_files": _contest_files,
        "contests": _contests,
        "corrections": _corrections,
        "declarations": _declarations,
        "interests": _interests,
        "objections": _objections,
        "overrides": _overrides,
        "tie_withdrawals": _withdrawals,
        "visits": _visits,
        "question_files": _question_files,
        "questions": _questions,
    }


def _assignments(dossiers: Collection[UUID]) -> Iterator[Row]:
    reviews = _numbered(dossiers)
    for row in reviews.values():
        kept = {name: row[name] for name in (*ASSIGNMENT[:-1], "which")}
        yield {**kept, "handed_over_from": _review(reviews, row["handed_over_from_id"], row["dossier_id"])}


def _ratings(dossiers: Collection[UUID]) -> Iterator[Row]:
    """A note is its reviewer's alone: only the digest that the event holds of it goes along, without the salt."""
    reviews = _numbered(dossiers)
    for row in rows(Rating.objects.filter(assignment__dossier__in=dossiers), RATING):
        note, salt = row["note"], row.pop("note_salt")
        kept = {**row, "note": digest_as_kept(salt, note) if note else ""}
        yield {**_named(reviews, kept.pop("assignment_id"), REVIEW), **kept}


def _numbered(dossiers: Collection[UUID]) -> dict[str, Row]:
    """Assignments by their keys."""
    counted: Counter[str] = Counter()
    found = {}
    for row in rows(Assignment.objects.filter(dossier__in=dossiers), ("id", *ASSIGNMENT)):
        reviewer = str([row["dossier_id"], row["reviewer_id"]])
        counted[reviewer] += 1
        found[str(row["id"])] = {**row, "which": counted[reviewer]}
    return found


def _review(reviews: Mapping[str, Row], key: Any, dossier: Any) -> list[Any] | None:
    """The reviewer, and which of their reviews of `dossier` it is; with its own dossier, which no event tells of,
    where that is another."""
    if key is None:
        return None
    found = _named(reviews, key, REVIEW)
    same = found["dossier_id"] == dossier
    return [found[each] for each in (REVIEW[1:] if same else REVIEW)]


def _proposals(dossiers: Collection[UUID]) -> Iterator[Row]:
    columns = ("dossier_id", "seq", *PROPOSED, "role", "proposed_by_id", "closed_at")
    yield from rows(Proposal.objects.filter(dossier__in=dossiers), columns)


def _consents(dossiers: Collection[UUID]) -> Iterator[Row]:
    of, found = _made(dossiers), Consent.objects.filter(proposal__dossier__in=dossiers)
    for row in rows(found, ("proposal_id", "person_id", "seq")):
        proposal = _named(of, row.pop("proposal_id"), ("dossier_id", "seq"))
        yield {"dossier_id": proposal["dossier_id"], "proposed": proposal["seq"], **row}


def _agreed(dossiers: Collection[UUID]) -> Iterator[Row]:
    of, found = _made(dossiers), Agreed.objects.filter(dossier__in=dossiers)
    for row in rows(found, ("dossier_id", "proposal_id", *PROPOSED, "agreed_at")):
        yield {"proposed": _named(of, row.pop("proposal_id"), ("seq",))["seq"], **row}


def _made(dossiers: Collection[UUID]) -> dict[str, Row]:
    """Proposals by their keys."""
    found = Proposal.objects.filter(dossier__in=dossiers)
    return {str(row["id"]): row for row in rows(found, ("id", "dossier_id", "seq"))}


def _corrections(dossiers: Collection[UUID]) -> Iterator[Row]:
    found = Correction.objects.filter(finding__dossier__in=dossiers)
    lies = ("dossier_id", "rubric", "criterion", "sha256")
    chosen = Evidence.objects.filter(pk__in=found.values("evidence"))
    of = {str(row["id"]): row for row in rows(chosen, ("id", *lies))}
    for row in rows(found, ("finding_id", "evidence_id")):
        yield {"finding_id": row["finding_id"], **_named(of, row["evidence_id"], lies)}


def _declarations(dossiers: Collection[UUID]) -> Iterator[Row]:
    reviews, found = _numbered(dossiers), Declaration.objects.filter(dossier__in=dossiers)
    for row in rows(found, ("dossier_id", "seq", "person_id", "role", "assignment_id", "declared_at")):
        yield {"assignment": _review(reviews, row.pop("assignment_id"), row["dossier_id"]), **row}


def _interests(dossiers: Collection[UUID]) -> Iterator[Row]:
    columns = ("dossier_id", "seq", "person_id", "kind", "role", "declared_at")
    yield from rows(Interest.objects.filter(dossier__in=dossiers), columns)


def _objections(dossiers: Collection[UUID]) -> Iterator[Row]:
    columns = ("dossier_id", "seq", "reviewer_id", "assignment_id", "made_at", *ANSWERED, "upheld")
    reviews, found = _numbered(dossiers), Objection.objects.filter(dossier__in=dossiers)
    for row in rows(found, columns):
        yield {"assignment": _review(reviews, row.pop("assignment_id"), row["dossier_id"]), **row}


def _overrides(dossiers: Collection[UUID]) -> Iterator[Row]:
    made = ("dossier_id", "seq", "person_id", "interests", "proposed_by_id", "proposed_at")
    columns = (*made, "answered_by_id", *ANSWERED, "allowed")
    yield from rows(Override.objects.filter(dossier__in=dossiers), columns)


def _withdrawals(dossiers: Collection[UUID]) -> Iterator[Row]:
    declared = {
        str(row["id"]): row["seq"]
        for row in rows(Interest.objects.filter(dossier__in=dossiers), ("id", "seq"))
    }
    columns = ("dossier_id", "seq", "interest_id", "person_id", "asked_at", "answered_by_id", *ANSWERED)
    for row in rows(TieWithdrawal.objects.filter(dossier__in=dossiers), (*columns, "confirmed")):
        yield {"declared": declared[str(row.pop("interest_id"))], **row}


def _contests(dossiers: Collection[UUID]) -> Iterator[Row]:
    about = ("rubric", "criterion", "finding_id", "made_at")
    columns = ("dossier_id", "seq", *about, *ANSWERED, "answered_role", "accepted")
    yield from rows(Contest.objects.filter(dossier__in=dossiers), columns)


def _contest_files(dossiers: Collection[UUID]) -> Iterator[Row]:
    contests = Contest.objects.filter(dossier__in=dossiers)
    files = ContestFile.objects.filter(contest__dossier__in=dossiers)
    yield from _files_of(files, contests, "contest_id", "contested")


def _questions(dossiers: Collection[UUID]) -> Iterator[Row]:
    found = Question.objects.filter(dossier__in=dossiers)
    of = _keyed(found, "seq")
    ends = (*ANSWERED, "withdrawn_seq", "withdrawn_at")
    about = ("rubric", "criterion", "asked_by_id", "role", "asked_at", "due_on")
    for row in rows(found, ("dossier_id", "seq", *about, "follows_id", *ends)):
        yield {"follows": _named(of, row.pop("follows_id"), ("seq",))["seq"], **row}


def _question_files(dossiers: Collection[UUID]) -> Iterator[Row]:
    questions = Question.objects.filter(dossier__in=dossiers)
    files = QuestionFile.objects.filter(question__dossier__in=dossiers)
    yield from _files_of(files, questions, "question_id", "asked")


def _files_of(found: QuerySet[Any], owners: QuerySet[Any], owner: str, said: str) -> Iterator[Row]:
    """Files that came with one of `owners`, whose event's number stands under `said`; each with the criterion that
    it lies in evidence of."""
    of = _keyed(owners, "dossier_id", "seq")
    lies = ("rubric", "criterion", "sha256")
    files = _keyed(Evidence.objects.filter(pk__in=found.values("evidence")), *lies)
    for row in rows(found, (owner, "evidence_id")):
        came_with = _named(of, row[owner], ("dossier_id", "seq"))
        lie = _named(files, row["evidence_id"], lies)
        yield {"dossier_id": came_with["dossier_id"], said: came_with["seq"], **lie}


def _keyed(found: QuerySet[Any], *columns: str) -> dict[str, Row]:
    """Rows by their keys."""
    return {str(row["id"]): row for row in rows(found, ("id", *columns))}


def _visits(dossiers: Collection[UUID]) -> Iterator[Row]:
    yield from rows(Visit.objects.filter(dossier__in=dossiers), VISIT)


def _named(found: Mapping[str, Row], key: Any, columns: tuple[str, ...]) -> Row:
    """What names the row of `key`; of one that is not there, nothing does."""
    row = found.get(str(key), {})
    return {name: row.get(name) for name in columns}
