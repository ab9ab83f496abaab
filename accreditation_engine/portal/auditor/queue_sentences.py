"""How reviewers came to a review and left it, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated

from .sentences import Context, Fact, Sentence, called, mentioned, sentence


@sentence("assigned")
def _assigned(context: Context) -> Sentence:
    return _asked(context, _("Asked to review: %(name)s"))


@sentence("claimed")
def _claimed(context: Context) -> Sentence:
    return _asked(context, _("Took a place to review: %(name)s"))


@sentence("drawn")
def _drawn(context: Context) -> Sentence:
    return _asked(context, _("Drawn to review: %(name)s"))


@sentence("handed_over")
def _handed_over(context: Context) -> Sentence:
    names = {"name": mentioned(context), "before": called(context, "from_name_digest")}
    title = _("Handed over the review: from %(before)s to %(name)s") % isolated(names)
    return Sentence(title, icon="people", facts=_due(context))


@sentence("released")
def _released(context: Context) -> Sentence:
    own = str(context.told.event.actor) == context.data.get("reviewer")
    words = _("Gave the review back: %(name)s") if own else _("Released from the review: %(name)s")
    return Sentence(words % isolated({"name": mentioned(context)}), icon="people")


def _asked(context: Context, title: str) -> Sentence:
    return Sentence(title % isolated({"name": mentioned(context)}), icon="people", facts=_due(context))


def _due(context: Context) -> list[Fact]:
    """Events of before said nothing of it, and where a workflow does not say there is nothing to say."""
    due = context.data.get("due_at")
    return [{"term": _("Due on"), "value": datetime.fromisoformat(due), "kind": "day"}] if due else []
