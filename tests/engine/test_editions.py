"""Editions are kept once; a file is judged by the one it was opened under."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import call_command

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.editions import activate, load_schemes, store_rubric, store_workflow
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.opening import current_edition
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import verify
from tests.support.world import SHIPPED, TINY, World, at_once, changed, read, shipped

pytestmark = pytest.mark.django_db

NEWER = changed(TINY, ('edition: "1"', 'edition: "2"'))


def activations() -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(kind="activated").order_by("pk")]


def activate_tiny(text: str) -> bool:
    (workflow,) = read(text).workflows.values()
    return activate(workflow, store_workflow(workflow, {}), SYSTEM)


def test_the_same_definition_is_kept_once() -> None:
    found = shipped()
    for _ in range(2):
        for rubric in found.rubrics.values():
            store_rubric(rubric)
        stored = store_workflow(found.workflows[SHIPPED], found.rubrics)
    assert Edition.objects.count() == len(found.rubrics) + 1
    assert (stored.kind, stored.name, stored.label) == ("workflow", SHIPPED, "2026.1")


def test_another_rubric_makes_another_edition_of_the_workflow() -> None:
    found = shipped()
    workflow = found.workflows[SHIPPED]
    rubrics = dict(found.rubrics)
    before = store_workflow(workflow, rubrics).hash
    rubric = rubrics["code-of-conduct"]
    rubrics["code-of-conduct"] = rubric.model_copy(update={"edition": "2026.2"})
    assert store_workflow(workflow, rubrics).hash != before


def test_a_scheme_is_opened_and_that_is_written_down_once() -> None:
    assert activate_tiny(TINY)
    assert not activate_tiny(TINY)
    assert activations() == [{"scheme": "tiny", "label": "1"}]
    assert Event.objects.get(kind="activated").edition == current_edition("tiny")


def test_another_edition_is_another_event_of_the_same_stream() -> None:
    assert [activate_tiny(text) for text in (TINY, NEWER, TINY)] == [True, True, True]
    assert [each["label"] for each in activations()] == ["1", "2", "1"]
    assert set(Event.objects.values_list("stream", flat=True)) == {Scheme.objects.get(name="tiny").stream}
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_a_scheme_that_two_open_at_once_is_opened_once() -> None:
    (workflow,) = read(TINY).workflows.values()
    edition = store_workflow(workflow, {})
    outcomes = at_once(*[lambda: activate(workflow, edition, SYSTEM)] * 3)
    assert sorted(outcomes) == [False, False, True]
    assert len(activations()) == 1
    assert list(verify()) == []


def test_a_scheme_that_was_never_opened_takes_nothing(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        world.dossier("draft", scheme="unheard-of")
    assert [each.code for each in refusal.value.reasons] == ["scheme_not_open"]


def test_order_is_as_written_after_the_way_through_the_database(world: World) -> None:
    """Canonical JSON sorts keys; people read states, steps and rubrics in the order of the file."""
    for name, workflow in shipped().workflows.items():
        scheme = compiled(current_edition(name))
        assert list(scheme.workflow.states) == list(workflow.states)
        assert list(scheme.workflow.transitions) == list(scheme.steps) == list(workflow.transitions)
        assert list(scheme.rubrics) == list(workflow.rubrics)
        assert scheme.workflow == workflow
        for rubric in scheme.rubrics.values():
            assert rubric == shipped().rubrics[rubric.id]
            assert list(rubric.every_criterion()) == list(shipped().rubrics[rubric.id].every_criterion())


def test_a_file_keeps_the_edition_it_was_opened_under(world: World) -> None:
    world.scheme(TINY)
    older = world.dossier("checking", scheme="tiny")
    stricter = changed(NEWER, ("by: [coordinator, auditor]}", "by: [coordinator]}"))
    world.scheme(stricter)
    newer = world.dossier("checking", scheme="tiny")
    auditor = world.person("auditor")
    assert [each.name for each in options(older, auditor)] == ["finish"]
    assert options(newer, auditor) == []
    older.refresh_from_db()
    assert older.edition_id != newer.edition_id == current_edition("tiny")


# Files, and load_schemes


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """The shipped definitions in folders of the test's own."""
    for kind in ("rubrics", "workflows"):
        (tmp_path / kind).mkdir()
        for file in sorted((site.BASE_DIR / kind).glob("*.yaml")):
            (tmp_path / kind / file.name).write_text(file.read_text())
    settings.RUBRICS_DIR, settings.WORKFLOWS_DIR = tmp_path / "rubrics", tmp_path / "workflows"
    return tmp_path


def run() -> tuple[int, str, str]:
    output, errors, code = StringIO(), StringIO(), 0
    try:
        call_command("load_schemes", stdout=output, stderr=errors)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, output.getvalue(), errors.getvalue()


def edit(file: Path, *replacements: tuple[str, str]) -> None:
    file.write_text(changed(file.read_text(), *replacements))


def test_loading_says_what_was_opened(files: Path) -> None:
    code, printed, errors = run()
    assert (code, errors) == (0, "")
    assert f"{SHIPPED}: open under edition 2026.1" in printed.splitlines()
    assert run() == (0, "No scheme has changed.\n", "")
    assert len(activations()) == 6


BREAKING: dict[str, Callable[[Path], Any]] = {
    "no YAML": lambda file: file.write_text("workflow: [unclosed"),
    "no UTF-8": lambda file: file.write_bytes(b"\xff\xfe\x00"),
    "empty": lambda file: file.write_text(""),
    "an unknown key": lambda file: edit(file, ("subject: finding", "subject: finding\ncolour: red")),
    "an unknown effect": lambda file: file.write_text(file.read_text().replace("notify", "telegraph")),
    "a dead end": lambda file: edit(
        file, ("from: [answered]\n    to: closed", "from: [open]\n    to: answered")
    ),
}


@pytest.mark.parametrize("break_it", BREAKING.values(), ids=BREAKING)
def test_a_broken_file_stops_no_other(files: Path, break_it: Callable[[Path], Any]) -> None:
    break_it(files / "workflows" / "finding.yaml")
    code, printed, errors = run()
    assert code == 1
    assert f"{SHIPPED}: open" in printed
    assert "certificate: open" in printed
    assert "finding.yaml" in errors
    assert not Scheme.objects.filter(name="finding").exists()


def test_a_file_that_breaks_later_leaves_its_scheme_open(files: Path, world: World) -> None:
    opened = current_edition(SHIPPED)
    (files / "workflows" / f"{SHIPPED}.yaml").write_text("nonsense")
    assert run()[0] == 1
    assert current_edition(SHIPPED) == opened
    assert world.dossier("screening").state == "screening"


def test_a_threshold_that_is_changed_holds_for_files_opened_from_then_on(world: World) -> None:
    """End to end: two organisations that do equally well, one opened before and one after."""
    found = shipped()
    older = world.dossier("deciding", level=0.75)
    name = "institutional-commitment"
    rubric = found.rubrics[name]
    (wanted,) = (each for each in rubric.outcomes if each.outcome == "certified")
    harder = wanted.model_copy(update={"when": rubric.outcomes[0].when})
    outcomes = tuple(harder if each is wanted else each for each in rubric.outcomes)
    stricter = rubric.model_copy(update={"edition": "2027.1", "outcomes": outcomes})
    load_schemes([found.workflows[SHIPPED]], {**found.rubrics, name: stricter}, SYSTEM)
    newer = world.dossier("deciding", level=0.75)
    for dossier in (older, newer):
        for number in range(3):
            perform(dossier, "vote", world.person("panel", number), data={"choice": "certify"})
    assert world.perform(older, "certify").target == "certificate_decided"
    with pytest.raises(Refused) as refusal:
        world.perform(newer, "certify")
    assert [each.code for each in refusal.value.reasons] == ["outcome_too_low"]


def test_what_was_changed_is_not_opened_under_the_same_name_unless_one_says_so(files: Path) -> None:
    run()
    opened = current_edition(SHIPPED)
    stricter = ("every_criterion: {at_least: 1}", "every_criterion: {at_least: 2}")
    edit(files / "rubrics" / "code-of-conduct.yaml", stricter)
    code, _printed, errors = run()
    assert (code, current_edition(SHIPPED)) == (1, opened)
    assert "it is still called edition 2026.1" in errors
    assert "--same-edition" in errors
    call_command("load_schemes", "--same-edition", stdout=StringIO())
    assert current_edition(SHIPPED) != opened
