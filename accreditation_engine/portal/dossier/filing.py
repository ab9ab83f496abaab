"""Files that show what was done about a finding, sent with the words that report it or before them."""

from __future__ import annotations

from django.http import HttpRequest

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.sending.handed import files_handed
from accreditation_engine.portal.session_ended.kept import keep
from accreditation_engine.reviews.findings import file_correction
from accreditation_engine.reviews.models import Finding

from .acts import Tried
from .finding_parts import correction_place

FIELD = "file"


def file_sent(request: HttpRequest, finding: Finding, person: User) -> tuple[Reason, ...]:
    """Keep each file that is taken; why the others are not."""
    try:
        with files_handed(request, person, correction_place(finding), FIELD) as handed:
            handed.each_by_itself(lambda upload: file_correction(finding=finding, upload=upload, by=person))
    except Refused as refused:
        return tuple(refused.reasons)
    return ()


def refused_file(request: HttpRequest, finding: Finding, reasons: tuple[Reason, ...]) -> Tried:
    """What was typed beside a file that is not taken."""
    typed = {name: request.POST.get(name, "") for name in ("transition", "comment")}
    return Tried(finding.pk, typed["transition"], typed["comment"], "", reasons, at=FIELD)


def keep_words(request: HttpRequest, person: User, *, page: str, address: str) -> None:
    """What was typed beside a file that is added stands in its form when the page is shown anew."""
    if request.POST.get("comment", "").strip():
        pairs = [(name, request.POST.get(name, "")) for name in ("transition", "comment")]
        keep(request, str(person.pk), page, address=address, pairs=pairs, ended=False)
