"""Whoever edits the zip and makes its manifest fit again is found, whatever they edit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.trail.bundle.verify_trail import Trusted, check_at
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.engine.replay.busy import busy
from tests.support.bundles import Files, checked, edited, files_of, objects, write_files, write_objects
from tests.support.forgeries import EDITS as COMMON
from tests.support.world import World

# What is edited is the zip: how one is made of either database, the neighbours try.
pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database]

Edit = Callable[[Files], Any]


@pytest.fixture
def whole(world: World, settings: Any, tmp_path: Path) -> Files:
    """A bundle with a row of every kind in it, among others of a file that was certified and one that was
    returned."""
    settings.KEYS_DIR = tmp_path / "keys"
    busy(world)
    make_checkpoint()
    world.dossier("returned")
    files = files_of(Dossier.objects.values_list("pk", flat=True))
    empty = [name for name, content in files.items() if name.startswith("rows/") and not content]
    assert empty == []
    return files


def in_rows(name: str, change: Callable[[list[Any]], Any]) -> Edit:
    def edit(files: Files) -> None:
        found = objects(files, name)
        result = change(found)
        write_objects(files, name, found if result is None else result)

    return edit


def without(*starts: str) -> Edit:
    def edit(files: Files) -> None:
        for name in [each for each in files if each.startswith(starts)]:
            del files[name]

    return edit


def in_manifest(**values: Any) -> Edit:
    def edit(files: Files) -> None:
        files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **values}).encode()

    return edit


def of_subjects(kind: str, **values: Any) -> Edit:
    def change(found: list[Any]) -> None:
        for each in found:
            if each["kind"] == kind:
                each["row"].update(values)

    return in_rows("subjects.jsonl", change)


def doubled(name: str, **values: Any) -> Edit:
    """Its first line once more, before all others, with other values."""
    return in_rows(name, lambda found: [{**found[0], **values}, *found])


def first_events(files: Files) -> str:
    return next(name for name in sorted(files) if name.startswith("events/") and files[name].count(b"\n") > 3)


def in_an_event(change: Callable[[dict[str, Any]], Any]) -> Edit:
    def edit(files: Files) -> None:
        name = first_events(files)
        found = objects(files, name)
        change(found[2])
        write_objects(files, name, found)

    return edit


def a_name_twice(files: Files) -> None:
    name = first_events(files)
    files[name] = files[name].replace(b'"role":"', b'"role":"coordinator","role":"', 1)


def stray(name: str, content: bytes = b"") -> Edit:
    return lambda files: files.update({name: content})


def in_proofs(change: Callable[[dict[str, Any]], Any]) -> Edit:
    def edit(files: Files) -> None:
        found = json.loads(files["proofs.json"])
        change(found)
        files["proofs.json"] = json.dumps(found).encode()

    return edit


def an_earlier_checkpoint(files: Files) -> None:
    del files[next(name for name in sorted(files) if name.startswith("checkpoints/"))]


def a_checkpoint_renamed(files: Files) -> None:
    name = next(name for name in sorted(files) if name.startswith("checkpoints/"))
    files["checkpoints/000000000001.txt"] = files.pop(name)


def without_rubrics(files: Files) -> None:
    for name in [each for each in files if each.startswith("editions/")]:
        if "rubric" in json.loads(files[name]):
            del files[name]


EDITS: dict[str, Edit] = {
    **COMMON,
    "a certificate's outcome": of_subjects("certificate", outcome="platinum"),
    "a certificate's days and number": of_subjects(
        "certificate", valid_until="2099-01-01", number="C-XX", issued_on="2000-01-01"
    ),
    "what a certificate covers": of_subjects("certificate", scope_en="Everything"),
    "which paper a certificate needs": of_subjects("certificate", paper_due=2),
    "what a file asks its certificate to cover": of_subjects("dossier", scope_ar="كل شيء"),
    "whom a certificate certifies": of_subjects("certificate", holder_en="Crooks Ltd"),
    "a certificate's areas": of_subjects("certificate", areas=[]),
    "when a certificate expires": of_subjects("certificate", deadline_at="2099-11-26T21:59:59.999999Z"),
    "a file's number": of_subjects("dossier", number="IC-1999-0001"),
    "a file's scheme": of_subjects("dossier", scheme="another"),
    "when a file was opened": of_subjects("dossier", opened_at="2000-01-01T00:00:00.000000Z"),
    "that the code was accepted": of_subjects("dossier", code_accepted_at=None),
    "a column that no site writes": of_subjects("dossier", verdict="gold"),
    "a subject twice": in_rows("subjects.jsonl", lambda found: found + found),
    "a subject of another kind": in_rows("subjects.jsonl", lambda found: [{**found[0], "kind": "dossier"}]),
    "an answer twice": doubled("rows/answers.jsonl", rating="0"),
    "a vote twice": doubled("rows/votes.jsonl", choice="refuse"),
    "a row twice as it is": doubled("rows/agreed.jsonl"),
    "a row left out": in_rows("rows/consents.jsonl", lambda found: found[1:]),
    "a row put in": in_rows("rows/ballots.jsonl", lambda found: [*found, {**found[0], "number": 7}]),
    "no rows at all": without("rows/"),
    "no ratings": without("rows/ratings.jsonl"),
    "no subjects": without("subjects.jsonl"),
    "no names": without("names.jsonl"),
    "no erasures": without("erasures.jsonl"),
    "no keys": without("keys.txt"),
    "no proofs": without("proofs.json"),
    "no texts": without("texts/"),
    "no rubrics": without_rubrics,
    "nothing but the manifest": without("R", "c", "e", "k", "n", "p", "r", "s", "t", "v"),
    "a file that no bundle has": lambda files: files.update({"rows/verdicts.jsonl": b"{}\n"}),
    "when the bundle was made": in_manifest(made_at="2000-01-01T00:00:00Z"),
    "where the bundle is from": in_manifest(origin="evil.example/trail"),
    "the size in the manifest": in_manifest(checkpoint=3),
    "the files in the manifest": in_manifest(dossiers=["8b6f5a5e-2c94-4f6b-9c39-222222222222"]),
    "a column beside an event": in_an_event(lambda line: line["columns"].update(verdict="forged")),
    "something beside an event": in_an_event(lambda line: line.update(verdict="forged")),
    "a name in JSON twice": a_name_twice,
    "a page beside checkpoints": stray("checkpoints/notes.html", b"<b>all fine</b>"),
    "rules of which nothing speaks": stray(f"editions/{sha256(b'{}').hexdigest()}.json", b"{}"),
    "a note beside the rules": stray("editions/readme.txt", b"hello"),
    "texts of no stream": stray("texts/00000000-0000-0000-0000-000000000000.jsonl"),
    "something beside events": stray("events/notes.txt", b"hello"),
    "an earlier checkpoint left out": an_earlier_checkpoint,
    "an earlier checkpoint renamed": a_checkpoint_renamed,
    "the format as text": in_manifest(format="2"),
    "no format": in_manifest(format=None),
    "everything as nothing": in_manifest(everything=None),
    "a file named twice": lambda files: in_manifest(
        dossiers=json.loads(files["manifest.json"])["dossiers"] * 2
    )(files),
    "losses that say nothing": in_proofs(lambda proofs: proofs.update(lost={"events": 0})),
    "a proof of something else": in_proofs(lambda proofs: proofs.update(verdict="gold")),
    "which checkpoint proofs are of": in_proofs(lambda proofs: proofs["consistency"][0].update(second=9)),
    "who filed a file": in_rows("rows/evidence.jsonl", lambda found: found[0].update(filed_by_id=None)),
    "a name put in": in_rows("names.jsonl", lambda found: [*found, {**found[0], "digest": "0" * 64}]),
    "a name twice": in_rows("names.jsonl", lambda found: found + found[:1]),
    "a name left out": in_rows("names.jsonl", lambda found: found[:-1]),
}


def test_every_edit_is_found(whole: Files) -> None:
    assert [each.line("en") for each in checked(edited(whole, lambda files: None)).problems] == []
    missed = [name for name, edit in EDITS.items() if checked(edited(whole, edit)).ok]
    assert missed == []


Place = tuple[str, int, str]
"""A file, a line counted from 0, and a column."""

NAMED_ELSEWHERE = "rows/stored_files.jsonl"
"""What is wrong with a stored file is named where it was filed."""
ELSEWHERE = {"row_twice", "subject_gone"}
"""Where a key was changed, the line that has the same now, or the events that speak of it, are named beside."""


def values_in(files: Files) -> Iterator[list[Place]]:
    """Where values stand in subjects and rows: of each kind of line the first three. Of each kind one at a time,
    so that the others bear witness that nothing is named but what was changed."""
    kinds: dict[Any, list[Any]] = {}
    for name in sorted(files):
        if name == "subjects.jsonl" or name.startswith("rows/"):
            for number, each in enumerate(objects(files, name)):
                kinds.setdefault((name, each.get("kind")), []).append((number, each.get("row", each)))
    columns = {
        kind: [(kind[0], number, column) for number, row in lines[:3] for column in row]
        for kind, lines in kinds.items()
    }
    for place in columns.pop((NAMED_ELSEWHERE, None)):
        yield [place]
    for turn in zip_longest(*columns.values()):
        yield [place for place in turn if place]


def with_others(files: Files, places: list[Place]) -> Files:
    def edit(files: Files) -> None:
        for name in {name for name, _, _ in places}:
            found = objects(files, name)
            for _, number, column in [each for each in places if each[0] == name]:
                row = found[number].get("row", found[number])
                row[column] = another(row[column])
            write_objects(files, name, found)

    return edited(files, edit)


def another(value: Any) -> Any:
    """A value that might stand there as well, and does not."""
    if value is None:
        return "2001-01-01T00:00:00.000000Z"
    if isinstance(value, str):
        return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}" if value[:2] != "20" else f"19{value[2:]}"
    return [*value, "x"] if isinstance(value, list) else value + 1


def test_every_value_is_compared_or_said_to_be_unproved(whole: Files) -> None:
    """Whatever a column holds, in every kind of row: another value there is found, in its line, or the report
    lists the column among those that nothing proves."""
    missed, astray = [], []
    for places in values_in(whole):
        report = checked(with_others(whole, places))
        changed = {(name, number + 1) for name, number, _ in places}
        named = {(each.file, each.seq): each.code for each in report.problems if each.code not in ELSEWHERE}
        if [name for name, _, _ in places] == [NAMED_ELSEWHERE]:
            found = not report.ok or (places[0][0], places[0][2]) in report.unproved
            missed += [] if found else places
        else:
            missed += [each for each in places if (each[0], each[1] + 1) not in named]
            astray += [named[each] for each in named if each[1] and each not in changed]
    assert missed == []
    assert astray == []
    assert set(checked(whole).unproved) <= {("rows/stored_files.jsonl", "sha256"), ("proofs.json", "lost")}


def test_two_values_that_are_written_alike_are_told_apart(whole: Files) -> None:
    size = json.loads(whole["manifest.json"])["checkpoint"]
    (found,) = checked(edited(whole, in_manifest(checkpoint=str(size)))).problems
    assert found.what("en").endswith("(text instead of a whole number)")
    assert found.what("ar").endswith("(نص بدلا من عدد صحيح)")


def test_an_entry_of_the_zip_that_looks_like_a_folder_is_read_like_any_other(
    whole: Files, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.zip"
    write_files(path, {"rows/": b"", **whole})
    assert check_at(path, Trusted()).ok
    for name, content in (("secret/", b"hidden"), ("secret/", b""), ("rows/", b"hidden")):
        write_files(path, {name: content, **whole})
        assert [each.file for each in check_at(path, Trusted()).problems] == [name] * 2
