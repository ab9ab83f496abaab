"""The tables of benchmarks.pages, as Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from benchmarks.site_runs import conditions
from benchmarks.table import rows

HEAD = (
    "page",
    "requests",
    "kB",
    "of that CSS and script",
    "kB the second time",
    "layout shift",
    "largest part, ms",
    "server, ms on a core",
    "answered in, ms",
)
BESIDE = {"reviewer: queue": "review dashboard", "reviewer: review of an area": "review page"}
"""Which of our pages does what which of pretalx's does."""
RATIOS = {
    "requests": ("cold", "requests"),
    "bytes": ("cold", "bytes"),
    "CSS and script": ("cold", "style_and_script_bytes"),
    "bytes the second time": ("warm", "bytes"),
}
COSTLIEST = 12


def as_tables(found: dict[str, Any]) -> str:
    parts = [rows(HEAD, _opened(found["pages"]))]
    if "pretalx" in found:
        rival = found["pretalx"]
        parts += [
            f"pretalx {rival['version']}, {rival['submissions']} submissions; ours has {found['files']} files.",
            rows(HEAD, _opened(rival["pages"])),
            rows(("ours as times pretalx's", *RATIOS, "server", "answered"), _ratios(found)),
        ]
    parts += [_every(found["every_page"]), conditions(found["machine"])]
    return "\n\n".join(parts)


def _opened(pages: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, each in pages.items():
        cold, warm = each["cold"], each["warm"]
        yield (
            name,
            f"{cold['requests']:.0f}",
            _kilobytes(cold["bytes"]),
            _kilobytes(cold["style_and_script_bytes"]),
            _kilobytes(warm["bytes"]),
            f"{cold['shift']:.3f}",
            f"{cold['painted_ms']:.0f}",
            f"{each['server_cpu_ms']:.0f}",
            f"{each['answered_ms']:.0f}",
        )


def _kilobytes(count: float) -> str:
    return f"{count / 1000:.0f}"


def _ratios(found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for ours, theirs in BESIDE.items():
        own, other = found["pages"][ours], found["pretalx"]["pages"][theirs]
        yield (
            f"{ours} / {theirs}",
            *(f"{own[when][what] / other[when][what]:.2f}" for when, what in RATIOS.values()),
            f"{own['server_cpu_ms'] / other['server_cpu_ms']:.2f}",
            f"{own['answered_ms'] / other['answered_ms']:.2f}",
        )


def _every(costs: list[dict[str, Any]]) -> str:
    """How many pages, how many of them are over what they may cost, and the costliest."""
    worst: dict[str, dict[str, Any]] = {}
    for each in sorted(costs, key=lambda each: -each["cpu_ms"]):
        worst.setdefault(each["page"], each)
    queries: dict[str, int] = defaultdict(int)
    for each in costs:
        queries[each["page"]] = max(queries[each["page"]], each["queries"])
    slow = [name for name, each in worst.items() if each["cpu_ms"] > 100]
    many = [name for name, count in queries.items() if count > 15]
    said = (
        f"All that links lead to, as each role: {len(costs)} addresses of {len(worst)} pages. Over 100 ms on"
        f" a core: {', '.join(slow) or 'none'}. Over 15 queries: {', '.join(many) or 'none'}. The costliest:"
    )
    lines = (
        (
            f"`{name}`",
            each["who"],
            f"{each['cpu_ms']:.0f}",
            str(queries[name]),
            f"{each['kilobytes']:.0f}",
        )
        for name, each in list(worst.items())[:COSTLIEST]
    )
    return f"{said}\n\n{rows(('page', 'who', 'ms on a core', 'queries', 'kB'), lines)}"
