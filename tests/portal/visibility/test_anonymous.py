"""Stages in which one side is not told who is on the other: the walk, with names that are kept."""

from __future__ import annotations

import re

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.organisations.models import User
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import SHIPPED, shipped

from .allowed import Allows, Onlooker
from .planted import mark, planted, set_into
from .test_walk import Walk

BLIND = ("in_review", "review_overdue", "reviewed", "accuracy", "answering", "correcting", "deciding")
LISTS = frozenset({"home", "files", "queue", "calendar"})
OF_THE_ORGANISATION = ("OrganisationAr", "OrganisationEn", "OrganisationNumber", "Applicant")
OF_ITS_FILES = ("EvidenceName", "ReplyName", "CorrectionName", "ContestName")


def double_blind() -> Workflow:
    """The shipped scheme, with reviews in which neither side is told who the other is."""
    workflow = shipped().workflows[SHIPPED]
    hidden = {"anonymous": ("organisation", "reviewers")}
    states = {
        name: state.model_copy(update=hidden) if name in BLIND else state
        for name, state in workflow.states.items()
    }
    assert workflow.reviewing is not None
    reviewing = workflow.reviewing.model_copy(update={"declare": (), "objection": None})
    return workflow.model_copy(update={"states": states, "reviewing": reviewing})


def not_to_reviewers(allows: Allows) -> Allows:
    return lambda each: allows(each) and not reviews_only(each)


def reviews_only(each: Onlooker) -> bool:
    return each.plays("reviewer")


def test_reviewers_read_nothing_of_who_it_is_when_the_stage_is_blind(db: None) -> None:
    walk = Walk(planted(double_blind()), ("reviewer a",))
    hidden = map(mark, (*OF_THE_ORGANISATION, *OF_ITS_FILES))
    walk.rules |= {each: not_to_reviewers(walk.rules[each]) for each in hidden}
    for state in ("in_review", "accuracy", "deciding"):
        set_into(walk.planted.dossier, state)
        walk.ask(each for each in walk.routes if each.of_one_file or each.name in LISTS)
    walk.read_mail()
    assert not walk.leaks, "\n".join(walk.leaks)
    page = text_of(visitor(walk.planted.people["coordinator"]).get(page_of(walk.planted.dossier)))
    assert mark("OrganisationEn") in page


def test_reviewers_are_letters_to_the_organisation_that_reads_what_they_gave(db: None) -> None:
    workflow = double_blind()
    told = workflow.states["accuracy"].shows
    shown = {**told, "applicant": (*told["applicant"], "ratings", "consensus")}
    read = workflow.states["accuracy"].model_copy(update={"shows": shown})
    workflow = workflow.model_copy(update={"states": {**workflow.states, "accuracy": read}})
    found = planted(workflow)
    set_into(found.dossier, "accuracy")
    applicant = found.people["applicant"]
    for language, called in (("en", r"Reviewer ([A-Z])\b"), ("ar", r"المراجع (.)\b")):
        page = text_of(visitor(applicant, language).get(page_of(found.dossier, "ratings")))
        assert len(set(re.findall(called, page))) == 2  # whose reviews were sent
        assert not any(mark(f"Reviewer{each}") in page for each in ("A", "B", "Released"))
    assert mark("ReviewerA") in text_of(
        visitor(found.people["coordinator"]).get(page_of(found.dossier, "ratings"))
    )


def test_a_blind_file_says_that_it_is_and_is_not_found_by_a_name(db: None) -> None:
    found = planted(double_blind())
    reviewer = found.people["reviewer a"]
    set_into(found.dossier, "in_review")
    told = text_of(visitor(reviewer).get(page_of(found.dossier)))
    assert "An organisation that is not named" in told
    assert "may tell it all the same" in told
    assert "منظمة لا يذكر اسمها" in text_of(visitor(reviewer, "ar").get(page_of(found.dossier)))
    assert found.dossier.number not in _found_by(reviewer, mark("OrganisationEn"))
    assert found.dossier.number in _found_by(reviewer, found.dossier.number)
    set_into(found.dossier, "certified")
    assert found.dossier.number in _found_by(reviewer, mark("OrganisationEn"))


def _found_by(reviewer: User, words: str) -> str:
    page = text_of(visitor(reviewer).get("/files/", {"q": words}))
    return page.replace(f"“{words}”", "")


def test_files_are_taken_away_by_number_when_the_stage_is_blind(db: None) -> None:
    found = planted(double_blind())
    set_into(found.dossier, "in_review")
    address = page_of(found.dossier, "evidence", found.evidence.pk)
    response = visitor(found.people["reviewer a"]).get(address)
    response.getvalue()
    assert f"evidence {found.evidence.pk}.pdf" in response["Content-Disposition"]
