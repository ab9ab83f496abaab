"""Letters that send a reviewer to work: told while there is a review to make, and not after it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accreditation_engine.definitions.reviewing import REVIEWER
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.reminding import reviewed_in


def asked_in_vain(letters: Sequence[Letter]) -> set[UUID]:
    """Those of `letters`, all to one reader, that tell a reviewer of a state in which reviews are made, of a file
    whose review they have sent already. One query where there are such letters."""
    asked = [each for each in letters if each.role == REVIEWER and _to_work(each)]
    if not asked:
        return set()
    files = {each.dossier for each in asked}
    mine = Assignment.objects.filter(reviewer=asked[0].person_id, dossier__in=files, released_at=None)
    done = set(mine.exclude(sent_at=None).values_list("dossier", flat=True))
    return {each.pk for each in asked if each.dossier in done}


def _to_work(letter: Letter) -> bool:
    return letter.stream == letter.dossier and letter.facts["state"] in reviewed_in(letter.facts["edition"])
