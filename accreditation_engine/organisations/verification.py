"""What stands in accounts against what events of people say: where they work, and whether they are open."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accreditation_engine.engine import verification
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.models import Event, Text
from accreditation_engine.trail.problems import Problem, Tally

from .employer import NAMED
from .models import User

AT_ONCE = 500


def accounts_apart(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """A problem for each account whose employer is not the last that was named, or that is open or closed
    otherwise than its events say. One query."""
    for user in (_told() if stream is None else _told().filter(pk=stream)).iterator(AT_ONCE):
        seq = user.named_seq or 0  # type: ignore[attr-defined]
        gone = user.named is None and user.something_erased  # type: ignore[attr-defined]
        if not gone and user.employer != (user.named or "") and not _erased(user):  # type: ignore[attr-defined]
            yield Problem(user.pk, seq, "person", "the employer is not the one that its trail names last")
        if user.is_active == user.closed:  # type: ignore[attr-defined]
            stands = "open" if user.is_active else "closed"
            yield Problem(user.pk, 0, "person", f"the account is {stands}, and its trail says otherwise")


def _erased(user: User) -> bool:
    return user.employer == "" and user.something_erased  # type: ignore[attr-defined]


def _told() -> QuerySet[User]:
    own = Event.objects.filter(stream=OuterRef("pk"))
    last = own.filter(kind=NAMED).order_by("-seq").values("seq")[:1]
    text = Text.objects.filter(stream=OuterRef("pk"), seq=OuterRef("named_seq"), field="comment")
    return (
        User.objects.order_by("pk")
        .annotate(named_seq=Subquery(last))
        .annotate(
            named=Subquery(text.values("text")[:1]),
            something_erased=Exists(own.filter(kind=ERASED)),
            closed=Exists(own.filter(kind="account_closed")),
        )
    )


verification.more.append(accounts_apart)
