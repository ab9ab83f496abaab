"""A bundle of everything accounts for every event and every stream that was ever signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.bundle.verify_trail import Report
from accreditation_engine.trail.models import Event, Head, StreamHead
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.engine.replay.busy import busy
from tests.support.bundles import Files, checked, edited, files_in, files_of
from tests.support.world import World
from tests.trail.forging import execute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


def codes(report: Report) -> list[str]:
    return [each.code for each in report.problems]


def test_each_event_and_stream_of_the_site_is_in_it(world: World, tmp_path: Path) -> None:
    busy(world)
    path, output = tmp_path / "everything.zip", StringIO()
    call_command("bundle", "--everything", "--output", str(path), stdout=output)
    report = checked(files_in(path))
    assert [each.line("en") for each in report.problems] == []
    assert (report.events, report.streams) == (Event.objects.count(), Head.objects.count())
    assert "complete" in [code for code, _ in report.notes]
    assert f"streams: {report.streams}" in output.getvalue()


def test_the_command_takes_files_or_everything(world: World, tmp_path: Path) -> None:
    path = str(tmp_path / "bundle.zip")
    with pytest.raises(CommandError, match="--everything takes all"):
        call_command("bundle", "IC-2026-0001", "--everything", "--output", path)
    with pytest.raises(CommandError, match="no dossier is named"):
        call_command("bundle", "--output", path)


def test_a_bundle_of_some_says_how_much_it_does_not_hold(world: World) -> None:
    report = checked(files_of([world.dossier().pk]))
    (holds,) = (facts for code, facts in report.notes if code == "holds")
    assert report.ok
    assert (holds["streams"], holds["events"]) == (report.streams, report.events)
    assert (holds["all_streams"], holds["all_events"]) == (Head.objects.count(), Event.objects.count())


def forget(stream: UUID, *, whole: bool) -> None:
    """A stream, as if it had never been; `whole`: with the name that the tree keeps of it."""
    for table in ("trail_event", "trail_text", "trail_head", *(["trail_streamhead"] if whole else [])):
        execute(f"DELETE FROM {table} WHERE stream = %s", stream)  # noqa: S608


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("what", ["finding", "person"])
def test_a_stream_that_was_deleted_is_missed_by_every_bundle(world: World, what: str, whole: bool) -> None:
    """Of a file that has nothing to do with it, too: the site has lost what it had signed."""
    dossier, other = world.dossier("correcting"), world.dossier()
    make_checkpoint()
    finding = Finding.objects.filter(dossier=dossier)[0].pk
    with lifted(connection):
        forget(finding if what == "finding" else world.applicant.pk, whole=whole)
        execute("DELETE FROM reviews_finding WHERE id = %s", finding if what == "finding" else other.pk)
        assert codes(checked(files_of([other.pk], without_checkpoint=True))) == ["lost"]
        everything = codes(checked(files_of(None, without_checkpoint=True)))
    assert {"lost", "not_everything"} <= set(everything)


def test_events_that_were_deleted_are_missed_though_their_stream_is_left(world: World) -> None:
    dossier = world.dossier()
    make_checkpoint()
    with lifted(connection):
        assert execute("DELETE FROM trail_event WHERE stream = %s AND seq = 1", world.applicant.pk)
        assert codes(checked(files_of([dossier.pk], without_checkpoint=True))) == ["lost"]


def stream_left_out(files: Files) -> None:
    """Of somebody, with what proves where it ends."""
    proofs = json.loads(files["proofs.json"])
    dossiers = {str(each) for each in Dossier.objects.values_list("pk", flat=True)}
    name = next(each for each in sorted(proofs["ends"]) if each not in dossiers)
    del files[f"events/{name}.jsonl"], files[f"texts/{name}.jsonl"], proofs["ends"][name]
    files["proofs.json"] = json.dumps(proofs).encode()


def line_left_out(files: Files) -> None:
    name = max((each for each in files if each.startswith("events/")), key=lambda each: len(files[each]))
    files[name] = b"".join(files[name].splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("edit", [stream_left_out, line_left_out])
def test_what_was_left_out_of_a_bundle_of_everything_is_missed(
    world: World, edit: Callable[[Files], None]
) -> None:
    world.dossier()
    whole = files_of(None)
    assert codes(checked(whole)) == []
    assert "not_everything" in codes(checked(edited(whole, edit)))


def test_a_tree_of_fewer_streams_does_not_continue_one_of_more(world: World) -> None:
    """Whoever makes the site sign a tree without a stream is found by the checkpoint before."""
    dossier = world.dossier("correcting")
    make_checkpoint()
    last = StreamHead.objects.order_by("-leaf")[0]
    world.perform(dossier, "refer")
    with lifted(connection):
        forget(last.stream, whole=True)
        execute("UPDATE trail_tree SET streams = streams - 1")
        found = codes(checked(files_of([dossier.pk], without_checkpoint=True)))
    assert "fewer_streams" in found


def test_a_trail_in_which_nothing_has_happened_can_be_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "everything.zip"
    call_command("bundle", "--everything", "--output", str(path), stdout=StringIO())
    report = checked(files_in(path))
    assert [each.line("en") for each in report.problems] == []
