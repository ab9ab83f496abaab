"""Putting measured tables into benchmarks/README.md, each between two marks of its own."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parent / "README.md"


def record(name: str, table: str) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->`."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = README.read_text().partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{README} has no place for {name}: put {start} and {end} where it belongs")
    README.write_text(f"{before}{start}\n\n{table}\n\n{end}{after}")
