"""Playing a dossier through its workflow: at every state, whoever may go on does what the next step asks for.

It knows no state and no transition by name; it reads the workflow. It serves the demo, the replay of real
scores, and trials of a new scheme.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from reportlab.pdfgen.canvas import Canvas

from accreditation_engine.dossiers.declaration import SIGNED, laid_before, signed
from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.compiled import Step, compiled
from accreditation_engine.engine.options import Option, options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.apart import reviews_apart
from accreditation_engine.reviews.consensus import confirm, propose
from accreditation_engine.reviews.domain import Rated, assign, rate
from accreditation_engine.reviews.interests.declaring import asked_to_declare, declare_none
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.places import against_claiming
from accreditation_engine.reviews.rules import reviewer_unfit
from accreditation_engine.trail.models import Event

from .cast import Cast

Criterion = tuple[str, str]
Offers = dict[UUID, list[Option]]
"""What each person may do with the file as it stands, by the person's id."""
UNVERIFIED = "unable_to_verify"  # no organisation says so of itself
NOT_ABOUT_THE_CASE = frozenset({"no_quorum", "votes_short", "ballot_running", "tied"})


@dataclass(frozen=True)
class Play:
    """One dossier and those who act in it. `ratings` are what everybody gives each criterion, as text;
    `second_opinion` are those of every reviewer but the first, where they differ. `asked` is how many reviewers
    the coordinator asks before the reviews begin, where the workflow leaves it to them; others take the places
    that are left, where they may."""

    dossier: Dossier
    cast: Cast
    applicant: User
    ratings: Mapping[Criterion, str]
    second_opinion: Mapping[Criterion, str]
    comment: str = "-"
    asked: int = 2

    def playing(self, role: str) -> list[User]:
        """Who plays `role` in this case: reviewers are those who are assigned, in the order they were asked."""
        if role == "reviewer":
            open_ = Assignment.objects.filter(dossier=self.dossier, released_at=None)
            return [each.reviewer for each in open_.select_related("reviewer").order_by("pk")]
        return [self.applicant] if role == "applicant" else list(self.cast.playing(role))


def play(case: Play, *, until: str = "") -> Iterator[Event]:
    """Take the steps one after the other and yield their events, until the state `until` is reached or
    nobody but the applicant could go on (a final state, or a refusal that may be appealed)."""
    while case.dossier.state != until:
        taken = _next(case)
        if taken is None:
            return
        yield taken


def _next(case: Play) -> Event | None:
    """The steps that need no reasons come first, then those of the deciders."""
    _prepare(case)
    offers: Offers = {}
    for deciding in (False, True):
        for person, option in _open(case, offers, deciding=deciding):
            return _take(case, person, option)
    return None


def _open(case: Play, offers: Offers, *, deciding: bool) -> Iterator[tuple[User, Option]]:
    """Steps that can be taken now. `offers` keeps what was asked: nothing has moved in between."""
    scheme = compiled(case.dossier.edition_id)
    for step in (scheme.steps[name] for name in scheme.workflow.leaving(case.dossier.state)):
        if (step.definition.comment == "required") != deciding:
            continue
        for role in step.definition.by:
            if deciding and (roles[role].judges != "deciding" or step.definition.to == case.dossier.state):
                continue
            for person in case.playing(role):
                if person.pk not in offers:
                    offers[person.pk] = options(case.dossier, person)
                yield from ((person, each) for each in offers[person.pk] if _is(each, step))


def _is(option: Option, step: Step) -> bool:
    return option.open and option.name == step.name


def _take(case: Play, person: User, option: Option) -> Event:
    needs = {each.name: each.parameters for each in option.step.guards}
    data: dict[str, Any] = {}
    if "may_vote" in needs:
        data["choice"] = _choice(case, person, needs["may_vote"].choices)
    if SIGNED in needs:
        data |= signed(
            option.step, laid_before(case.dossier), by=person, name=person.name, language=person.language
        )
    comment = case.comment if option.step.definition.comment == "required" else ""
    return perform(
        case.dossier, option.name, person, comment=comment, data=data, seen=case.dossier.entered_seq
    )


def _choice(case: Play, person: User, choices: tuple[str, ...]) -> str:
    """The first choice against which nothing stands but the votes that are still to come."""
    offered = {each.name: each for each in options(case.dossier, person)}
    for choice in choices:
        if choice in offered and all(each.code in NOT_ABOUT_THE_CASE for each in offered[choice].reasons):
            return choice
    return choices[-1]


def _prepare(case: Play) -> None:
    """Do what the guards of the steps ahead ask for."""
    scheme = compiled(case.dossier.edition_id)
    asked = {
        guard.name: guard.parameters
        for name in scheme.workflow.leaving(case.dossier.state)
        for guard in scheme.steps[name].guards
    }
    if "code_of_conduct_accepted" in asked:
        accept_code(dossier=case.dossier, by=case.applicant)
    if "self_assessment_complete" in asked:
        _answer(case)
    if "reviewers_assigned" in asked:
        _assign(case, asked["reviewers_assigned"].at_least or case.asked)
    if "reviews_complete" in asked:
        _fill(case, asked["reviews_complete"].reviewers)
    _declare(case, asked)
    if "own_review_complete" in asked:
        _review(case)
    if "reconciled" in asked:
        _reconcile(case)


def _answer(case: Play) -> None:
    own = {key: "not_applicable" if each == UNVERIFIED else each for key, each in case.ratings.items()}
    answers = {key: Given(rating, case.comment) for key, rating in own.items()}
    save_answers(dossier=case.dossier, answers=answers, by=case.applicant)
    filed = set(case.dossier.evidence.filter(taken_back_at=None).values_list("rubric", "criterion"))
    for rubric in compiled(case.dossier.edition_id).asked.values():
        for criterion in rubric.every_criterion():
            if criterion.evidence == "required" and (rubric.id, criterion.id) not in filed:
                _file(case, rubric.id, criterion.id)


def _file(case: Play, rubric: str, criterion: str) -> None:
    upload = SimpleUploadedFile(f"{criterion}.pdf", page_saying(f"Invented evidence for {criterion}"))
    file_evidence(dossier=case.dossier, rubric=rubric, criterion=criterion, upload=upload, by=case.applicant)


def page_saying(text: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return file.getvalue()


def _assign(case: Play, wanted: int) -> None:
    """Ask reviewers until there are as many as `wanted`."""
    for reviewer in _missing(case, wanted):
        assign(dossier=case.dossier, reviewer=reviewer, by=case.cast.playing("coordinator")[0])


def _fill(case: Play, wanted: int) -> None:
    """The same; where reviewers may take places, they do."""
    if against_claiming(case.dossier, len(case.playing("reviewer"))):
        _assign(case, wanted)
        return
    for reviewer in _missing(case, wanted):
        claim(dossier=case.dossier, by=reviewer)


def _declare(case: Play, asked: Collection[str]) -> None:
    """Whoever has no interest that is known says to have none: reviewers as soon as they are asked, others before
    they vote."""
    for role in asked_to_declare(case.dossier):
        people = case.playing(role) if role == "reviewer" or "may_vote" in asked else []
        for person in people:
            parts = parts_in(person, case.dossier)
            if role in parts.undeclared - parts.barred:
                declare_none(dossier=case.dossier, role=role, by=person)


def _missing(case: Play, wanted: int) -> list[User]:
    """So many of the cast as there are too few, passing over those who must not review this file."""
    missing = max(0, wanted - len(case.playing("reviewer")))
    fit = (each for each in case.cast.playing("reviewer") if not reviewer_unfit(case.dossier, each))
    return list(islice(fit, missing))


def _review(case: Play) -> None:
    waiting = Assignment.objects.filter(dossier=case.dossier, sent_at=None, released_at=None)
    first = Assignment.objects.filter(dossier=case.dossier).order_by("pk").first()
    for assignment in waiting.select_related("reviewer"):
        given = case.ratings if assignment == first else {**case.ratings, **case.second_opinion}
        ratings = {key: Rated(value) for key, value in given.items()}
        rate(assignment=assignment, ratings=ratings, by=assignment.reviewer)


def _reconcile(case: Play) -> None:
    """Where reviewers are too far apart, the first proposes what the case says, and the others agree."""
    reviews, apart = reviews_apart(case.dossier)
    people = [each.reviewer for each in reviews if each.released_at is None]
    for each in apart:
        if not each.agreed:
            key = (each.rubric, each.criterion)
            value = case.ratings.get(key, each.ratings[0].value)
            proposal = propose(
                dossier=case.dossier, criterion=key, value=value, reason=case.comment, by=people[0]
            )
            for person in people[1:]:
                confirm(proposal=proposal, by=person)
