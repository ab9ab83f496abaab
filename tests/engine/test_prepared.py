"""Queries that are built once: nothing of one sending may be left in the next."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import dossier_with_parts, dossiers_with_parts
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine import loading
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.options import options
from accreditation_engine.engine.parts import parts_for, parts_in_sql
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.prepared import NOW, SUBJECT, USER, Asked, Given, Prepared
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import roles, subjects
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.organisations.models import RoleGrant
from tests.support.world import World, at_once

SYSTEM_OR_NOT = (True, False)


def prepared(model, steps=(), by_system=False) -> Prepared:
    return Prepared(loading._rows(model, steps, by_system).filter(pk=SUBJECT))


def test_no_step_keeps_the_moment_at_which_it_was_prepared(world: World) -> None:
    """Whatever a role or a guard compares with must be a gap, or it would be compared with for ever."""
    for scheme in Scheme.objects.all():
        steps, model = compiled(scheme.edition_id).steps, subjects[scheme.subject].model
        for step in steps.values():
            for by_system in SYSTEM_OR_NOT:
                first = prepared(model, (step,), by_system)
                with time_machine.travel(timezone.now() + timedelta(days=3)):
                    later = prepared(model, (step,), by_system)
                assert (first.sql, first.values) == (later.sql, later.values), step.name


@pytest.mark.parametrize("name", sorted(roles))
def test_no_role_keeps_the_moment_at_which_it_was_prepared(name: str, world: World) -> None:
    for kind in subjects.values():
        ways = [way for way in (roles[name].held, roles[name].took_part) if way]
        for way in ways:
            with time_machine.travel("2026-01-01T00:00Z"):
                first = Prepared(kind.model.objects.annotate(there=way(kind.model, USER)))
            with time_machine.travel("2026-02-01T00:00Z"):
                later = Prepared(kind.model.objects.annotate(there=way(kind.model, USER)))
            assert (first.sql, first.values) == (later.sql, later.values)
            assert any(isinstance(each, Given) for each in first.values)


@pytest.mark.parametrize("name", sorted(roles))
def test_nothing_that_closes_a_role_keeps_the_moment_at_which_it_was_prepared(
    name: str, world: World
) -> None:
    for kind in subjects.values():
        with time_machine.travel("2026-01-01T00:00Z"):
            first = Prepared(kind.model.objects.annotate(**parts_in_sql(kind.model, USER, [name])))
        with time_machine.travel("2026-02-01T00:00Z"):
            later = Prepared(kind.model.objects.annotate(**parts_in_sql(kind.model, USER, [name])))
        assert (first.sql, first.values) == (later.sql, later.values)


def test_a_dossier_comes_with_its_own_organisation_and_parts(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = world.dossier("screening"), world.dossier("screening")
    person = world.person("coordinator")
    for each in (one, other):
        with django_assert_num_queries(1):
            found = dossier_with_parts(person, each.pk)
            assert found is not None
            dossier, parts = found
            assert dossier.organisation.name_ar == each.organisation.name_ar
        assert dossier.organisation == each.organisation
        assert (dossier.pk, parts) == (each.pk, parts_in(person, each))
        assert parts.open == {"coordinator"}
    assert dossier_with_parts(person, uuid4()) is None
    assert parts_for(Dossier, [uuid4()], person.pk) == {}
    assert parts_for(Dossier, [], person.pk) == {}


def test_many_dossiers_are_asked_for_with_one_query_whatever_their_number(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    files = [world.dossier("screening") for _ in range(5)]
    for person, open_ in ((world.person("coordinator"), {"coordinator"}), (world.stranger, set())):
        for number in (1, 2, 3, 5):
            keys = [each.pk for each in files[:number]]
            with django_assert_num_queries(1):
                found = dossiers_with_parts(person.pk, [*keys, uuid4()])
            assert {row.pk: parts.open for row, parts in found} == dict.fromkeys(keys, open_)
            assert all(row.organisation_id == row.organisation.pk for row, _ in found)


def test_a_role_that_has_ended_counts_no_more(world: World) -> None:
    dossier, coordinator = world.dossier("screening"), world.person("coordinator")
    assert options(dossier, coordinator)
    end_role(grant=RoleGrant.objects.get(user=coordinator), by=world.person("administrator"), reason="-")
    assert options(dossier, coordinator) == []
    with pytest.raises(Refused) as refused:
        perform(dossier, "return_for_completion", coordinator, comment="-")
    assert [each.code for each in refused.value.reasons] == ["not_your_role"]


def test_a_role_runs_out_between_two_sendings(world: World) -> None:
    dossier, soon = world.dossier("screening"), timezone.now() + timedelta(hours=1)
    person = world.new_person("short", "coordinator", until=soon)
    assert options(dossier, person)
    with time_machine.travel(soon + timedelta(seconds=1)):
        assert options(dossier, person) == []


def test_each_subject_and_each_person_gets_an_answer_of_their_own(world: World) -> None:
    one, other = world.dossier("screening"), world.dossier("screening")
    coordinator = world.person("coordinator")
    for dossier in (one, other, one):
        assert options(dossier, coordinator)
        assert options(dossier, world.stranger) == []
    perform(one, "return_for_completion", coordinator, comment="-")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("returned", "screening")


@pytest.mark.django_db(transaction=True)
def test_what_one_thread_prepared_another_sends(world: World) -> None:
    dossier, coordinator = world.dossier("screening"), world.person("coordinator")

    def ask() -> list[str]:
        return [each.name for each in options(dossier, coordinator)]

    here = ask()
    assert here
    assert at_once(ask, ask) == [here, here]


def test_in_an_ordinary_query_now_is_now(world: World) -> None:
    grants = RoleGrant.objects.filter(since__lte=NOW)
    assert grants.count() == RoleGrant.objects.count()
    with time_machine.travel("2001-01-01T00:00Z"):
        assert grants.all().count() == 0


def test_rows_are_as_django_reads_them(world: World) -> None:
    dossier = Dossier.objects.get(pk=world.dossier("in_review").pk)
    (row,) = prepared(Dossier).send(Asked(dossier.pk))
    assert row == dossier
    assert {**row.__dict__, "_state": None} == {**dossier.__dict__, "_state": None}
    assert not row._state.adding
