"""The name that an account shows against the one that its events speak of."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accreditation_engine.engine import verification
from accreditation_engine.trail.models import Name
from accreditation_engine.trail.problems import Problem, Tally

from .models import User

AT_ONCE = 500


def compare_names(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """Accounts whose name is not the one of its digest, which `trail.verification` holds against the events. A
    name that was erased is empty in both."""
    borne = Name.objects.filter(digest=OuterRef("name_digest"), actor=OuterRef("pk"))
    users = User.objects.annotate(
        known=Subquery(borne.values("digest")), borne=Subquery(borne.values("name"))
    )
    for user in (users if stream is None else users.filter(pk=stream)).order_by("pk").iterator(AT_ONCE):
        if user.known is None:
            yield Problem(
                user.pk, 0, "account", "its name is none that was ever written down for this person"
            )
        elif user.name != (user.borne or ""):
            yield Problem(
                user.pk, 0, "account", "the account shows another name than the one that it acts under"
            )


verification.more.append(compare_names)
