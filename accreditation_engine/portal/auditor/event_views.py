"""One event on a page of its own; and two of them side by side."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.trail.models import Event

from .access import Desk, desk_of
from .as_of import as_of_address
from .comparing import compared
from .desk_frame import desk_frame
from .field_words import names_of_identifiers, words_for_fields
from .fields import fields_of, meaning, shown
from .looks import look
from .proof import proof_of
from .spoken import Spoken, spoken

TWO = 2
LARGEST = 2**31 - 2
"""No stream grows so long, and databases take no larger number."""


@require_safe
def event(request: HttpRequest, stream: UUID, seq: int) -> HttpResponse:
    desk = desk_of(request)
    near = _near(desk, stream, seq)
    if seq not in near:
        raise Http404
    one = spoken(desk.person, [near[seq]])[0]
    title = _("Event %(seq)d of %(what)s") % isolated({"seq": seq, "what": one.about.title})
    context = {
        **desk_frame("audit", title),
        "one": one,
        "entry": {**one.entry, "raw": "", "facts": [], "hash": "", "withheld": False},
        "fields": _fields(one),
        "proof": proof_of(one.event),
        "previous": _address(near.get(seq - 1)),
        "next": _address(near.get(seq + 1)),
        "compare": f"{reverse('audit')}?with={one.key}&stream={stream}",
        "compare_previous": _comparison(near.get(seq - 1), one.event),
        "of_this": f"{reverse('audit')}?stream={stream}",
        "as_of": _as_of(one),
    }
    look(desk.person, "event", dossier=_dossier(one), asked={"event": one.key})
    return render(request, "portal/audit_event.html", context)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The two events that the address names; anything but two is sent back with a word of what to do."""
    desk = desk_of(request)
    keys = list(dict.fromkeys(request.GET.getlist("event")))
    if len(keys) != TWO:
        messages.error(
            request,
            _("Choose exactly two events to put side by side; you chose %(count)d.") % {"count": len(keys)},
        )
        return redirect(f"{reverse('audit')}?{_back(request)}")
    pair = spoken(desk.person, [_named(desk, each) for each in keys])
    context = {
        **desk_frame("audit", _("Two events side by side")),
        "pair": pair,
        "rows": compared(*pair),
    }
    look(desk.person, "comparison", asked={"one": keys[0], "other": keys[1]})
    return render(request, "portal/audit_comparison.html", context)


def _back(request: HttpRequest) -> str:
    """The search from which the two were to be chosen."""
    query = request.GET.copy()
    query.pop("event", None)
    return query.urlencode()


def _near(desk: Desk, stream: UUID, seq: int) -> dict[int, Event]:
    """The event with those before and behind it. One query."""
    if seq > LARGEST:
        return {}
    return {each.seq: each for each in desk.events().filter(stream=stream, seq__range=(seq - 1, seq + 1))}


def _named(desk: Desk, key: str) -> Event:
    """The event of a key as `Spoken.key` gives it. Raises Http404."""
    stream, _slash, seq = key.partition("/")
    try:
        found = desk.events().filter(stream=UUID(stream), seq=int(seq)).first()
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Http404
    return found


def _fields(one: Spoken) -> list[dict[str, str]]:
    """Every field of the event, none of one that is withheld: path, meaning, value, and what a code is called."""
    if one.withheld:
        return []
    words = words_for_fields(one, names_of_identifiers([one]))
    return [
        {
            "path": path,
            "meaning": meaning(path, one.event.edition),
            "value": shown(value),
            "words": words.get(path, ""),
        }
        for path, value in fields_of(one.told.content)
    ]


def _address(event: Event | None) -> str:
    return reverse("audit_event", args=[event.stream, event.seq]) if event else ""


def _comparison(before: Event | None, event: Event) -> str:
    if before is None:
        return ""
    pair = "&".join(f"event={each.stream}/{each.seq}" for each in (before, event))
    return f"{reverse('audit_comparison')}?{pair}"


def _as_of(one: Spoken) -> str:
    """The file as it stood after the event, where it belongs to one."""
    dossier = _dossier(one)
    return as_of_address(dossier, one.event.stream, one.event.seq) if dossier else ""


def _dossier(one: Spoken) -> UUID | None:
    return one.about.dossier.pk if one.about.dossier else None
