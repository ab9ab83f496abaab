"""What must hold of a self-assessment before a dossier goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.trail.canonical import canonical_bytes

from .models import Answer, Dossier, Evidence
from .scope import Scope
from .typed import rating_problems

SHOWN = 5  # how many criteria a reason names before it says "and others"

OF_ANSWERS = ("rubric", "criterion", "rating", "narrative")
OF_EVIDENCE = ("rubric", "criterion", "sha256")
"""What a digest of answers, and one of evidence, is made over."""


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256, in hexadecimal, of the canonical form of `rows`, in the order of their own canonical forms: each
    database sorts text in a way of its own, and a digest must be the same on all."""
    return hashlib.sha256(b"[" + b",".join(sorted(map(canonical_bytes, rows))) + b"]").hexdigest()


def answers_fact(model: type[Subject]) -> Rows:
    rows = Answer.objects.filter(dossier=OuterRef(model.dossier_path)).order_by("rubric", "criterion")
    return Rows(rows, *OF_ANSWERS)


def evidence_fact(model: type[Subject]) -> Rows:
    rows = Evidence.objects.filter(dossier=OuterRef(model.dossier_path), taken_back_at=None)
    return Rows(rows.order_by(*OF_EVIDENCE), *OF_EVIDENCE)


def scope_fact(model: type[Subject]) -> Rows:
    """One row."""
    rows = Dossier.objects.filter(pk=OuterRef(model.dossier_path))
    return Rows(rows, "scope_ar", "scope_en")


def scope_in(facts: Mapping[str, Any]) -> Scope:
    (row,) = facts["scope"]
    return Scope(row["scope_ar"], row["scope_en"])


def judged_scope(facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What an event keeps of the scope that was asked for; nothing where it is the whole organisation."""
    scope = scope_in(facts)
    return {} if scope.whole else {"scope": scope.said()}


def scope_digest(scope: Scope) -> str:
    """SHA-256, in hexadecimal, of its canonical form."""
    return hashlib.sha256(canonical_bytes(scope.said())).hexdigest()


def answers_digest(dossier: UUID) -> str:
    """Of the answers as they stand now, as the guard of the self-assessment takes it. One query."""
    return digest_of(Answer.objects.filter(dossier=dossier).values(*OF_ANSWERS))


def _self_assessment(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    own = Evidence.objects.filter(dossier=OuterRef(model.dossier_path), taken_back_at=None, visit=None)
    carried = Answer.objects.filter(dossier=OuterRef(model.dossier_path), carried=True)
    return {
        "answers": answers_fact(model),
        "evidence": evidence_fact(model),
        "scope": scope_fact(model),
        "own_evidence": Rows(own.order_by("rubric", "criterion"), "rubric", "criterion"),
        "carried": Rows(carried.order_by("rubric", "criterion"), "rubric", "criterion"),
    }


@guard("self_assessment_complete", facts=_self_assessment)
def self_assessment_complete(case: Case, parameters: Parameters) -> Verdict:
    """Every criterion of every rubric is answered; evidence of the organisation's own lies where it is required;
    "not applicable" is explained; and what was carried over from an earlier file was looked at."""
    answers = {(each["rubric"], each["criterion"]): each for each in case.facts["answers"]}
    supported = {(each["rubric"], each["criterion"]) for each in case.facts["own_evidence"]}
    carried = {(each["rubric"], each["criterion"]) for each in case.facts["carried"]}
    open_, unsupported, silent, unread = [], [], [], []
    for rubric in case.scheme.asked.values():
        for criterion in rubric.every_criterion():
            key = (rubric.id, criterion.id)
            answer = answers.get(key, {"rating": "", "narrative": ""})
            unread += [criterion.id] if key in carried and answer["rating"] else []
            if not answer["rating"]:
                open_.append(criterion.id)
            elif answer["rating"] == "not_applicable":
                silent += [criterion.id] if unexplained(answer["rating"], answer["narrative"]) else []
            elif criterion.evidence == "required" and key not in supported:
                unsupported.append(criterion.id)
    reasons = [
        *_listed("answers_missing", open_),
        *_listed("evidence_missing", unsupported),
        *_listed("not_applicable_unexplained", silent),
        *_listed("answers_unconfirmed", unread),
        *rating_problems(case.scheme, {key: each["rating"] for key, each in answers.items()}),
    ]
    return Verdict(
        tuple(reasons),
        {
            "answers": digest_of(case.facts["answers"]),
            **judged_evidence(case.facts),
            **judged_scope(case.facts),
        },
    )


def unexplained(rating: str, narrative: str) -> bool:
    """Whether it is said that a criterion does not apply, and not why."""
    return rating == "not_applicable" and not narrative


def judged_evidence(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What an event keeps of the evidence that was before whoever acted."""
    return {"evidence": digest_of(facts["evidence"]), "evidence_count": len(facts["evidence"])}


def pieces_of_evidence(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """The SHA-256 of every piece: {rubric: {criterion: [sha256, ...]}}, each list in order."""
    pieces: dict[str, dict[str, list[str]]] = {}
    for each in rows:
        pieces.setdefault(each["rubric"], {}).setdefault(each["criterion"], []).append(each["sha256"])
    return {
        rubric: {name: sorted(found) for name, found in criteria.items()}
        for rubric, criteria in pieces.items()
    }


def _listed(code: str, criteria: list[str]) -> list[Reason]:
    return [Reason(code, {"count": len(criteria), "criteria": criteria[:SHOWN]})] if criteria else []


@guard("code_of_conduct_accepted")
def code_of_conduct_accepted(case: Case, parameters: Parameters) -> Verdict:
    return Verdict(() if case.subject.code_accepted_at else (Reason("code_not_accepted"),))
