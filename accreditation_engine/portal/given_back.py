"""What somebody typed goes back to them when it cannot be taken: their page is too old, they are signed out, or
the step is gone."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.html import escape

from accreditation_engine.written import kept_text

CODE = re.compile(r"[A-Za-z0-9_.:+/,=-]*\Z")
"""Chosen, not typed: ids, moments, names of steps."""
PRIVATE = ("token", "password", "login", "email", "code", "secret")
"""Parts of the names of fields that are never shown again."""
FREE = frozenset({"reason", "comment", "text", "note", "agenda", "met", "report", "why"})
"""Names of fields that hold words, though it were a single one."""
CARRIED = re.compile(r'<input type="hidden" name="typed" value="[^"]*">')
"""What the button of the language carries along (session_ended/carrying.py): nobody reads it there."""


def typed_by_hand(request: HttpRequest) -> str:
    """The words in what was sent, field by field; "" for none, and where it cannot be read."""
    words = [kept_text(value) for name, value in sent_fields(request) if is_words(name, value)]
    return "\n\n".join(dict.fromkeys(each for each in words if each))


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every value with the name of its field; [] where nothing was sent, and where it cannot be read."""
    if request.method != "POST":
        return []
    try:
        return [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []


def is_words(name: str, value: str) -> bool:
    if any(part in name.lower() for part in PRIVATE):
        return False
    return name in FREE or not CODE.match(value.strip())


def page_with_typed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page after a refusal. Where none of its forms holds what was typed any more, it stands beside them, in
    parts/kept_text.html."""
    page = render(request, template, context, status=HTTPStatus.CONFLICT)
    shown = _in_lines(CARRIED.sub("", page.content.decode()))
    typed = [each for each in typed_by_hand(request).split("\n\n") if _in_lines(escape(each)) not in shown]
    if not typed:
        return page
    return render(request, template, {**context, "kept_text": "\n\n".join(typed)}, status=HTTPStatus.CONFLICT)


def _in_lines(text: str) -> str:
    return text.replace("\r\n", "\n")
