"""Drawing reviewers for a dossier: what is asked, what is written down, and that it can be drawn again."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.reviews.allocation.drawing import draw_reviewers
from accreditation_engine.reviews.allocation.pool import pool_of
from accreditation_engine.reviews.allocation.profiles import change_profile, say_leave
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.reviews.queue.waiting_files import QUEUED, reviewers, waiting
from tests.support.world import World, at_once, changed
from tests.trail.forging import execute

SENIORS = changed(QUEUED, ("due: P21D}", "due: P21D, draw: {seniors: 1, not_twice: true}}"))


def one(world: World, text: str = SENIORS) -> Dossier:
    (dossier,) = waiting(world, 1, text=text)
    return dossier


def drawn(world: World, dossier: Dossier, **more: int) -> list[User]:
    return list(draw_reviewers(dossier=dossier, by=world.person("coordinator"), **more).people)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def against(dossier: Dossier, person: User) -> list[str]:
    (found,) = (each for each in pool_of(dossier) if each.person == person)
    return [each["code"] for each in found.against]


def limit(world: World, *people: User, **values: object) -> None:
    for each in people:
        change_profile(reviewer=each, by=world.person("coordinator"), **values)


def test_every_open_place_is_given_and_all_of_it_is_written_down(world: World) -> None:
    dossier, people = one(world), reviewers(world, 6)
    limit(world, people[0], senior=True)
    names = drawn(world, dossier)
    assert len(names) == 2
    assert people[0] in names
    standing = Assignment.objects.filter(dossier=dossier, released_at=None)
    assert {each.reviewer for each in standing} == set(names)
    assert {each.origin for each in standing} == {"drawn"}
    event = Event.objects.get(stream=dossier.pk, kind="reviewers_drawn")
    assert event.data["drawn"] == [str(each.pk) for each in names]
    assert len(event.data["pool"]) == len(pool_of(dossier))
    assert list(verify_all()) == []


def test_reasons_are_those_of_the_profile_of_leave_and_of_the_file(world: World) -> None:
    dossier, people = one(world), reviewers(world, 6)
    change_organisation(organisation=dossier.organisation, by=SYSTEM, sector="health", language="ar")
    limit(world, people[0], most=0)
    limit(world, people[1], sectors=["culture"], languages=["en"])
    today = timezone.localdate(Event.objects.latest("pk").at)
    say_leave(reviewer=people[2], begins_on=today, ends_on=today, note="سفر", by=people[2])
    join(organisation=dossier.organisation, user=people[3], by=SYSTEM)
    dossier.refresh_from_db()
    assert against(dossier, people[0]) == ["load_full"]
    assert against(dossier, people[1]) == ["language_not_taken", "sector_not_taken"]
    assert against(dossier, people[2]) == ["on_leave"]
    assert against(dossier, people[3]) == ["has_interest"]
    assert against(dossier, people[4]) == []
    limit(world, people[4], people[5], *world.cast.playing("reviewer"), most=0)
    with pytest.raises(Refused) as refused:
        drawn(world, dossier)
    assert codes(refused) == ["nobody_to_draw"]
    assert "واحد له مصلحة" in str(refused.value)
    last = Event.objects.filter(stream=dossier.pk).latest("seq")
    assert (last.kind, last.data["act"]) == ("refused", "draw_reviewers")
    assert list(verify_all()) == []


def test_whoever_gave_it_back_or_knows_the_organisation_is_not_drawn_again(world: World) -> None:
    dossier = one(world)
    first = drawn(world, dossier)
    assignment = Assignment.objects.get(dossier=dossier, reviewer=first[0])
    release(assignment=assignment, by=world.person("coordinator"), reason="مسافر")
    assert against(dossier, first[0]) == ["had_before"]
    assert against(dossier, first[1]) == ["assigned_already"]


def test_loads_count_up_from_draw_to_draw_and_nobody_has_more_than_they_take(world: World) -> None:
    files = waiting(world, 4, places=1)
    people = [*world.cast.playing("reviewer"), *reviewers(world, 2)]
    limit(world, *people, most=0)
    limit(world, *people[-2:], most=1)
    assert {drawn(world, each)[0] for each in files[:2]} == set(people[-2:])
    with pytest.raises(Refused) as refused:
        drawn(world, files[2])
    assert codes(refused) == ["nobody_to_draw"]


def test_a_draw_is_refused_where_it_cannot_be_and_says_why(world: World) -> None:
    dossier = one(world)
    with pytest.raises(Refused) as refused:
        draw_reviewers(dossier=dossier, by=world.person("reviewer"))
    assert codes(refused) == ["not_your_role"]
    with pytest.raises(Refused) as refused:
        drawn(world, dossier, so_far=1)
    assert codes(refused) == ["reviewers_meanwhile"]
    join(organisation=dossier.organisation, user=world.person("coordinator"), by=SYSTEM)
    with pytest.raises(Refused):
        drawn(world, dossier)
    assert not Assignment.objects.filter(dossier=dossier).exists()


def test_draws_are_made_again_by_the_command_and_a_forged_one_is_named(world: World) -> None:
    dossier = one(world)
    names = drawn(world, dossier)
    output = StringIO()
    call_command("redraw_reviewers", dossier.number, stdout=output)
    assert "drawn again, the same" in output.getvalue()
    assert names[0].name in output.getvalue()
    event = Event.objects.get(stream=dossier.pk, kind="reviewers_drawn")
    forged = json.loads(event.body)
    forged["data"]["drawn"].reverse()
    with lifted(connection):
        execute("UPDATE trail_event SET body = %s WHERE id = %s", json.dumps(forged).encode(), event.pk)
    with pytest.raises(SystemExit):
        call_command("redraw_reviewers", stdout=output)
    assert "NOT what its seed draws" in output.getvalue()
    assert "draw" in {each.code for each in verify_all(stream=dossier.pk)}


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_do_not_give_one_person_more_than_they_take(world: World) -> None:
    files = waiting(world, 2, places=1)
    limit(world, *world.cast.playing("reviewer"), most=0)
    (only,) = reviewers(world, 1)
    limit(world, only, most=1)
    found = at_once(*(lambda each=each: drawn(world, each) for each in files))
    assert sorted(isinstance(each, Refused) for each in found) == [False, True]
    assert Assignment.objects.filter(reviewer=only).count() == 1
