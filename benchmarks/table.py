"""The table of a measurement, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

PROTECTS = {
    "ours": "permission and guard enforced inside the call; the log refuses change and removal, and is"
    " hash-chained; the database refuses a state that no event explains; events hold what a replay needs;"
    " events outlive the user; refusals are logged",
    "fsm-2 with fsm-log": "guard enforced inside the call, permission only where the caller asks; the log can be"
    " changed and removed; raw SQL and update() change a state unseen; a deleted user is blanked in the log;"
    " refusals leave no trace",
    "viewflow.workflow": "permission and guard only where the caller asks; the log is the task's own row, which"
    " changes; raw SQL and update() change a state unseen; deleting a user deletes their tasks; refusals leave no"
    " trace",
    "ceiling": "what the triggers keep; nothing checks who asks or why",
}


def as_table(found: dict[str, Any]) -> str:
    return "\n\n".join(
        [
            _rows(_header(), _transitions(found["databases"])),
            _rows(("database", "what", "result"), _others(found["databases"])),
        ]
    )


def _header() -> tuple[str, ...]:
    return (
        "database",
        "who",
        "per second",
        "slowest to fastest round",
        "statements",
        "ours / it",
        "protects",
    )


def _transitions(databases: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for measured in databases.values():
        for name, each in measured["transitions"].items():
            yield (
                measured["database"],
                name,
                f"{each['per_second']:,}",
                f"{each['slowest_round']:,} to {each['fastest_round']:,}",
                str(each["statements"]),
                f"{each['ours_against_it']:.2f}",
                PROTECTS[name],
            )


def _others(databases: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for measured in databases.values():
        batch, verified = measured["batch"], measured["verification"]
        name = measured["database"]
        yield (
            name,
            f"`perform_many` of {batch['dossiers']:,} dossiers, against a loop of `perform`",
            f"{batch['together_per_second']:,} against {batch['loop_per_second']:,} a second:"
            f" {batch['together_against_loop']:.1f} times",
        )
        yield (
            name,
            f"`verify_trail` over {verified['events']:,} events",
            f"{verified['per_second']:,} events a second",
        )
        yield (
            name,
            "the ceiling without any trigger, for information",
            f"{measured['ceiling_without_triggers_per_second']:,} a second",
        )


def _rows(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
