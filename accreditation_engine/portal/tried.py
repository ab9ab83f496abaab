"""A form of the page that was sent and refused: what was typed stays in it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from accreditation_engine.engine.reasons import Reason, Refused


@dataclass(frozen=True)
class Tried:
    """`form` names it among the forms of the page."""

    form: str
    reasons: tuple[Reason, ...]
    typed: Mapping[str, str] = field(default_factory=dict)


def attempt(request: HttpRequest, form: str, act: Callable[[], object]) -> Tried | None:
    """Do what was sent in `form`: None when it is done, else what was typed and why not."""
    try:
        act()
    except Refused as refused:
        return Tried(form, tuple(refused.reasons), typed_text(request))
    return None


def typed_text(request: HttpRequest) -> Mapping[str, str]:
    """What stands in the fields of the form, the last of those with one name."""
    return {name: str(value) for name, value in request.POST.items()}


def typed_in(tried: Tried | None, form: str, name: str) -> str:
    """What was typed into a field of the form that was refused; "" for others."""
    return tried.typed.get(name, "") if tried is not None and tried.form == form else ""


def left_over(tried: Tried | None, forms: Container[str], name: str) -> str:
    """What was typed into a field of a form that is not among the `forms` of the page any more, for
    parts/kept_text.html; "" where its own form holds it."""
    return tried.typed.get(name, "") if tried is not None and tried.form not in forms else ""


def wrong_in(tried: Tried | None, form: str, *codes: str) -> str:
    """Why it was refused, in words; with `codes`, only for these reasons."""
    if tried is None or tried.form != form:
        return ""
    return " ".join(str(each) for each in tried.reasons if not codes or each.code in codes)
