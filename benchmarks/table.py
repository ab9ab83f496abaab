"""The tables of a measurement, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# What each protects, in words; benchmarks/README.md has it at length.
PROTECTS = {
    "ours": "permission and guard at the call; log append-only and chained; no state without its event, not even"
    " by SQL; replay; the log outlives the user; refusals logged",
    "fsm-2 with fsm-log": "guard at the call; permission where the caller asks; log and state open to any UPDATE",
    "viewflow.workflow": "permission and guard where the caller asks; log and state open to any UPDATE; tasks go"
    " with the user",
    "ceiling": "what the triggers keep: the log and the state. Nobody asks who, or why",
}


def as_tables(found: dict[str, Any]) -> str:
    databases = found["databases"].values()
    head = ("database", "who", "per second", "slowest to fastest")
    head += ("process ms", "statements", "ours is", "protects")
    return "\n\n".join(
        [
            rows(head, _transitions(databases)),
            rows(("database", "what", "measured"), _others(databases)),
            _conditions(found),
        ]
    )


def _transitions(databases: Iterable[Any]) -> Iterable[tuple[str, ...]]:
    for measured in databases:
        for name, each in measured["transitions"].items():
            yield (
                measured["database"],
                name,
                f"{each['per_second']:,}",
                f"{each['slowest_round']:,} to {each['fastest_round']:,}",
                f"{each['process_ms']:.2f}",
                str(each["statements"]),
                "" if name == "ours" else f"{each['ours_against_it']:.2f} times that",
                PROTECTS[name],
            )


def _others(databases: Iterable[Any]) -> Iterable[tuple[str, ...]]:
    for measured in databases:
        batch, verified, name = measured["batch"], measured["verification"], measured["database"]
        yield (
            name,
            f"`perform_many` of {batch['dossiers']:,} files ({batch['statements']} statements), against a loop of"
            " `perform`",
            f"{batch['together_per_second']:,} against {batch['loop_per_second']:,} a second:"
            f" {batch['together_against_loop']:.1f} times",
        )
        yield (
            name,
            f"verifying the trail, {verified['events']:,} events",
            f"{verified['per_second']:,} a second",
        )
        yield (
            name,
            "the ceiling without any trigger, for information",
            f"{measured['ceiling_without_triggers_per_second']:,} a second",
        )


def _conditions(found: dict[str, Any]) -> str:
    machine = found["machine"]
    versions = ", ".join(
        f"{name} {machine[name]}" for name in machine if "django" in name or name == "psycopg"
    )
    return "\n".join(
        [
            f"{found['rounds']} rounds of {found['size']} steps. {machine['processor']}, {machine['cores']} cores,"
            f" load before {machine['load_before']} and after {machine['load_after']}.",
            f"{machine['system']}, Python {machine['python']}, {versions}; commit {machine['commit']}.",
            *(f"{each['database']}: {_safety(each['settings'])}." for each in found["databases"].values()),
        ]
    )


def _safety(settings: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in settings.items())


def rows(header: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [header, tuple("---" for _ in header), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
