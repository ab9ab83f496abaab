"""The same forgeries on a rival's log, by raw SQL with every trigger off.

A way that a rival has nothing for (it keeps no hash, no checkpoint, no rules as data) is not among its ways.
"""

# ruff: noqa: S608 - the SQL is of our own making
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.trail.forging import execute, query

from .rivals import Rival, Said


@dataclass(frozen=True)
class Scene:
    """A rival with two files, what its log says of the first, and somebody who did nothing."""

    rival: Rival
    file: Any
    other: Any
    stranger: Any
    stored: Path

    @property
    def said(self) -> list[Said]:
        return self.rival.said(self.file)


def edit(scene: Scene) -> None:
    assert scene.rival.change_state(scene.said[2].id, "returned")


def delete(scene: Scene) -> None:
    assert _delete(scene, scene.said[2].id)


def delete_and_mend(scene: Scene) -> None:
    delete(scene)
    _mend(scene)


def insert(scene: Scene) -> None:
    """Between the second and the third entry, all ids behind it moved on."""
    rival, third = scene.rival, scene.said[2].id
    for each in sorted(_ids(scene, third), reverse=True):
        execute(f"UPDATE {rival.table} SET {rival.key} = %s WHERE {rival.key} = %s", each + 100_000, each)
    _copy(scene, third + 100_000, third, scene.file.pk)
    rival.change_state(third, "returned")
    _mend(scene)


def add(scene: Scene) -> None:
    """A step more at the end, and the state with it: as the product itself would write it."""
    last = scene.said[-1]
    _copy(scene, last.id, last.id + 100_000, scene.file.pk)
    scene.rival.change_state(last.id + 100_000, "withdrawn")
    scene.rival.change_source(last.id + 100_000, last.target)
    scene.rival.forged_file(scene.file, state="withdrawn")


def swap(scene: Scene) -> None:
    rival, (first, second) = scene.rival, (each.id for each in scene.said[1:3])
    for old, new in ((first, 900_000), (second, first), (900_000, second)):
        assert execute(f"UPDATE {rival.table} SET {rival.key} = %s WHERE {rival.key} = %s", new, old)


def swap_and_mend(scene: Scene) -> None:
    """The two change their contents, and times and sources go along."""
    first, second = scene.said[1:3]
    scene.rival.change_state(first.id, second.target)
    scene.rival.change_state(second.id, first.target)
    _mend(scene)


def cut(scene: Scene) -> None:
    _delete(scene, scene.said[-1].id)
    scene.rival.forged_file(scene.file, state=scene.said[-1].target)


def rewrite(scene: Scene) -> None:
    """Another story throughout: every state but the first and the last bears another name."""
    for each in scene.said[1:-1]:
        scene.rival.change_state(each.id, f"x{each.target}")
    _mend(scene)


def change_actor(scene: Scene) -> None:
    assert scene.rival.change_actor(scene.said[-1].id, scene.stranger)


def back_date(scene: Scene) -> None:
    rival, first = scene.rival, scene.said[0].id
    past = f"{rival.at_column} = {rival.at_column} - INTERVAL '5 years'"
    assert execute(f"UPDATE {rival.table} SET {past} WHERE {rival.key} = %s", first)


def replay(scene: Scene) -> None:
    """The last entry of the other file once more, under this one, between two of its own."""
    insert(scene)
    _delete(scene, scene.said[2].id)
    there = scene.rival.said(scene.other)[-1].id
    _copy(scene, there, scene.said[1].id + 1, scene.file.pk, at=scene.said[1].at)
    _mend(scene)


def edit_state(scene: Scene) -> None:
    assert scene.rival.forged_file(scene.file, state="withdrawn")


def edit_evidence(scene: Scene) -> None:
    assert scene.rival.forged_file(scene.file, evidence="0" * 64)


def replace_file(scene: Scene) -> None:
    scene.stored.write_bytes(b"another")


def edit_row_and_file(scene: Scene) -> None:
    replace_file(scene)
    edit_evidence(scene)


def edit_rating(scene: Scene) -> None:
    assert scene.rival.forged_file(scene.file, rating="0")


def edit_comment(scene: Scene) -> None:
    assert scene.rival.change_comment(scene.said[-1].id)


def edit_name(scene: Scene) -> None:
    assert execute("UPDATE organisations_user SET name = 'Somebody Else'")


def remove(scene: Scene) -> None:
    """The file and all that was logged of it."""
    rival = scene.rival
    execute(f"DELETE FROM {rival.table} WHERE {rival.object_column}::text = %s", str(scene.file.pk))
    execute(f"DELETE FROM {rival.model._meta.db_table} WHERE id = %s", scene.file.pk)


WAYS: dict[str, Callable[[Scene], None]] = {
    "edit an event": edit,
    "delete an event": delete,
    "delete an event, chain built anew": delete_and_mend,
    "insert an event, chain built anew": insert,
    "add an event at the end": add,
    "swap two events": swap,
    "swap two events, chain built anew": swap_and_mend,
    "cut the tail": cut,
    "rewrite a whole chain after a checkpoint": rewrite,
    "change an actor, chain built anew": change_actor,
    "back-date, chain built anew": back_date,
    "replay an event of another stream": replay,
    "edit a subject's state": edit_state,
    "edit evidence: the row": edit_evidence,
    "edit evidence: the file": replace_file,
    "edit evidence: row and file": edit_row_and_file,
    "edit a rating": edit_rating,
    "edit a vote": edit_rating,  # which is any other field that is followed
    "edit an answer's words": edit_rating,
    "edit a comment": edit_comment,
    "edit a name": edit_name,
    "remove a finding with its stream": remove,
}


def _ids(scene: Scene, start: int) -> list[int]:
    return [each.id for each in scene.said if each.id >= start]


def _delete(scene: Scene, entry: int) -> int:
    return execute(f"DELETE FROM {scene.rival.table} WHERE {scene.rival.key} = %s", entry)


def _copy(scene: Scene, entry: int, new: int, file: int, at: Any = None) -> None:
    """The row of `entry` once more, with the key `new`, as an entry of `file`."""
    rival = scene.rival
    found = query(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", rival.table
    )
    types = dict(found)
    sources = {each: each for each in types} | {
        rival.key: str(new),
        rival.object_column: f"CAST('{file}' AS {types[rival.object_column]})",
    }
    if "object_pk" in types:
        sources["object_pk"] = f"'{file}'"
    execute(
        f"INSERT INTO {rival.table} ({', '.join(sources)}) SELECT {', '.join(sources.values())}"
        f" FROM {rival.table} WHERE {rival.key} = %s",
        entry,
    )
    if at is not None:
        execute(f"UPDATE {rival.table} SET {rival.at_column} = %s WHERE {rival.key} = %s", at, new)


def _mend(scene: Scene) -> None:
    """Every step starts where the one before ended, where the log says where steps start."""
    said = scene.said
    if said and said[0].source is None:
        return
    for before, each in pairwise(said):
        scene.rival.change_source(each.id, before.target)
