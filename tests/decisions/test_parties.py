"""Whoever is a party to a file does not watch over it as well."""

from __future__ import annotations

import pytest

from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.parts import closed_as
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.domain import grant_role, join, leave
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

WATCHING = ("auditor", "methodologist", "coordinator")


def watches(person: User, file: Dossier) -> set[str]:
    """In which roles `person` watches over `file`, asked in every way in which it is asked."""
    parts = parts_in(person, file)
    watching = set(parts.open.intersection(WATCHING))
    for role in WATCHING:
        listed = dossiers_of(person, role).filter(pk=file.pk).exists()
        told = roles[role].people(file).filter(pk=person.pk).exists()
        closed = Dossier.objects.filter(closed_as(Dossier, person.pk, role), pk=file.pk).exists()
        assert listed == told == (not closed and role in parts.played) == (role in watching), role
    return watching


def watcher(world: World, name: str, *more: str) -> User:
    return world.new_person(name, *more, *WATCHING)


def test_people_of_the_organisation_do_not_watch_over_its_file(world: World) -> None:
    file, other, person = world.dossier("in_review"), world.dossier("in_review"), watcher(world, "member")
    assert watches(person, file) == set(WATCHING)
    membership = join(organisation=file.organisation, user=person, by=SYSTEM)
    assert watches(person, file) == set()
    leave(membership=membership, by=SYSTEM)
    assert (watches(person, file), watches(person, other)) == (set(), set(WATCHING))


def test_a_reviewer_does_not_watch_over_the_file_when_they_have_judged_of_it(world: World) -> None:
    file, person = world.dossier("screening"), watcher(world, "twofold", "reviewer")
    asked = assign(dossier=file, reviewer=person, by=world.person("coordinator"))
    assert watches(person, file) == set()
    release(assignment=asked, reason="لا وقت لدي", by=person)
    assert watches(person, file) == set(WATCHING), "nothing was rated, and somebody else reviews it"
    reviewed = world.dossier("in_review")
    rated = Assignment.objects.filter(dossier=reviewed)[0]
    for role in WATCHING:
        grant_role(user=rated.reviewer, role=role, by=SYSTEM)
    assert watches(rated.reviewer, reviewed) == set()


def test_who_may_vote_on_a_file_does_not_watch_over_it_until_they_step_aside(world: World) -> None:
    file, person = world.dossier("deciding"), watcher(world, "seated", "panel")
    assert watches(person, file) == set()
    recuse(dossier=file, reason="لي صلة به", by=person)
    assert watches(person, file) == set(WATCHING)


def test_a_step_on_the_file_one_reviews_is_refused_in_words_and_kept(world: World) -> None:
    file = world.dossier("reviewed")
    reviewer = Assignment.objects.filter(dossier=file)[0].reviewer
    grant_role(user=reviewer, role="coordinator", by=SYSTEM)
    page = text_of(visitor(reviewer).get(page_of(file)))
    assert "Refer to the panel" not in page
    with pytest.raises(Refused):
        perform(file, "refer", reviewer)
    event = Event.objects.filter(stream=file.pk).latest("seq")
    assert (event.kind, event.data["reasons"][0]["code"]) == ("refused", "involved")
    other = Assignment.objects.filter(dossier=file)[1]
    with pytest.raises(Refused):
        release(assignment=other, reason="لا وقت", by=reviewer)
    tried = Event.objects.filter(stream=file.pk).latest("seq")
    assert (tried.kind, tried.data["act"]) == ("refused", "release")


@pytest.mark.parametrize("page", ["ratings", "trail"])
def test_an_applicant_who_audits_reads_nothing_more_of_their_own_file(world: World, page: str) -> None:
    file = world.dossier("in_review")
    grant_role(user=world.applicant, role="auditor", by=SYSTEM)
    client = visitor(world.applicant)
    assert client.get(page_of(file)).status_code == 200
    assert client.get(page_of(file, page)).status_code == 404
    assert file.number not in text_of(client.get("/audit/?kind=transition"))
    event = Event.objects.filter(stream=file.pk).latest("seq")
    assert client.get(f"/audit/events/{file.pk}/{event.seq}/").status_code == 404
