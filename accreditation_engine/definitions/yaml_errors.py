"""What the YAML parser says, in the words of somebody who writes definitions and not parsers."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.reader import ReaderError

from .said import Said, say

_REMEDIES = (
    (
        "mapping values are not allowed",
        say("unexpected ':'; put text with ': ' in quotes, check the indentation"),
    ),
    (r"character '\t'", say("a tab stands here; indent with spaces")),
    ("found character", say("text cannot start with this character; put it in quotes")),
    ("unexpected end of stream", say("the quote opened here is never closed; add the closing quote")),
    ("document separator", say("the quote opened here is never closed; add the closing quote")),
    ("expected ',' or ']'", say("the list opened with '[' is not closed with ']', or a ',' is missing")),
    ("expected ',' or '}'", say("the mapping opened with '{{' is not closed with '}}', or a ',' is missing")),
    (
        "expected <block end>",
        say("this line does not fit those above; check its indentation, '-' and quotes"),
    ),
    ("could not find expected ':'", say("a ':' is missing after this key; write 'key: value'")),
    ("unknown escape", say("'\\' has a meaning inside double quotes; use single quotes, or write '\\\\'")),
    ("expected '<document start>'", say("nothing may stand here; check brackets and indentation above")),
    ("directive", say("remove the line that starts with '%'")),
    ("YAML document (version", say("remove the line that starts with '%'")),
    ("tag", say("remove the '!' or put the text in quotes")),
    ("anchor", say("'&' and '*' have a meaning in YAML; put text that starts with them in quotes")),
    ("alias", say("'&' and '*' have a meaning in YAML; put text that starts with them in quotes")),
)


def line_and_remedy(error: Exception, text: str) -> tuple[int, Said]:
    """The line (from 1) on which the author has to look, and what to do there."""
    if isinstance(error, ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        return text.count("\n", 0, position) + 1, say("a control character stands here; remove it")
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    return _line(error, said), _remedy(said)


def _line(error: Any, said: str) -> int:
    """Where it went wrong; for a quote that was never closed, where it was opened."""
    opened = getattr(error, "context_mark", None)
    if opened is not None and "quoted scalar" in said:
        return int(opened.line) + 1
    mark = getattr(error, "problem_mark", None) or opened
    return int(mark.line) + 1 if mark is not None else 1


def _remedy(said: str) -> Said:
    for part, remedy in _REMEDIES:
        if part in said:
            return say("not YAML: {remedy}", remedy=remedy)
    return say("not YAML: {remedy}", remedy=" ".join(said.split()))
