"""Finishing certificates: each gets its paper once, whoever asks and however many workers there are."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.credential.status_list import ENTRIES
from accreditation_engine.certificates.keys.files import credential_key, paper_key
from accreditation_engine.certificates.keys.keeping import current
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE, Actor
from accreditation_engine.engine.clock import moment_on_clock, require_clock
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.recording import record
from accreditation_engine.told import told
from accreditation_engine.written import is_seen

from .content import content_of, kept
from .keeping import keep
from .making import make
from .replay import said_of
from .standing import without_paper
from .standings import sign_lists

log = logging.getLogger(__name__)
AT_ONCE = 20
"""So many certificates that are issued together are one task, so that several workers share a long batch."""
SAID = ("areas", "outcome", "scope_ar", "scope_en")
"""What of a certificate may change while its paper is made."""
HALF_FULL = ENTRIES // 2
TRIES = 5
LONGEST_RUN = timedelta(minutes=2)
"""Then other periodic jobs have their turn; a single paper more may take some seconds."""
GONE_AFTER = timedelta(minutes=5)
BEHIND = timedelta(minutes=1)
"""So much the clocks of two machines may differ."""


class BasisChanged(Exception):  # noqa: N818 - said of a certificate
    """Something that was judged is not as it was; no paper says that it was. `words` say what to do."""

    def __init__(self, number: str) -> None:
        self.words = told(
            gettext_noop(
                "something that was judged is not as it was, so no paper is made; look into it with"
                " manage.py verify_trail, and put it back"
            )
        )
        super().__init__(f"{number}: {self.words}")


class ClockWrong(Exception):  # noqa: N818 - said of this machine
    """The clock says that a certificate was not issued yet; a paper would say that it was signed before."""

    def __init__(self, now: datetime, since: datetime) -> None:
        words = gettext_noop(
            "the clock of this machine says %(now)s, and the certificate has stood so since %(since)s; set the"
            " clock"
        )
        super().__init__(told(words, now=moment_on_clock(now), since=moment_on_clock(since)))


@dataclass
class Finished:
    """What came of many: how many papers were made, and what stood against the others."""

    made: int = 0
    failed: dict[UUID, Exception] = field(default_factory=dict)


def finish(certificate: Certificate) -> Paper:
    """The paper of `certificate`, made where there is none yet that says what it says now.

    Raises KeyUnusable, TypesettingError, PaperWrong, BasisChanged, ClockWrong and ClockDoubted; nothing
    is kept then.
    """
    newest = current_paper(certificate)
    if newest is not None and newest.version >= certificate.paper_due:
        return newest
    return _made(certificate, newest.version + 1 if newest else 1, SYSTEM, SYSTEM_ROLE, "")


def make_anew(certificate: Certificate, *, by: Actor, role: str, reason: str) -> Paper:
    """A new version of its paper, from what the certificate says now; the one before no longer counts. Raises
    ValueError without a reason, and as `finish` does."""
    if not is_seen(reason):
        raise ValueError("no paper is replaced without a reason")
    before = current_paper(certificate)
    return _made(certificate, before.version + 1 if before else 1, by, role, reason)


def current_paper(certificate: Certificate) -> Paper | None:
    """The newest; None before there is one. One query."""
    papers = Paper.objects.filter(certificate=certificate).select_related("credential_key", "paper_key")
    return papers.order_by("-version").first()


def next_version(certificate: Certificate) -> int:
    """Of its paper, where the certificate says something else from now on. One query."""
    made = Paper.objects.filter(certificate=certificate).aggregate(last=Max("version"))["last"] or 0
    return int(made) + 1


def paper_to_give(certificate: Certificate) -> Paper | None:
    """The one that counts; None while it is being made, for the first time or because the certificate says
    something else by now. One query."""
    newest = current_paper(certificate)
    return newest if newest is not None and newest.version >= certificate.paper_due else None


def waiting() -> QuerySet[Certificate]:
    """Those without a paper that says what they say now, the oldest first."""
    return Certificate.objects.filter(without_paper()).order_by("issued_on", "number")


def finish_many(
    certificates: Sequence[UUID], *, each: Callable[[], None] = lambda: None, until: datetime | None = None
) -> Finished:
    """One after the other; one that fails stops no other. `each` is called after each."""
    done = Finished()
    for pk in certificates:
        if until is not None and timezone.now() > until:
            break
        try:
            finish(Certificate.objects.select_related("dossier__organisation").get(pk=pk))
            done.made += 1
        except Exception as error:
            log.exception("The paper of the certificate %s could not be made.", pk)
            done.failed[pk] = error
        each()
    return done


def ask_for_papers(certificates: Sequence[Certificate]) -> None:
    """Have the worker make the papers of `certificates` once this transaction, which issues or changes them,
    holds."""
    keys = [str(each.pk) for each in certificates]
    for start in range(0, len(keys), AT_ONCE):
        transaction.on_commit(partial(make_papers.enqueue, keys[start : start + AT_ONCE]))


@task
def make_papers(certificates: list[str]) -> None:
    """What fails is in the log, and is tried again by `finish_what_waits`."""
    finish_many([UUID(each) for each in certificates])
    sign_lists()


@periodic("papers", every=timedelta(minutes=1), held=GONE_AFTER)
def finish_what_waits() -> None:
    """Whatever has no paper, because a worker died or a key was missing. Raises the first of what stood against
    it. The newest first: tasks of other workers begin with the oldest, and two would make the same."""
    due = list(waiting().reverse().values_list("pk", flat=True))
    done = finish_many(due, until=timezone.now() + LONGEST_RUN)
    if done.failed:
        raise next(iter(done.failed.values()))


def _made(certificate: Certificate, version: int, by: Actor, role: str, reason: str) -> Paper:
    if basis_changed(certificate):
        raise BasisChanged(certificate.number)
    _refuse_wrong_clock(certificate)
    paper = Paper(
        certificate=certificate,
        version=version,
        credential_key=current(CREDENTIAL),
        paper_key=current(PAPER),
        made_at=timezone.now().replace(microsecond=0),  # after the keys, which may have been made just now
    )
    key, who = credential_key(paper.credential_key), paper_key(paper.paper_key)
    for _try in range(TRIES):
        paper.place = _free_place()
        paper.content = kept(content_of(certificate, version))
        paper.pdf = keep(make(certificate, paper, key, who))
        written = _written(paper, certificate, by, role, reason)
        if written is not None:
            return written
    raise RuntimeError("no free place in the status lists, or other words again and again")


def _refuse_wrong_clock(certificate: Certificate) -> None:
    require_clock()
    now = timezone.now()
    if now < certificate.entered_at - BEHIND:
        raise ClockWrong(now, certificate.entered_at)


def _free_place() -> int:
    """By chance among those of the newest list, of which half are taken at most: who looks one up does not tell
    which, and the order of issue cannot be read from it. Another process may take it meanwhile."""
    first = Paper.objects.count() // HALF_FULL * ENTRIES
    place = first + secrets.randbelow(ENTRIES)
    while Paper.objects.filter(place=place).exists():
        place = first + secrets.randbelow(ENTRIES)
    return place


def _says(certificate: Certificate) -> list[Any]:
    return [getattr(certificate, name) for name in SAID]


def _written(paper: Paper, certificate: Certificate, by: Actor, role: str, reason: str) -> Paper | None:
    """The row and its event, or those that another process wrote meanwhile; None where another paper took the
    place, or the certificate says something else by now, which `certificate` then does as well."""
    try:
        with transaction.atomic():
            locked = Certificate.objects.select_for_update().get(pk=paper.certificate_id)
            before = Paper.objects.filter(certificate=locked, version=paper.version)
            if (found := before.select_related("credential_key", "paper_key").first()) is not None:
                return found
            if _says(locked) != _says(certificate):
                for name in SAID:
                    setattr(certificate, name, getattr(locked, name))
                return None
            paper.save(force_insert=True)
            record(
                locked.pk,
                "paper_made",
                by,
                role=role,
                edition=locked.edition_id,
                comment=reason,
                data=said_of(paper),
            )
    except IntegrityError:
        if Paper.objects.filter(place=paper.place).exists():
            return None
        raise
    return paper
