"""The page of a file as it stood at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.states import STATE
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import names_of

from .as_of import Story, story_of
from .as_of_parts import parts_of, standing
from .as_of_tables import Sight
from .timeline import timeline
from .views import looked

SECONDS = "%Y-%m-%dT%H:%M:%S"


class MomentField(forms.DateTimeField):
    """The end of the second that was typed, or of the minute where no second was: what happened within it had
    happened by then. Browsers leave seconds out where they are zero."""

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        if found is None or not isinstance(value, str):
            return found
        typed_seconds = value.count(":") > 1
        return found.replace(second=found.second if typed_seconds else 59, microsecond=999_999)


class MomentForm(forms.Form):
    at = MomentField(
        label=gettext_lazy("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format=SECONDS),
        error_messages={
            "invalid": gettext_lazy("This is no date and time; write it like 2026-11-24 09:30."),
            "required": gettext_lazy("Choose a date and time."),
        },
    )


@require_safe
def as_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file after one of its events: that of `?seq=`, of `?event=stream/seq`, or the last until `?at=`; without
    any, the last one."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    story = story_of(reader)
    form = MomentForm(request.GET if "at" in request.GET else None)
    place, wrong = _place(story, request.GET, form)
    event, pictures = story.events[place], story.pictures(place)
    scheme = compiled(pictures[pk].value(STATE, (), "edition"))
    sight = Sight(reader, event, pictures, scheme, names_of(_digests(pictures.values())))
    if not form.is_bound:
        form = MomentForm(initial={"at": localtime(event.at)})
    context = {
        **frame(reader, "trail"),
        "form": form,
        "notice": wrong,
        "place": place + 1,
        "of": len(story.events),
        "event_at": event.at,
        "timeline": timeline(reader, [Event.objects.get(stream=event.stream, seq=event.seq)]),
        "first": story.address(0) if place else "",
        "previous": story.address(place - 1),
        "next": story.address(place + 1),
        "last": story.address(len(story.events) - 1) if place + 1 < len(story.events) else "",
        "standing": standing(sight),
        "parts": parts_of(sight),
        "changed_badge": {"title": _("By this event"), "tone": "coordinator", "icon": "pencil"},
        "whole": all(not each.unread for each in pictures.values()),
    }
    looked(reader, "as_of")
    return render(request, "portal/as_of.html", context)


def _place(story: Story, asked: Mapping[str, str], form: MomentForm) -> tuple[int, dict[str, Any] | None]:
    """Which event is in sight, and what is wrong with what was asked for; then it is the nearest."""
    last = len(story.events) - 1
    if "at" in asked:
        if form.is_valid():
            return _place_at(story, form.cleaned_data["at"])
        return last, _notice(_("The moment that was asked for cannot be read"), _("Here is the last event."))
    if "seq" not in asked and "event" not in asked:
        return last, None
    key = asked.get("event") or f"{story.dossier}/{asked.get('seq')}"
    place = _named(story, key)
    if place is not None:
        return place, None
    own = sum(each.stream == story.dossier for each in story.events)
    text = _("Here is the last one. The events of this file bear the numbers 1 to %(last)d.")
    return last, _notice(_("There is no such event here"), text % isolated({"last": own}))


def _place_at(story: Story, moment: datetime) -> tuple[int, dict[str, Any] | None]:
    place = story.place_at(moment)
    if place is not None:
        return place, None
    text = _("Here is its first event. Choose a later moment, or go on from event to event.")
    return 0, _notice(_("The file had not been opened by then"), text)


def _named(story: Story, key: str) -> int | None:
    stream, _slash, seq = key.partition("/")
    try:
        return story.place_of(UUID(stream), int(seq))
    except ValueError:
        return None


def _notice(title: str, text: str) -> dict[str, Any]:
    return {"kind": "warning", "title": title, "text": text}


def _digests(pictures: Iterable[Picture]) -> set[str]:
    """Of every name that a picture mentions."""
    return {
        row[name].value
        for picture in pictures
        for rows in picture.tables.values()
        for row in rows.values()
        for name in ("name_digest", "opened_by")
        if name in row and row[name].value
    }
