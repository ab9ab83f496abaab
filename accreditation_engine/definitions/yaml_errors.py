"""What the YAML parser says, in the words of somebody who writes definitions and not parsers."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.reader import ReaderError

_REMEDIES = (
    (
        "mapping values are not allowed",
        "unexpected ':'; put text with ': ' in quotes, check the indentation",
    ),
    (r"character '\t'", "a tab stands here; indent with spaces"),
    ("found character", "text cannot start with this character; put it in quotes"),
    ("unexpected end of stream", "the quote opened here is never closed; add the closing quote"),
    ("document separator", "the quote opened here is never closed; add the closing quote"),
    ("expected ',' or ']'", "the list opened with '[' is not closed with ']', or a ',' is missing"),
    ("expected ',' or '}'", "the mapping opened with '{' is not closed with '}', or a ',' is missing"),
    (
        "expected <block end>",
        "this line does not fit those above; check its indentation, '-' and quotes",
    ),
    ("could not find expected ':'", "a ':' is missing after this key; write 'key: value'"),
    ("unknown escape", "'\\' has a meaning inside double quotes; use single quotes, or write '\\\\'"),
    ("expected '<document start>'", "nothing may stand here; check brackets and indentation above"),
    ("directive", "remove the line that starts with '%'"),
    ("YAML document (version", "remove the line that starts with '%'"),
    ("tag", "remove the '!' or put the text in quotes"),
    ("anchor", "'&' and '*' have a meaning in YAML; put text that starts with them in quotes"),
    ("alias", "'&' and '*' have a meaning in YAML; put text that starts with them in quotes"),
)


def line_and_remedy(error: Exception, text: str) -> tuple[int, str]:
    """The line (from 1) on which the author has to look, and what to do there."""
    if isinstance(error, ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        return text.count("\n", 0, position) + 1, "a control character stands here; remove it"
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    return _line(error, said), _remedy(said)


def _line(error: Any, said: str) -> int:
    """Where it went wrong; for a quote that was never closed, where it was opened."""
    opened = getattr(error, "context_mark", None)
    if opened is not None and "quoted scalar" in said:
        return int(opened.line) + 1
    mark = getattr(error, "problem_mark", None) or opened
    return int(mark.line) + 1 if mark is not None else 1


def _remedy(said: str) -> str:
    for part, remedy in _REMEDIES:
        if part in said:
            return f"not YAML: {remedy}"
    return f"not YAML: {' '.join(said.split())}"
