"""Finishing certificates: how many a second on one core, what each part takes, and the type beside WeasyPrint's.

    python -m benchmarks.certificates [--papers 50] [--rounds 7] [--record]

Prints a table and writes results/certificates.json; with --record, the table goes into benchmarks/README.md as
well.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.certificates_work import PARTS, measure, on_one_core
from benchmarks.machine import facts, load
from benchmarks.recording import record
from benchmarks.site_runs import HERE, conditions
from benchmarks.table import rows

WORDS = {
    "credential": "the credential, made and signed",
    "type": "the page as PDF/A-3b, with QR, chart and the credential attached",
    "signature": "the signature on the paper",
    "judgement": "judging what came out, as a stranger's file",
    "whole": "**a finished certificate**",
    "type alone": "the page alone, without a credential",
    "WeasyPrint": "the same words and pictures by WeasyPrint, as PDF/A-3b",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.certificates", allow_abbrev=False)
    parser.add_argument("--papers", type=int, default=50, help="certificates a round, each of another holder")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "certificates.json")
    parser.add_argument("--record", action="store_true", help="put the table into benchmarks/README.md")
    asked = parser.parse_args(arguments)
    found = {"machine": facts(), "papers": asked.papers, "rounds": asked.rounds, "one_core": on_one_core()}
    found |= measure(asked.papers, asked.rounds)
    found["machine"]["load_after"] = load()
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(json.dumps(found, indent=2) + "\n")
    table = as_table(found)
    print(f"\n{table}\n")
    if asked.record:
        record("certificates", table)
    return 0


def as_table(found: dict[str, Any]) -> str:
    head = ("what", "ms on a core", "slowest to fastest round", "a second on one core")
    machine = found["machine"]
    return "\n\n".join(
        [
            rows(head, _lines(found["parts"])),
            _against(found),
            f"{found['rounds']} rounds of {found['papers']}; {_versions(machine)}. {conditions(machine)}",
        ]
    )


def _lines(parts: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name in (*PARTS, "whole", "type alone", "WeasyPrint"):
        if each := parts.get(name):
            yield (
                WORDS[name],
                f"{each['cpu_ms']:.1f}",
                f"{each['slowest_ms']:.1f} to {each['fastest_ms']:.1f}",
                f"{1000 / each['cpu_ms']:,.1f}",
            )


def _versions(machine: dict[str, str]) -> str:
    return ", ".join(f"{name} {machine[name]}" for name in ("typst", "pyhanko", "weasyprint"))


def _against(found: dict[str, Any]) -> str:
    ratio = found["type_against_weasyprint"]
    if ratio is None:
        return "WeasyPrint was not there: `make bench` installs it."
    return (
        f"For the type alone WeasyPrint takes {ratio:.1f} times as long, by the median of the rounds' ratios."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
