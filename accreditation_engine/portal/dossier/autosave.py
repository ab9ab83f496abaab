"""Pages that save themselves, a criterion at a time: what they send and what they are answered.

Sent is a POST to the address of the page that asks for application/json: the fields of one criterion as its form
names them, `criterion` (which one), and `work` (whose page it was, see `work_of`). What is answered is an object
with `state` and, in words for people, `words`:

saved     `was`, the mark of what is kept now; `at`, the time of day; `parts`, HTML by the id of what it replaces;
          `hint`, what is still wanted of this criterion, where something is
newer     nothing was kept: somebody changed it meanwhile to `kept` ({rating, text, words}), whose mark is `was`
refused   nothing was kept, because of what was typed
closed    nothing will be kept any more
stranger  nothing was kept: whoever is signed in now is not whose page it was
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

from .entries import Entries
from .rubrics import Key, Rubric, given
from .two_tabs import Typed, mark

JSON = "application/json"


def saves_itself(request: HttpRequest) -> bool:
    """Whether a page's script sent this, and not somebody's press of a button."""
    return request.method == "POST" and request.get_preferred_type(["text/html", JSON]) == JSON


def work_of(person: User, what: str) -> str:
    """Whose page it is, and what it is about. What was typed is kept in a browser under this name, and is taken
    from no other person's session and into no other review."""
    return f"{person.pk}.{what}"


def stranger(request: HttpRequest, person: User) -> JsonResponse | None:
    """The answer where somebody else has signed in, in the same browser, since the page was opened."""
    if request.POST.get("work", "").partition(".")[0] == str(person.pk):
        return None
    words = _(
        "Somebody else has signed in in this browser. What you typed stays here; sign in again as yourself to"
        " send it."
    )
    return answer("stranger", HTTPStatus.CONFLICT, words=words)


def closed(reasons: Iterable[Reason]) -> JsonResponse:
    return answer("closed", HTTPStatus.CONFLICT, words=" ".join(str(each) for each in reasons))


def not_kept(rubric: Rubric, entries: Entries) -> JsonResponse:
    """The answer to entries with which something is wrong."""
    if entries.reasons:
        return closed(entries.reasons)
    if entries.newer:
        ((_key, newer),) = entries.newer.items()
        return answer("newer", HTTPStatus.CONFLICT, was=mark(newer), kept=_newer(rubric, newer))
    return answer("refused", HTTPStatus.CONFLICT, words=" ".join(entries.errors.values()))


def kept(
    entries: Entries, now: Mapping[Key, Typed], parts: Mapping[str, tuple[str, Any]], *, hint: str = ""
) -> JsonResponse:
    """The answer to the one entry of `entries`. `parts` are templates with their context, by the id of what they
    replace."""
    ((key, _typed),) = entries.typed.items()
    at = in_digits_of_reader(date_format(timezone.localtime(), "H:i"))
    was = mark(now.get(key, ("", "")))
    return answer("saved", HTTPStatus.OK, was=was, at=at, parts=rendered(parts), hint=hint)


def _newer(rubric: Rubric, newer: Typed) -> dict[str, str]:
    rating, text = newer
    shown = given(rubric, rating) if rating else {"rating": "", "anchor": ""}
    words = " · ".join(each for each in (shown["rating"], shown["anchor"], text) if each)
    return {"rating": rating, "text": text, "words": words or _("nothing")}


def rendered(parts: Mapping[str, tuple[str, Any]]) -> dict[str, str]:
    return {name: render_to_string(template, context) for name, (template, context) in parts.items()}


def answer(state: str, status: HTTPStatus, **more: Any) -> JsonResponse:
    return JsonResponse({"state": state, **more}, status=status)
