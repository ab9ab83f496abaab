"""Taking dossiers along as a bundle: the command, and what lies in the zip."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.dossiers.typed import by_rubric
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.bundles.making import make_bundle
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.reviews.models import Finding, Rating
from accreditation_engine.trail.append import append
from accreditation_engine.trail.bundle.verify_trail import Report, as_text, check_at, trust
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.erasure import erase_comment, erase_name
from accreditation_engine.trail.models import Checkpoint, Event, Key, Text
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.keys import key_file
from tests.engine.replay.busy import reconciled
from tests.support.world import TINY, World
from tests.trail.forging import on_sqlite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


@pytest.fixture
def dossier(world: World) -> Dossier:
    world.scheme(TINY)
    dossier = world.dossier("checking", scheme="tiny")
    world.perform(dossier, "send_back", comment="ينقصه شيء")
    return dossier


def run(*arguments: str) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command(*arguments, stdout=output, stderr=output)
    except SystemExit as end:
        return int(end.code or 0), output.getvalue()
    return 0, output.getvalue()


def checked(path: Path, **brought: Any) -> Report:
    return check_at(path, trust(brought.get("keys", []), brought.get("checkpoint"), None))


def bundle(path: Path, *dossiers: Dossier, **asked: Any) -> Path:
    with path.open("wb") as file:
        make_bundle([each.pk for each in dossiers], file, **asked)
    return path


def lines(path: Path, name: str) -> list[Any]:
    with zipfile.ZipFile(path) as whole:
        return [json.loads(line) for line in whole.read(name).splitlines()]


def test_a_bundle_is_written_and_found_right(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    code, said = run("bundle", dossier.number, "--output", str(path))
    assert (code, "Events: 5; streams: 3" in said) == (0, True)  # of the organisation and the key, too
    assert run("verify_trail", "--bundle", str(path))[0] == 0
    code, said = run("verify_trail", "--bundle", str(path), "--format", "json")
    found = json.loads(said)
    assert (code, found["ok"], found["events"], found["problems"]) == (0, True, 5, [])
    assert [each.name for each in tmp_path.iterdir() if each.name != "keys"] == ["bundle.zip"]


def test_everything_is_said_in_arabic_where_that_is_asked_for(dossier: Dossier, tmp_path: Path) -> None:
    path = str(tmp_path / "bundle.zip")
    assert "الوقائع: 5" in run("bundle", dossier.number, "--output", path, "--language", "ar")[1]
    assert "سليمة" in run("verify_trail", "--bundle", path, "--language", "ar")[1]
    with pytest.raises(CommandError, match="لا يوجد ملف اعتماد"):
        call_command("bundle", "IC-1999-0001", "--output", path, "--language", "ar")
    with pytest.raises(CommandError, match="المطلوب الملف المضغوط"):
        call_command("verify_trail", "--bundle", f"{path}x", "--language", "ar")


def test_a_bundle_that_is_wrong_is_named_by_the_command(dossier: Dossier, tmp_path: Path) -> None:
    make_checkpoint()
    with lifted(connection):
        Event.objects.filter(stream=dossier.pk, seq=2).update(role="coach")
    path = bundle(tmp_path / "bundle.zip", dossier)
    code, said = run("verify_trail", "--bundle", str(path))
    assert (code, f"events/{dossier.pk}.jsonl#2: the database shows" in said) == (1, True)
    with pytest.raises(CommandError, match="give the zip"):
        call_command("verify_trail", "--bundle", str(tmp_path / "nowhere.zip"))


def test_a_dossier_is_asked_for_by_number_or_uuid(dossier: Dossier, tmp_path: Path) -> None:
    path = str(tmp_path / "bundle.zip")
    assert run("bundle", str(dossier.pk), "--output", path)[0] == 0
    for unknown in ("IC-1999-0001", "8b6f5a5e-2c94-4f6b-9c39-222222222222"):
        with pytest.raises(CommandError, match="there is no dossier"):
            call_command("bundle", unknown, "--output", path)


def test_a_place_where_nothing_can_be_written_is_refused(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("bundle", dossier.number, "--output", str(tmp_path / "no" / "where.zip"))
    (tmp_path / "taken").mkdir()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("bundle", dossier.number, "--output", str(tmp_path / "taken"))
    assert {each.name for each in tmp_path.iterdir()} <= {"taken", "keys"}


def test_a_sample_holds_every_dossier_with_its_findings_and_certificates(
    world: World, tmp_path: Path
) -> None:
    dossiers = [world.dossier("certified"), world.dossier("correcting")]
    path = bundle(tmp_path / "sample.zip", *dossiers)
    streams = {str(each.pk) for each in dossiers}
    streams |= {str(each) for each in Finding.objects.values_list("pk", flat=True)}
    streams |= {str(each.pk) for each in dossiers[0].certificates.all()}
    streams |= {str(each.pk) for each in dossiers[0].upkeep.all()}
    streams |= {str(each.pk) for each in Key.objects.all()}
    streams |= {str(each.organisation_id) for each in dossiers}
    with zipfile.ZipFile(path) as whole:
        files = [name for name in whole.namelist() if name.startswith("events/")]
    assert {Path(each).stem for each in files} == streams
    assert checked(path).ok


def test_columns_and_bodies_are_in_it_as_they_lie(dossier: Dossier, tmp_path: Path) -> None:
    path = bundle(tmp_path / "bundle.zip", dossier)
    events = list(Event.objects.filter(stream=dossier.pk).order_by("seq"))
    written = [each["columns"] for each in lines(path, f"events/{dossier.pk}.jsonl")]
    assert [each["body"].encode() for each in written] == [bytes(each.body) for each in events]
    assert [each["hash"] for each in written] == [each.hash for each in events]
    assert [each["at"] for each in written] == [each.content["at"] for each in events]
    (text,) = lines(path, f"texts/{dossier.pk}.jsonl")
    assert (text["text"], text["seq"]) == ("ينقصه شيء", 3)


def test_the_same_content_makes_the_same_bytes(dossier: Dossier, tmp_path: Path) -> None:
    make_checkpoint()
    first, second = (bundle(tmp_path / name, dossier).read_bytes() for name in ("1.zip", "2.zip"))
    assert first == second


def test_it_continues_a_checkpoint_that_was_kept(world: World, dossier: Dossier, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(make_checkpoint().note)
    world.perform(dossier, "remark")
    path = tmp_path / "bundle.zip"
    code, _ = run("bundle", dossier.number, "--output", str(path), "--against", str(kept))
    report = checked(path, checkpoint=str(kept))
    assert (code, report.ok) == (0, True)
    assert "continues" in [name for name, _ in report.notes]
    with pytest.raises(CommandError, match="is no checkpoint"):
        call_command("bundle", dossier.number, "--output", str(path), "--against", str(path))


def test_many_checkpoints_later_a_kept_one_is_proved_where_it_is_asked_for(
    world: World, dossier: Dossier, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    first = make_checkpoint()
    for _ in range(60):
        world.perform(dossier, "remark")
        last = make_checkpoint()
    dropped = Checkpoint.objects.order_by("size")[1]
    kept.write_text(dropped.note)
    without = checked(bundle(tmp_path / "without.zip", dossier), checkpoint=str(kept))
    assert [each.code for each in without.problems] == ["no_consistency"]
    assert checked(bundle(tmp_path / "with.zip", dossier, against=dropped.size), checkpoint=str(kept)).ok
    with zipfile.ZipFile(tmp_path / "with.zip") as whole:
        sizes = [int(Path(name).stem) for name in whole.namelist() if name.startswith("checkpoints/")]
    assert first.size in sizes
    assert len(sizes) <= 50
    assert last.size not in sizes


def test_a_key_that_the_auditor_trusts_must_have_signed(dossier: Dossier, tmp_path: Path) -> None:
    path = bundle(tmp_path / "bundle.zip", dossier)
    with zipfile.ZipFile(path) as whole:
        (tmp_path / "key.txt").write_bytes(whole.read("keys.txt"))
    report = checked(path, keys=[str(tmp_path / "key.txt")])
    assert (report.ok, "own_keys" in [name for name, _ in report.notes]) == (True, False)
    another = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert [each.code for each in checked(path, keys=[another]).problems] == ["unknown_signer"]


def test_a_broken_trail_is_told_and_its_evidence_can_be_had_all_the_same(
    world: World, dossier: Dossier, tmp_path: Path
) -> None:
    make_checkpoint()
    world.perform(dossier, "remark")
    with lifted(connection):
        Event.objects.filter(stream=dossier.pk, seq=4).update(body=b"{}")
    path = tmp_path / "bundle.zip"
    code, said = run("bundle", dossier.number, "--output", str(path))
    assert (code, "--without-checkpoint" in said, path.exists()) == (1, True, False)
    code, said = run("bundle", dossier.number, "--output", str(path), "--without-checkpoint")
    assert (code, "does not continue" in said) == (0, True)
    report = checked(path)
    assert {"edited", "uncovered"} <= {each.code for each in report.problems}
    assert "not_made" in [name for name, _ in report.notes]


def test_without_its_key_the_site_says_so(dossier: Dossier, tmp_path: Path) -> None:
    key_file(make_checkpoint().key).unlink()
    code, said = run("bundle", dossier.number, "--output", str(tmp_path / "bundle.zip"))
    assert (code, "put it back from the backup" in said) == (1, True)


def test_a_dossier_whose_row_is_gone_can_still_be_had(dossier: Dossier, tmp_path: Path) -> None:
    with lifted(connection):
        Dossier.objects.filter(pk=dossier.pk).delete()
    path = tmp_path / "bundle.zip"
    assert run("bundle", str(dossier.pk), "--output", str(path))[0] == 0
    assert [each.code for each in checked(path).problems] == ["subject_gone"]


def test_a_finding_whose_row_is_gone_is_missed(world: World, tmp_path: Path) -> None:
    dossier = world.dossier("correcting")
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reviews_finding")
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert problems
    assert {each.code for each in problems} == {"subject_gone"}


@on_sqlite
@pytest.mark.parametrize("value", ["no number", b"\xff\xfe"])
def test_what_no_column_should_hold_reaches_the_auditor(dossier: Dossier, tmp_path: Path, value: Any) -> None:
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET state_seq = %s", [value])
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [each.code for each in problems] == ["state"]


def test_what_was_erased_by_law_is_told_and_is_no_problem(
    world: World, dossier: Dossier, tmp_path: Path
) -> None:
    """What, when, by whom and in which role, and which event of which stream says so."""
    administrator = world.person("administrator")
    by = {"actor": administrator.acting, "role": "administrator", "reason": "حكم محكمة"}
    erase_comment(stream=dossier.pk, seq=3, **by)
    erase_name(digest=Event.objects.get(stream=dossier.pk, seq=1).content["actor"]["name_digest"], **by)
    report = checked(bundle(tmp_path / "bundle.zip", dossier))
    assert [each.line("en") for each in report.problems] == []
    comment, name = (facts for code, facts in report.notes if code == "erased")
    assert comment["where"] == f"texts/{dossier.pk}.jsonl#3"
    assert (comment["seq"], comment["stream"]) == (4, str(dossier.pk))
    assert (comment["by"], comment["role"]) == (administrator.name, "administrator")
    event = Event.objects.get(stream=world.applicant.pk, kind="erased")
    assert (name["seq"], name["stream"]) == (event.seq, str(event.stream))
    assert name["at"] == event.at.strftime("%Y-%m-%d %H:%M:%S UTC")
    (line,) = (
        number
        for number, each in enumerate(lines(tmp_path / "bundle.zip", "names.jsonl"))
        if not each["name"]
    )
    assert name["where"] == f"names.jsonl#{line + 1}"
    said = as_text(report, "en")
    assert (
        f"a name was erased on {name['at']} by {administrator.name} (administrator); event {event.seq} of"
        in said
    )


def dossier_actor(dossier: Dossier) -> Actor:
    """Whoever sent it back."""
    said = Event.objects.get(stream=dossier.pk, seq=3).content["actor"]
    return Actor(UUID(said["id"]), said["name_digest"])


@pytest.mark.parametrize(("table", "column"), [("trail_text", "text"), ("trail_name", "name")])
def test_what_went_without_an_event_is_a_problem(
    dossier: Dossier, tmp_path: Path, table: str, column: str
) -> None:
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = NULL")  # noqa: S608
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert {each.code for each in problems} == {"erased_unexplained"}


def test_an_erasure_that_is_not_in_the_signed_tree_explains_nothing(dossier: Dossier, tmp_path: Path) -> None:
    digest = Event.objects.get(stream=dossier.pk, seq=1).content["actor"]["name_digest"]
    erase_name(digest=digest, actor=dossier_actor(dossier), role="administrator", reason="حكم محكمة")
    make_checkpoint()
    event = Event.objects.get(kind="erased")
    with lifted(connection):
        body = bytes(event.body).replace(b"administrator", b"administratix")
        Event.objects.filter(pk=event.pk).update(body=body)
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [each.code for each in problems] == ["not_included", "erased_unexplained"]


def test_note_of_a_reviewer_does_not_leave_the_site_and_is_compared_all_the_same(
    world: World, tmp_path: Path
) -> None:
    dossier = reconciled(world)
    noted = Rating.objects.filter(assignment__dossier=dossier).exclude(note="")
    rating = noted[0]
    before = bundle(tmp_path / "before.zip", dossier)
    assert checked(before).problems == []
    with zipfile.ZipFile(before) as packed:
        kept = b"".join(packed.read(each) for each in packed.namelist()).decode()
    assert not any(word in kept for word in (rating.note, json.dumps(rating.note)[1:-1], rating.note_salt))
    Rating.objects.filter(pk=rating.pk).update(note="Something else.")
    problems = checked(bundle(tmp_path / "after.zip", dossier)).problems
    assert [(each.code, each.facts["column"]) for each in problems] == [("row", "note")]


def erase(world: World, dossier: Dossier, what: str) -> list[Event]:
    keys = [each.key for each in pieces_in_file(dossier.pk) if each.what == what]
    by = world.person("administrator")
    return erase_in_file(dossier=dossier, keys=keys, reason="حكم محكمة", basis="القانون", by=by)


@pytest.mark.parametrize("what", ["narrative", "note", "file_name", "file"])
def test_everything_that_can_be_erased_of_a_file_is_told_when_it_is(
    world: World, tmp_path: Path, what: str
) -> None:
    dossier = reconciled(world) if what == "note" else world.dossier("screening")
    events = erase(world, dossier, what)
    report = checked(bundle(tmp_path / "bundle.zip", dossier))
    assert [each.line("en") for each in report.problems] == []
    told = [(facts["what"], facts["seq"]) for code, facts in report.notes if code == "erased"]
    assert told == [(what, each.seq) for each in events] != []


@pytest.mark.parametrize(
    ("table", "column", "mark"),
    [
        ("dossiers_answer", "narrative", "narrative_erased_at"),
        ("dossiers_evidence", "name", "name_erased_at"),
        ("dossiers_evidence", None, "content_erased_at"),
    ],
)
def test_a_mark_of_an_erasure_that_no_event_tells_of_is_found(
    world: World, tmp_path: Path, table: str, column: str | None, mark: str
) -> None:
    dossier = world.dossier("screening")
    text = f", {column} = ''" if column else ""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {mark} = '2026-11-26 09:00:00Z'{text}")  # noqa: S608
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert {each.code for each in problems} <= {"row", "row_text"}
    assert mark in {each.facts["column"] for each in problems}


def test_a_file_that_is_gone_is_missed(world: World, tmp_path: Path) -> None:
    dossier = world.dossier("screening")
    row = dossier.evidence.all()[0]
    with default_storage.open(row.file.name) as file:
        content = file.read()
    default_storage.delete(row.file.name)
    try:
        gone = checked(bundle(tmp_path / "gone.zip", dossier))
    finally:
        default_storage.save(row.file.name, ContentFile(content))
    assert {each.code for each in gone.problems} == {"no_file_of_evidence"}


def test_what_was_put_back_after_it_was_erased_is_found(
    world: World, dossier: Dossier, tmp_path: Path
) -> None:
    text = Text.objects.get(stream=dossier.pk, seq=3)
    by = world.person("administrator").acting
    erase_comment(stream=dossier.pk, seq=3, actor=by, role="administrator", reason="حكم محكمة")
    with lifted(connection):
        Text.objects.filter(pk=text.pk).update(text=text.text, salt=text.salt)
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [each.code for each in problems] == ["not_erased"]


@on_sqlite
def test_an_edition_that_was_edited_reaches_the_auditor(dossier: Dossier, tmp_path: Path) -> None:
    """As text, where bytes belong: nothing can read it, and the bundle is made all the same."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE engine_edition SET content = replace(CAST(content AS text), 'P30D', 'P9Y')")
    path = tmp_path / "bundle.zip"
    assert run("bundle", dossier.number, "--output", str(path))[0] == 0
    problems = checked(path).problems
    assert {(each.code, each.file) for each in problems} == {
        ("edition", f"editions/{dossier.edition_id}.json")
    }


@on_sqlite
def test_bytes_where_text_belongs_are_found(dossier: Dossier, tmp_path: Path) -> None:
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET state = CAST(state AS blob)")
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [(each.code, each.facts["column"]) for each in problems] == [("state", "state")]


def test_answers_from_before_their_narratives_were_told_are_unproved_until_they_are_judged(
    world: World, tmp_path: Path
) -> None:
    """What was submitted has the digest of all answers, so an edit is found there."""
    dossier = answered_before_narratives_were_told(world)
    count = dossier.answers.count()
    draft = checked(bundle(tmp_path / "draft.zip", dossier))
    assert (draft.ok, draft.unproved["rows/answers.jsonl", "narrative"]) == (True, count)
    assert f"rows/answers.jsonl, narrative (rows: {count})" in as_text(draft, "en")
    world.take_to(dossier, "screening")
    submitted = checked(bundle(tmp_path / "submitted.zip", dossier))
    assert (submitted.ok, submitted.unproved["rows/answers.jsonl", "narrative"]) == (True, count)
    dossier.answers.filter(criterion="integrity-1").update(narrative="غيره")
    problems = checked(bundle(tmp_path / "edited.zip", dossier)).problems
    assert [each.code for each in problems] == ["judged"]


def answered_before_narratives_were_told(world: World) -> Dossier:
    """A draft with all answers, and an event as it was written before it told the digests of narratives."""
    like, dossier = world.dossier("screening"), world.dossier("draft")
    event = append(Entry(dossier.pk, "answers_saved", data={"answers": ratings_in(like)}))
    Answer.objects.bulk_create(
        Answer(
            dossier=dossier,
            rubric=each.rubric,
            criterion=each.criterion,
            rating=each.rating,
            narrative=each.narrative,
            updated_at=event.at,
        )
        for each in like.answers.all()
    )
    return dossier


def ratings_in(dossier: Dossier) -> dict[str, dict[str, str]]:
    return by_rubric({(each.rubric, each.criterion): each.rating for each in dossier.answers.all()})


def test_a_bundle_that_breaks_off_leaves_nothing_behind(dossier: Dossier, tmp_path: Path) -> None:
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE decisions_vote RENAME TO decisions_gone")
    with pytest.raises(DatabaseError):
        call_command("bundle", dossier.number, "--output", str(tmp_path / "bundle.zip"))
    assert {each.name for each in tmp_path.iterdir()} == {"keys"}


def test_it_says_whose_a_file_is_and_to_whom_a_certificate_was_issued(world: World, tmp_path: Path) -> None:
    """By the names that events tell: the holder's as of the issue, the organisation's as of today."""
    dossier = world.dossier("certified")
    before = dossier.organisation.name_en
    change_organisation(organisation=dossier.organisation, by=SYSTEM, name_en="Another Name")
    report = checked(bundle(tmp_path / "bundle.zip", dossier))
    assert [each.line("en") for each in report.problems] == []
    (file,) = (facts for code, facts in report.notes if code == "file")
    (certificate,) = (facts for code, facts in report.notes if code == "certificate")
    assert (file["number"], file["name_en"]) == (dossier.number, "Another Name")
    assert (certificate["holder_en"], certificate["state"]) == (before, "active")
    assert f"was issued to {before} (" in as_text(report, "en")


def test_an_organisation_that_was_renamed_past_the_trail_is_found(world: World, tmp_path: Path) -> None:
    dossier = world.dossier()
    with lifted(connection):
        Organisation.objects.filter(pk=dossier.organisation_id).update(name_en="Crooks Ltd")
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [(each.code, each.facts["column"]) for each in problems] == [("row", "name_en")]


def test_a_file_that_was_given_to_another_organisation_is_found(world: World, tmp_path: Path) -> None:
    dossier, another = world.dossier(), world.organisation()
    with lifted(connection):
        Dossier.objects.filter(pk=dossier.pk).update(organisation=another)
    problems = checked(bundle(tmp_path / "bundle.zip", dossier)).problems
    assert [each.code for each in problems] == ["opening", "row_added"]
