"""What the page of the queue shows: one page of rows in the reader's order, and how much they have to do."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.parts import parts_in_sql
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.autosave_words import left_elsewhere, left_words
from accreditation_engine.portal.time_left import time_left
from accreditation_engine.reviews.queries import standing_reviews
from accreditation_engine.reviews.queue.own_limit import most_at_a_time
from accreditation_engine.reviews.queue.progress import had_so_far, rated_by
from accreditation_engine.reviews.queue.waiting import queue_of

from .rows import own_table, waiting_rows

ROWS = 20


def queue_page(person: User, number: str | None) -> dict[str, Any]:
    """The context of portal/queue.html. The same number of queries for 3 files as for 3,000."""
    queue = queue_of(person)
    load = _load(queue)
    page = Paginator(_with_what_is_shown(queue, person), ROWS).get_page(number)
    rows: list[Any] = list(page)
    standing = standing_reviews(person)
    return {
        "head": {"title": _("Queue")},
        "load": load,
        "full": _full(person, load),
        "stats": _stats(load),
        "page": page,
        "own": own_table([each for each in rows if each.mine]),
        "waiting": waiting_rows([each for each in rows if not each.mine]),
        "empty": _empty(),
        "had": had_so_far(person),
        "autosave": left_words(person, "review", standing, _over()),
        "elsewhere": left_elsewhere(person, reverse("queue"), reviews=standing),
    }


def _full(person: User, load: dict[str, Any]) -> dict[str, Any] | None:
    """For parts/notice.html, where the reader takes no file more before one is done. One query."""
    most = most_at_a_time(person)
    if most is None or load["open"] < most:
        return None
    return {"kind": "info", "title": str(Reason("own_load_full", {"most": most}))}


def _over() -> str:
    """Said of what was typed into reviews that are the reader's no more, and was not sent: they have no other
    page."""
    return _(
        "It was typed for a review that you have given back or handed over. Nothing of it is taken any more."
    )


def _empty() -> dict[str, Any]:
    """For parts/empty.html, where nothing stands in the queue."""
    return {
        "title": _("Nothing waits for a reviewer"),
        "sentence": _(
            "You have no review to write, and no file has a place that you may take. Files come here once they"
            " have passed screening, and a coordinator may ask you for one."
        ),
        "action": {"title": _("Your files"), "url": reverse("files")},
    }


def _with_what_is_shown(queue: QuerySet[Dossier], person: User) -> QuerySet[Dossier]:
    shown = queue.select_related("organisation").annotate(rated=rated_by(person))
    return shown.annotate(**parts_in_sql(Dossier, person.pk, ["reviewer"]))


def _load(queue: QuerySet[Dossier]) -> dict[str, Any]:
    mine = Q(mine=True)
    return queue.order_by().aggregate(
        open=Count("pk", filter=mine),
        overdue=Count("pk", filter=mine & Q(due__lt=timezone.now())),
        soonest=Min("due", filter=mine),
        waiting=Count("pk", filter=Q(mine=False)),
    )


def _stats(load: dict[str, Any]) -> list[dict[str, Any]]:
    """For parts/stats.html."""
    soonest = load["soonest"]
    found = [
        {
            "title": _("Reviews that you are writing"),
            "value": load["open"],
            "note": time_left(soonest) if soonest else "",
        },
        {"title": _("Files that wait for a reviewer"), "value": load["waiting"]},
    ]
    if load["overdue"]:
        found.insert(1, {"title": _("Of these overdue"), "value": load["overdue"], "tone": "warning"})
    return found
