"""What of an organisation its certificate shall cover, as it says itself in its file."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accreditation_engine.dossiers.declaration import laid_before
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import LONGEST, WHOLE, Scope
from accreditation_engine.dossiers.stating_scope import SCOPE_STATED, state_scope
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import refused
from tests.support.world import World

EDUCATION = Scope("برامج التعليم في أسوان", 'Education in Aswan, "Nile" centre \\ head office')


def stated(world: World, dossier: Dossier, scope: Scope) -> bool:
    return state_scope(dossier=dossier, scope=scope, by=world.applicant)


def test_scope_is_kept_as_plain_lines_and_saying_it_again_is_no_event(world: World) -> None:
    dossier = world.dossier("draft")
    assert dossier.scope == WHOLE
    assert stated(world, dossier, Scope(f"  {EDUCATION.ar}\n", EDUCATION.en.replace(" ", "  ")))
    assert not stated(world, dossier, EDUCATION)
    assert Dossier.objects.get(pk=dossier.pk).scope == dossier.scope == EDUCATION
    (event,) = Event.objects.filter(stream=dossier.pk, kind=SCOPE_STATED)
    assert event.data == {"ar": EDUCATION.ar, "en": EDUCATION.en}
    assert stated(world, dossier, WHOLE)
    assert list(verify_all()) == []


def test_scope_in_one_language_or_without_end_is_refused(world: World) -> None:
    dossier = world.dossier("draft")
    assert refused(lambda: stated(world, dossier, Scope(ar="التعليم"))) == ["scope_in_one_language"]
    both = Scope("ن" * (LONGEST + 1), "n" * (LONGEST + 1))
    assert refused(lambda: stated(world, dossier, both)) == ["scope_too_long", "scope_too_long"]
    assert Dossier.objects.get(pk=dossier.pk).scope == WHOLE


def test_only_the_organisation_states_it_and_only_until_it_hands_the_file_in(world: World) -> None:
    dossier = world.dossier("draft")
    coordinator = world.person("coordinator")
    by_another = refused(lambda: state_scope(dossier=dossier, scope=EDUCATION, by=coordinator))
    assert by_another == ["not_your_role"]
    world.take_to(dossier, "screening")
    assert refused(lambda: stated(world, dossier, EDUCATION)) == ["answers_closed"]
    world.perform(dossier, "return_for_completion")
    assert stated(world, dossier, EDUCATION)


def test_declaration_is_signed_over_the_scope_too(world: World) -> None:
    dossier = world.dossier("draft")
    stated(world, dossier, EDUCATION)
    world.take_to(dossier, "screening")
    submitted = Event.objects.get(stream=dossier.pk, transition="submit").data
    assert submitted["judged"]["scope"] == EDUCATION.said()
    assert submitted["declaration"]["scope"] == laid_before(dossier)["scope"]
    world.perform(dossier, "return_for_completion")
    before = laid_before(dossier)
    stated(world, dossier, WHOLE)
    signed = {"declaration": {**submitted["declaration"], **before}}
    assert refused(lambda: world.perform(dossier, "submit", data=signed)) == ["declared_over_other"]


def test_database_refuses_a_scope_that_no_event_says(world: World) -> None:
    dossier = world.dossier("draft")
    stated(world, dossier, EDUCATION)
    rows = Dossier.objects.filter(pk=dossier.pk)
    for other in ({"scope_ar": "كل شيء"}, {"scope_en": EDUCATION.en[:-1]}, {"scope_ar": "", "scope_en": ""}):
        with pytest.raises(IntegrityError, match="scope_ar, scope_en"), transaction.atomic():
            rows.update(**other)
    assert rows.update(scope_ar=EDUCATION.ar) == 1
