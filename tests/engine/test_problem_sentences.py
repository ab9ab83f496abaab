"""Whatever verification says has its sentence in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import accreditation_engine
from accreditation_engine.engine.problem_sentences import is_known, said
from accreditation_engine.engine.replay.comparing import tables

PACKAGE = Path(accreditation_engine.__file__).parent
FINDERS = {"Problem", "problem", "_problem", "_tree_problem"}
SPEAKERS = (
    "trail/moments.py",
    "trail/transparency/numbers.py",
    "replay/plausible.py",
    "decisions/plausible.py",
    "reviews/plausible.py",
)
"""Where sentences are made that others put into a problem."""
COMPOSED = {"7: 7", "the account is 7, and its trail says otherwise"}
"""Of codes that are sentences of their own here: a stored file changed or gone, an account open or closed."""


def text_of(node: ast.expr) -> str:
    """A text with every fact in it as 7; "" for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(each.value) if isinstance(each, ast.Constant) else "7" for each in parts)


def sentences_in(file: Path) -> Iterator[str]:
    read = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(read):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FINDERS:
            yield text_of(node.args[-1]) if node.args else ""
        elif isinstance(node, ast.Assign) and [*map(ast.unparse, node.targets)] in (["detail"], ["why"]):
            yield text_of(node.value)
        elif isinstance(node, ast.Yield) and file.as_posix().endswith(SPEAKERS) and node.value is not None:
            parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            yield from map(text_of, parts)


def finds_problems(file: Path) -> bool:
    source = file.read_text(encoding="utf-8")
    return bool(re.search(r"trail\.problems|trail\.verification|from \.+problems", source)) or (
        file.as_posix().endswith(SPEAKERS)
    )


def test_every_sentence_of_verification_is_known() -> None:
    files = [
        each
        for part in ("trail", "engine", "dossiers", "decisions", "reviews", "organisations", "certificates")
        for each in (PACKAGE / part).rglob("*.py")
        if finds_problems(each)
    ]
    found = {words for each in files for words in sentences_in(each) if " " in words} - COMPOSED
    assert len(found) > 50
    assert sorted(words for words in found if not is_known(words)) == []
    accounts = [f"the account is {each}, and its trail says otherwise" for each in ("open", "closed")]
    stored = [f"{each}: organisation 1.1 7f" for each in ("file_changed", "file_gone")]
    assert all(map(is_known, [*accounts, *stored]))
    rows = [each.call(tuple("7" for _ in each.keys)) for each in tables]
    assert [each for each in rows if not is_known(each)] == []


def test_a_sentence_is_said_in_the_language_of_its_reader() -> None:
    detail = "the vote of event 4: choice is 'refuse' and its trail says 'certify'"
    names = {"choice": "الصوت"}
    with translation.override("ar"):
        words = said(detail, names).translate({0x2068: None, 0x2069: None})
        assert words == "صوت الواقعة 4: الصوت في الجدول 'refuse' ويقول السجل 'certify'"
        assert said("something of another release") == "something of another release"
    with translation.override("en"):
        assert said(detail) == detail
