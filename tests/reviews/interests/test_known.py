"""What the system knows of interests, and that every way of asking it says the same."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.prepared import Prepared
from accreditation_engine.organisations.domain import engage, join, leave
from accreditation_engine.organisations.employer import name_employer
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.declaring import declare, declare_none
from accreditation_engine.reviews.interests.known import Known, asked_of_people, known_interests
from accreditation_engine.reviews.interests.last_time import last_time_in_sql
from accreditation_engine.reviews.interests.naming import name_tie
from accreditation_engine.reviews.interests.ties import has_interest
from accreditation_engine.reviews.interests.words import known_in_words
from accreditation_engine.reviews.rules import asked_of_reviewers, reviewers_unfit
from tests.support.small import fill
from tests.support.world import World, later

from .scheme import asked, declaring_scheme, free


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    declaring_scheme(world)


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("in_review", scheme="mini")


def known(file: Dossier, person: User) -> list[Known]:
    return list(known_interests(file, [person])[person.pk].interests)


def barred(file: Dossier, person: User) -> bool:
    row = Dossier.objects.annotate(tied=has_interest(Dossier, person.pk)).get(pk=file.pk)
    return bool(row.tied)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rotating", [False, True])
def test_the_question_keeps_no_moment_and_no_file(rotating: bool) -> None:
    """What it compares with is a gap: it is built once."""
    built = [_question(rotating, moment) for moment in ("2026-01-01T00:00Z", "2026-06-01T00:00Z")]
    assert built[0] == built[1]


def _question(rotating: bool, moment: str) -> tuple[str, list[Any]]:
    with time_machine.travel(moment):
        facts = {**asked_of_people(rotating), **asked_of_reviewers()}
        prepared = Prepared(User.objects.annotate(**facts))
    return prepared.sql, list(prepared.values)


def test_nothing_is_known_of_a_stranger(world: World, file: Dossier) -> None:
    assert known(file, world.stranger) == []
    assert not barred(file, world.stranger)


def test_member_and_former_member_are_told_apart(world: World, file: Dossier) -> None:
    membership = join(organisation=file.organisation, user=world.stranger, by=SYSTEM)
    assert known(file, world.stranger) == [Known("member")]
    leave(membership=membership, by=SYSTEM)
    today = timezone.now().date().isoformat()
    assert known(file, world.stranger) == [Known("former_member", facts={"until": today})]
    assert barred(file, world.stranger)


def test_coach_is_known(world: World, file: Dossier) -> None:
    engage(coach=world.stranger, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assert known(file, world.stranger) == [Known("coach")]
    assert barred(file, world.stranger)


@pytest.mark.parametrize(
    ("own", "theirs", "same"),
    [
        ("جامعة الإسكندرية", "جامعه  الاسكندريه", True),
        ("Cairo University", "cairo university", True),
        ("جامعة الإسكندرية", "جامعة القاهرة", False),
        ("", "", False),
        ("جامعة القاهرة", "", False),
    ],
)
def test_colleagues_of_members_are_known_however_the_employer_is_spelt(
    world: World, file: Dossier, own: str, theirs: str, same: bool
) -> None:
    name_employer(user=world.stranger, employer=own, by=world.stranger)
    name_employer(user=world.applicant, employer=theirs, by=world.applicant)
    assert [each.code for each in known(file, world.stranger)] == (["same_employer"] if same else [])
    assert barred(file, world.stranger) is same


@pytest.mark.parametrize("name", ["جمعيه تجريبيه", "A TRIAL association"])
def test_who_works_for_the_organisation_itself_is_known(world: World, file: Dossier, name: str) -> None:
    name_employer(user=world.stranger, employer=name, by=world.stranger)
    assert [each.code for each in known(file, world.stranger)] == ["same_employer"]
    assert barred(file, world.stranger)


def test_what_either_side_declared_is_known_for_every_file_of_the_organisation(
    world: World, file: Dossier
) -> None:
    first, second = world.person("reviewer"), world.person("reviewer", 1)
    assignment = asked(world, 0, file)
    declare(dossier=file, role="reviewer", ties={"business": "x"}, by=assignment.reviewer)
    name_tie(dossier=file, name=second.name, kind="family", reason="y", by=world.applicant)
    elsewhere, again = world.dossier("in_review", scheme="mini"), next_file(world, file)
    today = timezone.now().date().isoformat()
    for each in (file, again):
        assert known(each, first) == [Known("business", "own", {"on": today})]
        assert known(each, second) == [Known("family", "organisation", {"on": today})]
        assert barred(each, first)
        assert barred(each, second)
    assert known(elsewhere, first) == known(elsewhere, second) == []


def next_file(world: World, earlier: Dossier) -> Dossier:
    """A later file of the same organisation."""
    (file,) = open_dossiers(organisations=[earlier.organisation], scheme="mini", by=SYSTEM, role="system")
    return file


def reviewed_by(world: World, file: Dossier, number: int) -> User:
    assignment = free(asked(world, number, file))
    fill(assignment, "4", "4", "4")
    perform(file, "send_review", assignment.reviewer)
    return assignment.reviewer


def said_to_have_reviewed_last(file: Dossier, person: User) -> bool:
    return bool(Dossier.objects.filter(Exists(last_time_in_sql(person.pk)), pk=file.pk).exists())


def test_who_reviewed_last_time_is_known_where_reviewers_rotate(world: World, file: Dossier) -> None:
    """Not who reviewed before that; and a file that nobody reviewed does not count."""
    first = reviewed_by(world, file, 0)
    with later(days=400):
        second_file = next_file(world, file)
        assert [each.code for each in known(second_file, first)] == ["reviewed_last"]
        second = reviewed_by(world, second_file, 1)
    with later(days=700):
        next_file(world, file)
    with later(days=800):
        last = next_file(world, file)
        for person, codes in ((first, []), (second, ["reviewed_last"])):
            assert [each.code for each in known(last, person)] == codes
            assert said_to_have_reviewed_last(last, person) is bool(codes)
            assert not barred(last, person), "who was asked all the same goes on"


def test_nobody_asks_who_reviewed_last_time_where_reviewers_do_not_rotate(
    world: World, file: Dossier
) -> None:
    first = reviewed_by(world, file, 0)
    declaring_scheme(world, "reviewing: {declare: true}")
    with later(days=400):
        assert known(next_file(world, file), first) == []


def test_who_decided_is_known(world: World, file: Dossier) -> None:
    reviewed_by(world, file, 0)
    world.perform(file, "close")
    member = world.person("panel")
    declare_none(dossier=file, role="panel", by=member)
    assert [each.code for each in known(file, member)] == ["decided"], "reading counts as well"
    perform(file, "vote", member, data={"choice": "grant"})
    assert known(file, member) == [Known("decided", facts={"roles": ["panel"]})]


def test_one_query_however_many_people(world: World, file: Dossier) -> None:
    people = [world.new_person(f"r{number}", "reviewer") for number in range(120)]
    reviewers_unfit(file, people[:1])
    with CaptureQueriesContext(connection) as captured:
        found = reviewers_unfit(file, people)
    assert len(captured) == 1
    assert len(found) == 120


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_interest_has_words(world: World, file: Dossier, language: str) -> None:
    for each in (
        Known("member"),
        Known("former_member", facts={"until": "2025-02-03"}),
        Known("family", "own", {"on": "2025-02-03"}),
        Known("family", "organisation", {"on": "2025-02-03"}),
    ):
        with translation.override(language):
            assert "_" not in known_in_words(each)
