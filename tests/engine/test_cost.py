"""How many statements a step costs: counted for every step of the shipped scheme."""

from __future__ import annotations

import builtins
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import accreditation_engine.demo.autopilot
import tests.support.world
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.shipped import read_shipped
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.trail.models import Event
from tests.support.world import BADLY, SHIPPED, TINY, World, changed, shipped

pytestmark = pytest.mark.django_db

MOST = 6
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")

# Statements of the step itself (lock, load, event, comment where there is one, state), and of its effects.
# Whoever is notified costs two: one to find the people of a role, one for their letters.
COSTS = {
    "submit": (4, 4),
    "return_for_completion": (5, 2),
    "accept": (4, 4),
    "send_review": (4, 3),
    "escalate": (4, 2),
    "ask_to_resume": (5, 2),
    "resume_review": (5, 2),
    "close_review": (4, 6),
    "send_report": (5, 7),
    "confirm_report": (4, 4),
    "end_accuracy": (4, 4),
    "close_points": (4, 4),
    "request_correction": (4, 2),
    "refer": (4, 9),
    "end_correction": (4, 11),
    "vote": (4, 3),
    "new_ballot": (5, 4),
    "close_ballot": (5, 3),
    "certify": (4, 2),
    "refuse": (5, 2),
    "announce_certificate": (4, 22),
    "announce_refusal": (4, 2),
    "appeal": (5, 4),
    "end_appeal_time": (4, 2),
    "vote_on_appeal": (4, 3),
    "close_appeal_ballot": (5, 3),
    "new_appeal_ballot": (5, 4),
    "uphold": (5, 6),
    "dismiss": (5, 2),
    "withdraw": (5, 2),
    "lapse": (4, 2),
}


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Those sent, without what opens and closes transactions."""
    sent = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in sent if not sql.startswith(BRACKETS)]


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
    """What each step costs that is taken from here on, the dearest of its kind."""
    found: dict[str, tuple[int, int]] = {}

    def counted(subject: Any, transition: str, *arguments: Any, **more: Any) -> Event:
        with CaptureQueriesContext(connection) as captured:
            event = perform(subject, transition, *arguments, **more)
        sent = statements(captured)
        (state,) = (
            number for number, sql in enumerate(sent, 1) if sql.startswith('UPDATE "dossiers_dossier"')
        )
        found[transition] = max(found.get(transition, (0, 0)), (state, len(sent) - state))
        return event

    for module in (accreditation_engine.demo.autopilot, tests.support.world):
        monkeypatch.setattr(module, "perform", counted)
    return found


def warm() -> None:
    """What a process reads once, it has read."""
    for edition in Scheme.objects.values_list("edition", flat=True):
        compiled(edition)


def take_every_step(world: World) -> None:
    """Files go every way there is, between them."""
    world.dossier("certified")
    for state in ("returned", "withdrawn", "lapsed", "refusal_final"):
        world.dossier(state)
    checked = world.dossier("answering")
    tests.support.world.perform(checked, "close_points", world.person("reviewer"))
    world.perform(world.dossier("accuracy"), "end_accuracy")
    overdue = world.dossier("review_overdue")
    world.perform(overdue, "ask_to_resume")
    world.perform(overdue, "resume_review")
    correcting = world.dossier("correcting", level=BADLY)
    world.perform(correcting, "end_correction")
    tests.support.world.perform(correcting, "vote", world.person("panel"), data={"choice": "abstain"})
    world.perform(correcting, "close_ballot")
    world.perform(correcting, "new_ballot")
    for step, choice in (("dismiss", "dismiss"), ("uphold", "uphold")):
        appealing = world.dossier("appealing")
        for number in range(2):
            person = world.person("appeal_panel", number)
            tests.support.world.perform(appealing, "vote_on_appeal", person, data={"choice": choice})
        world.perform(appealing, step)
    appealing = world.dossier("appealing")
    voter = world.person("appeal_panel")
    tests.support.world.perform(appealing, "vote_on_appeal", voter, data={"choice": "abstain"})
    for step in ("close_appeal_ballot", "new_appeal_ballot"):
        tests.support.world.perform(appealing, step, world.person("coordinator"), comment="-")


def test_every_step_of_the_shipped_scheme_costs_what_the_table_says(
    world: World, costs: dict[str, tuple[int, int]]
) -> None:
    warm()
    take_every_step(world)
    assert costs == COSTS


def test_the_table_holds_every_step_and_none_costs_more_than_allowed() -> None:
    assert set(COSTS) == set(shipped().workflows[SHIPPED].transitions)
    assert max(step for step, _ in COSTS.values()) <= MOST


def test_a_comment_costs_one_statement(world: World) -> None:
    """And so does every step with one: nothing else is looked up for it."""
    dossier = world.dossier("screening")
    with CaptureQueriesContext(connection) as captured:
        world.perform(dossier, "return_for_completion", comment="ناقص")
    assert len(statements(captured)) == 5 + 2  # and two for the letters


def test_a_refusal_costs_three_statements(world: World) -> None:
    dossier = world.dossier("screening")
    with CaptureQueriesContext(connection) as captured, pytest.raises(Refused):
        perform(dossier, "return_for_completion", world.person("coordinator"))
    assert len(statements(captured)) == 3


# Many at once


def many(world: World, count: int, scheme: str = "tiny") -> list[Dossier]:
    first = Organisation.objects.count()
    new = [
        Organisation(name_ar="م", name_en="O", registration_number=f"{scheme}-{first}-{n}")
        for n in range(count)
    ]
    organisations = register_organisations(new, by=SYSTEM)
    return open_dossiers(organisations=organisations, scheme=scheme, by=SYSTEM, role="system")


@pytest.mark.parametrize("count", [3, 30, 1500])
def test_a_batch_costs_the_same_whatever_its_size(world: World, count: int) -> None:
    """Even across two editions, with a comment, and with some refused."""
    world.scheme(TINY)
    older = many(world, count)
    world.scheme(changed(TINY, ('edition: "1"', 'edition: "2"')))
    newer = many(world, count)
    with CaptureQueriesContext(connection) as captured:
        result = perform_many([*older, *newer], "remark", world.person("coordinator"), comment="why")
    assert len(result.events) == 2 * count
    assert len(statements(captured)) == 5
    assert len({event.edition for event in result.events.values()}) == 2


def test_opening_many_costs_the_same_whatever_their_number(world: World) -> None:
    world.scheme(TINY)

    def cost(count: int) -> int:
        organisations = [world.organisation() for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            open_dossiers(organisations=organisations, scheme="tiny", by=SYSTEM)
        return len(statements(captured))

    cost(1)  # the first of a series makes its row
    assert cost(2) == cost(40)


def test_what_may_be_done_is_one_statement(world: World) -> None:
    for state, role in (("draft", "applicant"), ("deciding", "panel"), ("in_review", "coordinator")):
        dossier = world.dossier(state)
        with CaptureQueriesContext(connection) as captured:
            assert options(dossier, world.person(role))
        assert len(captured) == 1


# A warm process


@pytest.fixture
def no_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a YAML file in this test fails."""
    open_ = io.open

    def refuse(file: Any, *arguments: Any, **more: Any) -> Any:
        assert not str(file).endswith((".yaml", ".yml")), f"{file} was read"
        return open_(file, *arguments, **more)

    for module in (io, builtins):
        monkeypatch.setattr(module, "open", refuse)


def test_the_fixture_notices_yaml(no_yaml: None, settings: Any) -> None:
    with pytest.raises(AssertionError, match="was read"):
        read_shipped()


def test_a_warm_process_reads_neither_yaml_nor_editions(world: World, no_yaml: None) -> None:
    world.dossier("certified")
    with CaptureQueriesContext(connection) as captured:
        certified = world.dossier("certified")
        options(certified, world.applicant)
    assert certified.state == "certified"
    assert not [each["sql"] for each in captured.captured_queries if 'FROM "engine_edition"' in each["sql"]]


def test_a_cold_process_reads_the_editions_of_a_scheme_once(world: World) -> None:
    dossier = world.dossier("draft")
    compiled.cache_clear()
    with CaptureQueriesContext(connection) as captured:
        compiled(dossier.edition_id)
        compiled(dossier.edition_id)
    assert len(captured) == 2
