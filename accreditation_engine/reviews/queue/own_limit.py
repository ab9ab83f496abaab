"""How many reviews a reviewer writes at a time, where a coordinator has said so: it holds for what they take
themselves as it does for a draw. A coordinator who asks somebody by name answers for asking more of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.models import ReviewerProfile
from accreditation_engine.reviews.allocation.pool import loads_of


def limited(reviewer: Any) -> Exists:
    """In SQL, whether the reviewer has a limit at all."""
    return Exists(ReviewerProfile.objects.filter(person=reviewer, most__isnull=False))


def most_at_a_time(reviewer: User) -> int | None:
    """None without a limit. One query."""
    return ReviewerProfile.objects.filter(person=reviewer).values_list("most", flat=True).first()


def held_full(reviewer: User) -> list[Reason]:
    """That the reviewer writes as many reviews as they may. The limit is held until the transaction ends, as a
    draw holds it: two places that are taken at once would each count the reviews of before. One query without a
    limit, three with one."""
    held = ReviewerProfile.objects.select_for_update().filter(person=reviewer, most__isnull=False)
    most = held.values_list("most", flat=True).first()
    if most is None or loads_of([reviewer]).get(reviewer.pk, 0) < most:
        return []
    return [Reason("own_load_full", {"most": most})]
