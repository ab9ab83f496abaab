"""Every kind of event that anything here records is told in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

import accreditation_engine
from accreditation_engine.organisations.domain import (
    change_end,
    end_engagement,
    end_role,
    engage,
    grant_role,
    leave,
)
from accreditation_engine.organisations.models import Membership
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.portal.auditor.kind_words import KINDS, kind_title
from accreditation_engine.portal.auditor.sentences import kinds_told
from accreditation_engine.portal.auditor.spoken import spoken
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.keys import rotate
from tests.support.world import World

RECORDING = ("record", "_record", "_record_engagement", "Entry")


def recorded(tree: ast.Module) -> Iterator[str]:
    """The words among the first arguments of whatever writes events, named constants included."""
    named = {
        name: value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name, value in _pairs(target, node.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in RECORDING:
            for each in [*node.args[:3], *(word.value for word in node.keywords if word.arg == "kind")]:
                said = getattr(each, "value", None) or named.get(getattr(each, "id", ""))
                if isinstance(said, str):
                    yield said


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield target.id, value.value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def kinds_in_the_code() -> set[str]:
    files = Path(accreditation_engine.__file__).parent.rglob("*.py")
    return {kind for file in files for kind in recorded(ast.parse(file.read_text()))}


def test_search_for_kinds_finds_those_that_are_known() -> None:
    assert kinds_in_the_code() >= {
        "opened",
        "transition",
        "refused",
        "role_granted",
        "engaged",
        "key_made",
        "looked",
    }


def test_every_kind_in_the_code_has_a_sentence_and_a_title() -> None:
    assert kinds_in_the_code() - kinds_told() == set()
    assert kinds_in_the_code() - set(KINDS) == set()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_bare_code_is_shown_when_everything_has_happened(world: World, language: str) -> None:
    make_checkpoint()
    rotate(reason="test")
    for state in ("certified", "correcting", "refusal_final", "lapsed"):
        world.dossier(state)
    coach = world.person("coach")
    engagement = engage(coach=coach, organisation=world.organisation(), began_on=_today(), by=world.stranger)
    end_engagement(engagement=engagement, ended_on=_today(), by=world.stranger)
    administrator = world.person("administrator")
    grant = grant_role(user=world.stranger, role="coach", by=administrator)
    change_end(grant=grant, until=timezone.now() + timedelta(days=9), by=administrator)
    end_role(grant=grant, by=administrator, reason="genug")
    change_organisation(
        organisation=engagement.organisation, name_en="Renamed", governorate="قنا", by=world.stranger
    )
    leave(membership=Membership.objects.filter(user=world.applicant).latest("pk"), by=world.applicant)
    with translation.override(language):
        told = spoken(world.person("auditor"), list(Event.objects.all()))
        assert {each.event.kind for each in told} >= {
            "left",
            "organisation_registered",
            "organisation_changed",
            "disengaged",
            "role_end_changed",
            "role_ended",
            "key_retired",
            "activated",
        }
        for each in told:
            assert each.entry["title"]
            assert "does not know" not in each.entry["title"]
            assert "_" not in each.entry["title"], each.entry["title"]
            assert each.about.kind
            if language == "ar":
                assert any("\u0621" <= letter <= "\u064a" for letter in each.entry["title"])
                assert any("\u0621" <= letter <= "\u064a" for letter in kind_title(each.event.kind))


def _today() -> date:
    return timezone.localdate()
