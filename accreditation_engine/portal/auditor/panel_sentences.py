"""What a panel does beside its steps, in words: members step aside and dissent, sittings are called and written
down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.sittings.words import DOUBT_WORDS
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.portal.panel.sealed import needed

from .sentences import Context, Fact, Sentence, sentence


@sentence("recused")
def _recused(context: Context) -> Sentence:
    return Sentence(_("Stepped aside from deciding on this file"), tone="panel", icon="minus")


@sentence("dissented")
def _dissented(context: Context) -> Sentence:
    """Whoever may not know how it was voted is told nothing of who disagreed why."""
    ballot = context.data["ballot"]
    facts: list[Fact] = [{"term": _("Ballot"), "value": ballot, "kind": "number"}]
    title = _("Dissented from what the ballot came to")
    return Sentence(title, tone="panel", icon="pencil", facts=facts, needs=needed(context.reader, ballot))


@sentence("minuted")
def _minuted(context: Context) -> Sentence:
    return Sentence(_("Minutes of a sitting were written"), icon="pencil", needs="votes")


@sentence("sitting_planned")
def _planned(context: Context) -> Sentence:
    data = context.data
    count = len(data["agenda"])
    facts: list[Fact] = [
        {"term": _("Begins"), "value": datetime.fromisoformat(data["starts_at"]), "kind": "moment"},
        {"term": _("Convened"), "value": str(_(", ")).join(_names(context))},
        {
            "term": _("Agenda"),
            "value": ngettext("%(count)d file", "%(count)d files", count) % {"count": count},
        },
    ]
    sure = [str(DOUBT_WORDS[each]) for each in data.get("sure", ())]
    facts += [{"term": _("Confirmed by whoever called it"), "value": " ".join(sure)}] if sure else []
    return Sentence(_("A sitting of the panel was planned"), icon="clock", facts=facts)


@sentence("attendance_noted")
def _noted(context: Context) -> Sentence:
    facts: list[Fact] = [
        {"term": name, "value": _stay(member["came_at"], member["left_at"])}
        for name, member in zip(_names(context), context.data["members"], strict=True)
    ]
    return Sentence(_("Who came to the sitting was noted"), icon="people", facts=facts)


@sentence("sitting_closed")
def _closed(context: Context) -> Sentence:
    return Sentence(_("The sitting was closed"), icon="check")


@sentence("sitting_cancelled")
def _cancelled(context: Context) -> Sentence:
    return Sentence(_("The sitting was cancelled"), tone="bad", icon="minus")


def _names(context: Context) -> Iterator[str]:
    for each in context.data["members"]:
        yield isolate(context.names.get(each["name_digest"] or "", "") or _("a name that was erased by law"))


def _stay(came_at: str, left_at: str | None) -> str:
    came = _time(came_at)
    if left_at is None:
        return _("from %(came)s to the end") % {"came": came}
    return _("from %(came)s to %(left)s") % {"came": came, "left": _time(left_at)}


def _time(written: str) -> str:
    return isolate(date_format(localtime(datetime.fromisoformat(written)), "H:i"))
