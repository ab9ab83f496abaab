"""How the mail stands: what waits, what nobody knows of, what was given up; and whether anybody sends it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.status import PATIENCE, Backlog, backlog
from accreditation_engine.organisations.letters.models import Letter, Mail

State = Mail.State


@dataclass(frozen=True)
class Standing:
    """`waiting` letters are not in a mail yet; mails that are to be `retried`, in `doubt`, or `given_up`.
    `lonely`: nobody sends them. `error`: what stood in the way the last time."""

    waiting: int
    retried: int
    doubt: int
    given_up: int
    lonely: bool
    error: str


def standing() -> Standing:
    """Three queries."""
    now = timezone.now()
    waiting = Letter.objects.filter(mail=None, dropped_at=None).count()
    mails = Mail.objects.filter(state__in=(State.WAITING, State.UNKNOWN, State.GIVEN_UP)).aggregate(
        retried=Count("pk", filter=Q(state=State.WAITING, tries__gt=0)),
        doubt=Count("pk", filter=Q(state=State.UNKNOWN)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
    )
    job = PeriodicRun.objects.filter(pk="letters").first()
    lonely = job is None or (job.held_until is None and job.due_at < now - PATIENCE)
    return Standing(waiting, **mails, lonely=lonely, error=job.error if job else "")


@backlog("mail")
def _backlog() -> Backlog:
    found = standing()
    counts = {
        "letters_waiting": found.waiting,
        "mails_retried": found.retried,
        "mails_in_doubt": found.doubt,
        "mails_given_up": found.given_up,
    }
    return Backlog(counts, in_words(found), wrong=bool(found.doubt or found.given_up or _stuck(found)))


def _stuck(found: Standing) -> bool:
    return found.lonely and found.waiting > 0


def in_words(found: Standing) -> str:
    said = [ngettext("%(count)d letter waits", "%(count)d letters wait", found.waiting) % _n(found.waiting)]
    if found.retried:
        words = ngettext("%(count)d mail is tried again", "%(count)d mails are tried again", found.retried)
        said.append(words % _n(found.retried))
    if found.doubt:
        words = ngettext("%(count)d mail is in doubt", "%(count)d mails are in doubt", found.doubt)
        said.append(words % _n(found.doubt))
    if found.given_up:
        words = ngettext("%(count)d mail was given up", "%(count)d mails were given up", found.given_up)
        said.append(words % _n(found.given_up))
    return str(_("; ")).join(said)


def _n(count: int) -> dict[str, int]:
    return {"count": count}
