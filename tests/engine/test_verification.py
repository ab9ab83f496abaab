"""States against the trail, and the command that an auditor runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail import protection
from accreditation_engine.trail.models import Event
from tests.support.world import TINY, World
from tests.trail.forging import on_sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(world: World) -> Dossier:
    """One that has been sent back, with another beside it."""
    world.scheme(TINY)
    world.dossier("checking", scheme="tiny")
    dossier = world.dossier("checking", scheme="tiny")
    world.perform(dossier, "send_back")
    world.perform(dossier, "remark")
    return dossier


def tamper(dossier: Dossier, **columns: Any) -> None:
    with protection.lifted(connection):
        assert Dossier.objects.filter(pk=dossier.pk).update(**columns)


def verify_trail(*arguments: str) -> tuple[int, str]:
    """The command's exit code and what it printed."""
    output = StringIO()
    try:
        call_command("verify_trail", *arguments, stdout=output, stderr=output)
    except SystemExit as end:
        return int(end.code or 0), output.getvalue()
    return 0, output.getvalue()


def test_states_that_events_explain_are_no_problem(world: World, dossier: Dossier) -> None:
    world.dossier("certified")
    world.dossier("correcting")
    assert list(verify_all()) == []


CHANGES: dict[str, dict[str, Any]] = {
    "state": {"state": "done"},
    "state seq": {"state_seq": 2},
    "entered seq": {"entered_seq": 2},
    "entered at": {"entered_at": "2020-01-01T00:00:00Z"},
    "deadline": {"deadline_at": "2099-01-01T00:00:00Z"},
    "no deadline": {"deadline_at": None},
}


@pytest.mark.parametrize("columns", CHANGES.values(), ids=CHANGES)
def test_a_state_that_no_event_explains_is_named(dossier: Dossier, columns: dict[str, Any]) -> None:
    tamper(dossier, **columns)
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (dossier.pk, "state")
    assert list(verify_all(stream=dossier.pk)) == [problem]


def test_an_edition_that_no_event_explains_is_named(world: World, dossier: Dossier) -> None:
    tamper(dossier, edition=world.dossier().edition)
    assert [(each.stream, each.code) for each in verify_all()] == [(dossier.pk, "state")]


def test_a_deadline_that_the_state_does_not_have_is_named(world: World, dossier: Dossier) -> None:
    checking = world.dossier("checking", scheme="tiny")
    tamper(checking, deadline_at="2020-01-01T00:00:00Z")
    assert [(each.stream, each.code) for each in verify_all()] == [(checking.pk, "state")]


def test_a_subject_that_is_gone_is_named(dossier: Dossier) -> None:
    with protection.lifted(connection):
        Dossier.objects.filter(pk=dossier.pk).delete()
    (problem,) = verify_all()
    assert (problem.stream, problem.seq, problem.code) == (dossier.pk, 1, "state")
    assert list(verify_all(stream=dossier.pk)) == [problem]


def test_a_subject_whose_stream_is_gone_is_named(dossier: Dossier) -> None:
    with protection.lifted(connection):
        for table in ("trail_event", "trail_text", "trail_head"):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE stream = %s", [_key(dossier)])  # noqa: S608
    besides = [each for each in verify_all() if each.code not in ("tree", "search")]
    assert [(each.stream, each.code) for each in besides] == [(dossier.pk, "state")]


def test_an_edition_that_was_edited_is_named(dossier: Dossier) -> None:
    """Whoever lowers a threshold in the database lowers it for every file under that edition."""
    edition = Edition.objects.get(pk=dossier.edition_id)
    with protection.lifted(connection):
        content = bytes(edition.content).replace(b"coordinator", b"administrator")
        Edition.objects.filter(pk=edition.pk).update(content=content)
    compiled.cache_clear()
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (edition.pk, "edition")
    assert list(verify_all(stream=dossier.pk)) == []


@on_sqlite
def test_an_edition_that_lies_there_as_text_is_named(dossier: Dossier) -> None:
    """Nothing can read it any more, and what its rules decided can be told no more: that is one problem."""
    edition = Edition.objects.get(pk=dossier.edition_id)
    with protection.lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE engine_edition SET content = CAST(content AS text) WHERE hash = %s", [edition.pk]
        )
    compiled.cache_clear()
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (edition.pk, "edition")


def test_an_edition_that_was_edited_judges_nothing(world: World, dossier: Dossier) -> None:
    with protection.lifted(connection):
        Edition.objects.filter(pk=dossier.edition_id).update(content=b"{}")
    compiled.cache_clear()
    with pytest.raises(ValueError, match="is not what it was when it was stored"):
        world.perform(dossier, "submit")


def test_a_scheme_that_was_opened_under_another_edition_in_silence_is_named(
    world: World, dossier: Dossier
) -> None:
    scheme = Scheme.objects.get(pk="tiny")
    Scheme.objects.filter(pk="tiny").update(edition=world.dossier().edition)
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (scheme.stream, "scheme")
    assert list(verify_all(stream=scheme.stream)) == [problem]
    assert list(verify_all(stream=dossier.pk)) == []


def _key(dossier: Dossier) -> str:
    return dossier.pk.hex if connection.vendor == "sqlite" else str(dossier.pk)


def test_the_number_of_queries_does_not_grow(world: World, dossier: Dossier) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(verify_all())
        return len(captured)

    few = queries()
    for _ in range(8):
        world.dossier("checking", scheme="tiny")
    assert queries() == few


def test_verify_trail_counts_what_is_as_it_was_written(dossier: Dossier) -> None:
    code, printed = verify_trail()
    assert code == 0
    assert printed == (
        f"{Event.objects.count()} events in {Event.objects.filter(seq=1).count()} streams:"
        " all as they were written.\n"
    )


def test_verify_trail_names_the_first_problem_and_fails(dossier: Dossier) -> None:
    tamper(dossier, state="done")
    code, printed = verify_trail()
    assert code == 1
    assert printed == (
        f"stream {dossier.pk} event 4: state: it stands in 'done' and its trail says 'draft'\n"
    )


def test_verify_trail_looks_at_one_stream(world: World, dossier: Dossier) -> None:
    tamper(dossier, state="done")
    other = world.dossier("checking", scheme="tiny")
    assert verify_trail("--stream", str(other.pk))[0] == 0
    assert verify_trail("--stream", str(dossier.pk))[0] == 1


def test_verify_trail_reads_stored_files_where_it_is_asked_to(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("screening")
    paths = set(dossier.evidence.values_list("file", flat=True))
    assert verify_trail("--evidence")[1].endswith(
        f"all as they were written.\n{len(paths)} stored files read.\n"
    )
    stored = tmp_path / paths.pop()
    stored.write_bytes(stored.read_bytes()[::-1])
    assert verify_trail()[0] == 0
    code, printed = verify_trail("--evidence", "--stream", str(dossier.pk))
    assert code == 1
    assert f"stream {dossier.pk} event 0: evidence: file_changed: " in printed
    stored.unlink()
    assert "evidence: file_gone: " in verify_trail("--evidence")[1]


def test_stored_files_are_not_read_beside_a_bundle_or_a_replay(db: None) -> None:
    for beside, said in (
        ("--bundle=some.zip", "leave it out with --bundle"),
        ("--replay", "or --evidence out"),
    ):
        with pytest.raises(CommandError, match=said):
            verify_trail("--evidence", beside)


def test_verify_trail_as_json(dossier: Dossier) -> None:
    assert json.loads(verify_trail("--format", "json", "--stream", str(dossier.pk))[1]) == {
        "ok": True,
        "events": 4,
        "streams": 1,
        "files": 0,
        "losses": [],
        "problems": [],
        "missing_triggers": [],
    }
    tamper(dossier, state="done")
    code, printed = verify_trail("--format", "json")
    document = json.loads(printed)
    assert (code, document["ok"]) == (1, False)
    assert document["problems"] == [
        {
            "stream": str(dossier.pk),
            "seq": 4,
            "code": "state",
            "detail": "it stands in 'done' and its trail says 'draft'",
        }
    ]


def test_verify_trail_fails_where_a_trigger_is_missing(dossier: Dossier) -> None:
    with connection.cursor() as cursor:
        on = " ON trail_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER trail_event_no_delete{on}")
    code, printed = verify_trail()
    assert code == 1
    assert "trail_event_no_delete" in printed


BAD: dict[str, Callable[[], list[str]]] = {
    "no UUID": lambda: ["--stream", "IC-2026-0001"],
    "nobody's UUID": lambda: ["--stream", str(uuid4())],
    "an unknown format": lambda: ["--format", "xml"],
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD)
def test_verify_trail_refuses_bad_input_in_one_line(
    dossier: Dossier, arguments: Callable[[], list[str]]
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("verify_trail", *arguments())
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
