"""Visits in words: what was planned, answered, held and reported."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.reviews.site_visits.words import span_in_words, visit_kind_title

from .sentences import Context, Fact, Sentence, sentence


@sentence("visit_planned")
def _planned(context: Context) -> Sentence:
    data = context.data
    facts: list[Fact] = [{"term": _("Kind of visit"), "value": visit_kind_title(data["kind"])}]
    if data["unit"]:
        facts.append({"term": _("Branch or programme"), "value": data["unit"]})
    return _visit(_("A visit was planned"), [*facts, *_meeting(context)])


@sentence("visit_moved")
def _moved(context: Context) -> Sentence:
    return _visit(_("A visit was changed"), [_which(context), *_meeting(context)])


@sentence("visit_placed")
def _placed(context: Context) -> Sentence:
    return _visit(_("Another place was named for a visit"), [_which(context)])


@sentence("visit_agenda")
def _agenda(context: Context) -> Sentence:
    return _visit(_("What will be looked at on a visit was written down"), [_which(context)])


@sentence("visit_confirmed")
def _confirmed(context: Context) -> Sentence:
    return _visit(_("The organisation confirmed a visit"), [_which(context)], icon="check")


@sentence("visit_other_date")
def _other_date(context: Context) -> Sentence:
    return _visit(_("The organisation asked for another date for a visit"), [_which(context)])


@sentence("visit_cancelled")
def _cancelled(context: Context) -> Sentence:
    return _visit(_("A visit was cancelled"), [_which(context)], icon="minus")


@sentence("visit_held")
def _held(context: Context) -> Sentence:
    """Whom they met is told in the comment."""
    facts = [_which(context), _people(context, _("Of the reviewers"))]
    return _visit(_("A visit was held"), facts, icon="check")


@sentence("visit_closed")
def _closed(context: Context) -> Sentence:
    """The report is the comment."""
    return _visit(_("A visit was closed with its report"), [_which(context)], icon="check", needs="ratings")


@sentence("visit_noted")
def _noted(context: Context) -> Sentence:
    """The note is the comment."""
    key = (context.data["rubric"], context.data["criterion"])
    titles = criterion_titles(compiled(context.told.event.edition))
    facts = [_which(context), {"term": _("Criterion"), "value": titles.get(key, key[1])}]
    return Sentence(_("A note was taken on a visit"), icon="pencil", facts=facts, needs="ratings")


def _visit(title: str, facts: list[Fact], icon: str = "people", needs: str = "") -> Sentence:
    return Sentence(title, icon=icon, facts=facts, needs=needs)


def _which(context: Context) -> Fact:
    return {"term": _("Visit planned in event"), "value": context.data["visit"], "kind": "number"}


def _meeting(context: Context) -> list[Fact]:
    begins, ends = (datetime.fromisoformat(context.data[name]) for name in ("begins_at", "ends_at"))
    when = {"term": _("When"), "value": span_in_words(begins, ends, context.data["zone"])}
    return [when, _people(context, _("Who goes"))]


def _people(context: Context, term: str) -> Fact:
    erased = _("a name that was erased by law")
    called = [context.names.get(each["name_digest"]) or erased for each in context.data["people"]]
    return {"term": term, "value": _(", ").join(isolate(each) for each in called)}
