"""The small parts of the engine: numbers of a series, reasons, the registry, visibility, opening."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import reasons, registry
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.opening import current_edition, open_subject, open_subjects
from accreditation_engine.engine.reasons import Reason, Refused, in_words, wording
from accreditation_engine.engine.serials import next_numbers
from accreditation_engine.engine.visibility import visible
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World, at_once, in_state

# Serials


@pytest.mark.django_db
def test_numbers_of_a_series_count_from_one() -> None:
    assert [next_numbers("A"), next_numbers("A", 3), next_numbers("B"), next_numbers("A")] == [
        [1],
        [2, 3, 4],
        [1],
        [5],
    ]


@pytest.mark.django_db
def test_numbers_that_are_rolled_back_are_given_again() -> None:
    next_numbers("A")
    with transaction.atomic():
        next_numbers("A", 10)
        transaction.set_rollback(True)
    assert next_numbers("A") == [2]


@pytest.mark.django_db
def test_no_numbers_are_none() -> None:
    assert next_numbers("A", 0) == []


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_get_every_number_once() -> None:
    def take() -> list[int]:
        return [number for _ in range(4) for number in next_numbers("A", 2)]

    taken = at_once(*[take] * 16)
    assert not [each for each in taken if isinstance(each, Exception)], taken
    assert sorted(number for each in taken for number in each) == list(range(1, 129))


# Reasons


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that this test registers are forgotten afterwards."""
    monkeypatch.setattr(reasons, "_words", dict(reasons._words))


def test_a_reason_is_put_into_words_when_it_is_read(words: None) -> None:
    @wording("for_a_test")
    def _for_a_test(parameters: object) -> str:
        return translation.get_language() or ""

    refusal = Refused([Reason("for_a_test"), Reason("for_a_test")])
    for language in ("ar", "en"):
        with translation.override(language):
            assert str(refusal) == f"{language} {language}"


def test_a_code_that_nobody_knows_any_more_is_shown() -> None:
    with translation.override("en"):
        assert in_words("of_long_ago", {}) == "Refused (of_long_ago)."


def test_a_reason_enters_the_trail_as_its_code_and_parameters() -> None:
    assert Reason("no_quorum", {"wanted": 3}).as_data() == {"code": "no_quorum", "wanted": 3}


# The registry


def test_the_vocabulary_names_what_is_registered() -> None:
    known = registry.vocabulary()
    assert set(known.effects) == set(registry.effects)
    assert set(known.guards) < set(registry.guards)
    assert set(known.roles) == set(registry.roles)
    assert (known.reviewing, known.deciding) == ({"reviewer"}, {"panel", "appeal_panel"})
    assert set(known.subjects) == {"dossier", "finding", "certificate", "complaint", "upkeep", "scope_change"}


def test_the_system_is_no_role_that_anybody_could_hold() -> None:
    assert "system" not in registry.roles


# Visibility


@pytest.mark.django_db
def test_a_state_shows_each_role_its_own_things(world: World) -> None:
    world.scheme(TINY)
    draft = world.dossier("draft", scheme="tiny")
    assert visible(draft, ["applicant"]) == {"answers"}
    assert visible(draft, ["applicant", "coordinator"]) == {"answers", "trail"}


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [[], ["panel"], ["stranger"]])
def test_what_a_state_does_not_name_is_not_shown(world: World, roles: list[str]) -> None:
    world.scheme(TINY)
    assert visible(world.dossier("draft", scheme="tiny"), roles) == frozenset()


@pytest.mark.django_db
def test_scores_are_not_shown_to_the_applicant_before_the_decision(world: World) -> None:
    hidden = {"scores", "ratings", "votes", "decision"}
    for state in ("in_review", "reviewed", "deciding"):
        assert not hidden & visible(world.dossier(state), ["applicant"])
    assert "scores" in visible(world.dossier("certified"), ["applicant"])


# Opening


def a_file(world: World, number: str) -> Dossier:
    return Dossier(
        edition_id=current_edition("tiny"), scheme="tiny", number=number, organisation=world.organisation()
    )


@pytest.mark.django_db
def test_a_subject_is_opened_in_the_first_state_with_its_first_event(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")
    event = Event.objects.get(stream=dossier.pk)
    assert (event.seq, event.kind, event.source, event.target) == (1, "opened", "", "draft")
    assert (event.role, event.actor) == ("applicant", world.applicant.pk)
    assert in_state(dossier) == {
        "edition_id": event.edition,
        "state": "draft",
        "state_seq": 1,
        "entered_seq": 1,
        "entered_at": event.at,
        "deadline_at": dossier.deadline_at,
    }


@pytest.mark.django_db
def test_nothing_is_opened_when_one_cannot_be(world: World) -> None:
    world.scheme(TINY)
    moment = world.dossier("draft", scheme="tiny").opened_at
    files = [a_file(world, number) for number in ("X-1", "X-2", "X-1")]
    for each in files:
        each.opened_at = moment
    events = Event.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        open_subjects(files, SYSTEM, role="system")
    assert Event.objects.count() == events
    assert not Dossier.objects.filter(number__startswith="X").exists()


@pytest.mark.django_db
def test_opening_what_is_open_already_fails(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")
    with pytest.raises(IntegrityError), transaction.atomic():
        open_subject(dossier, SYSTEM, role="system")
    assert Event.objects.filter(stream=dossier.pk).count() == 1
    assert list(verify()) == []


@pytest.mark.django_db
def test_opening_none_writes_nothing() -> None:
    assert open_subjects([], SYSTEM, role="system") == []
    assert not Event.objects.filter(stream=uuid4()).exists()
