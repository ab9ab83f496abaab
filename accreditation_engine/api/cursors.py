"""Where a page of a list begins, as programs are told it: a word that says nothing to them.

It names the last row of the page before, not a count of rows: what is added meanwhile moves no page.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from .problems import Refusal

MOST_AT_ONCE = 100

After = Annotated[
    str,
    Query(
        max_length=400, description=gettext_noop("The `next` of the page before; left out for the first page")
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description=gettext_noop("How many at most"))]


def cursor(of: str, row: Any) -> str:
    """For the list `of`, the page behind `row`, which is JSON."""
    return signing.dumps(row, salt=_salt(of))


def row_behind(of: str, typed: str) -> Any:
    """The row that a cursor of the list `of` names; None for the first page. Raises Refusal for what is none."""
    if not typed:
        return None
    try:
        return signing.loads(typed, salt=_salt(of))
    except signing.BadSignature:
        detail = _("This is no place in this list. Take it from `next` as it is, or begin without it.")
        raise Refusal(422, "no-such-cursor", detail) from None


def _salt(of: str) -> str:
    return f"accreditation_engine.api.cursors.{of}"
