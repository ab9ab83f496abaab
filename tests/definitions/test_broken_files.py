"""Whatever a file holds, reading and checking it gives problems, never another error."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.said import in_language

from .examples import RUBRIC, VOCABULARY, WORKFLOW

SYNTAX = [
    ": ",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "#",
    "&a ",
    "*a",
    "<<: ",
    "!!x ",
    "|",
    ">",
    "? ",
]
VALUES = [
    "null",
    "true",
    "3",
    ".5",
    "1e99999",
    "-0",
    "0x1f",
    "\t",
    "\0",
    "\x85",
    "\ufeff",
    "\\ud800",
    "---\n",
]
KEYS = [
    "all: ",
    "not: ",
    "score: ",
    "at_least: ",
    "from: ",
    "areas: ",
    "criteria: ",
    "ar: ",
    "٣",
    "\U0001f600",
]
SNIPPETS = st.sampled_from([*SYNTAX, *VALUES, *KEYS, "%YAML 1.1\n"])
PIECES = st.lists(SNIPPETS | st.text(max_size=3), max_size=25).map("".join)


BESIDE = attempt_text(RUBRIC, file="y.yaml")


def look(text: str | bytes) -> None:
    attempts = [attempt_text(text, file="x.yaml"), BESIDE]
    lines = text.count(b"\n" if isinstance(text, bytes) else "\n") + 1  # type: ignore[arg-type]
    for problem in check_attempts(attempts, VOCABULARY).problems:
        if problem.file == "x.yaml":
            assert 1 <= problem.line <= lines + 1
        assert "Input should" not in str(problem)
        assert "\n" not in problem.message
        assert re.search("[\u0621-\u064a]", in_language(problem.message, "ar")), problem


@given(PIECES | st.text() | st.binary())
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str | bytes) -> None:
    look(text)


@given(st.sampled_from([RUBRIC, WORKFLOW]), st.data())
@settings(max_examples=150, deadline=None)
def test_no_change_of_a_sound_file_breaks_the_checks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    look(text[:start] + data.draw(PIECES) + text[end:])


@given(st.sampled_from([RUBRIC, WORKFLOW]), st.data())
@settings(max_examples=100, deadline=None)
def test_no_value_in_a_wrong_place_breaks_the_checks(text: str, data: st.DataObject) -> None:
    """One line's value becomes that of another line: the right shape in the wrong place."""
    lines = text.splitlines()
    to, source = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    key, value = lines[to].partition(":")[0], lines[source].partition(":")[2]
    look("\n".join([*lines[:to], f"{key}:{value}", *lines[to + 1 :]]))
