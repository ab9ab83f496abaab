"""Whatever in a file has a life and a page of its own, a certificate or a concern: what its reader can do with it,
that it was done, and all that was done before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.options import options
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .acts import Desk, Tried, actions, left_over, refusal, version_of
from .reader import Reader
from .states import tone


def acts_on(reader: Reader, subject: Subject, address: str, tried: Tried | None) -> dict[str, Any]:
    """For parts/actions.html, parts/kept_text.html and parts/notice.html on its page at `address`, and what to say
    where it offers nothing."""
    links: dict[str, str] = {}
    version = version_of(subject, subject.entered_seq)
    desk = Desk(subject, address, version, reader.outside, tried, links=links)
    offered = actions(desk, reader.offered(options(subject, reader.person)))
    return {
        "actions": offered,
        "kept_text": left_over(tried, {subject.pk: offered}),
        "notice": refusal(tried, compiled(subject.edition_id), outside=reader.outside, links=links),
        "idle": _idle(reader, subject),
    }


def _idle(reader: Reader, subject: Subject) -> str:
    """What stands there where the reader can do nothing with it."""
    state = compiled(subject.edition_id).workflow.states[subject.state]
    if reader.outside and state.waits_for not in (None, "applicant"):
        return _("The accrediting body has it now. A letter tells you what comes of it.")
    return _("There is nothing to do with it in your part.")


def steps_of(subject: Subject, *kinds: str) -> list[Told]:
    """All steps of it, and its events of these kinds, in order. Two queries."""
    events = Event.objects.filter(~Q(target="") | Q(kind__in=kinds), stream=subject.pk)
    return told(list(events.order_by("seq")))


def said_of_step(reader: Reader, each: Told, *, opened: str) -> dict[str, Any]:
    """One of `steps_of`, which is called `opened` where it is no transition; who took it is named only to those
    who see names."""
    event, named = each.event, each.actor if reader.names else ""
    return {
        "title": transition_title(event.edition, event.transition) if event.transition else opened,
        "at": event.at,
        "actor": named or role_title(event.role),
        "role": role_title(event.role) if named else "",
        "tone": tone(compiled(event.edition), event.target, outside=reader.outside) if event.target else "",
        "comment": each.comment,
        "erased": each.erased,
        "erased_at": each.erased_at,
    }


def say_done(request: HttpRequest, subject: Subject) -> None:
    """After the step that `request` asked for, by which `subject` came where it stands."""
    words = {
        "step": transition_title(subject.edition_id, request.POST["transition"]),
        "state": state_title(subject.edition_id, subject.state),
    }
    messages.success(request, _("Done: %(step)s. The state is now “%(state)s”.") % isolated(words))
