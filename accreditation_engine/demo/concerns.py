"""What invented strangers said about a certified organisation, each concern in a state of its own for a visitor to
go on with: just received, put to the organisation, and before the panel."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.complaints.domain import Concern, code_of, raise_concern
from accreditation_engine.complaints.filing import answered_with
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.queries import workers_of

from .autopilot import page_saying
from .cast import Cast

FEES = "طُلب من أسرتي مبلغ لقاء خدمة يقول تقرير المنظمة إنها مجانية. مرفق إيصال الدفع."
SHUT = "مقر المنظمة في الحي مغلق منذ شهر، ولا يرد أحد على الهاتف المعلن."
PICTURES = "نُشرت صور أطفال مستفيدين بأسمائهم دون إذن أهلهم."
ANSWER = "حذفنا الصور يوم بلغنا الأمر، وأذون الأهالي للصور الباقية مع هذا الرد."


def hear_strangers(cast: Cast, dossier: Dossier) -> Iterator[str]:
    """Raise what was not raised yet, and tell where each stands."""
    if not Complaint.objects.filter(dossier=dossier).exists():
        _raise(cast, dossier)
    for each in Complaint.objects.filter(dossier=dossier).order_by("number"):
        yield f"{each.number}: {state_title(each.edition_id, each.state)}"


def _raise(cast: Cast, dossier: Dossier) -> None:
    coordinator, applicant = cast.playing("coordinator")[0], workers_of(dossier.organisation_id)[0]
    principles = [each.id for each in code_of(dossier)]
    fees = Concern(FEES, about=principles[0] if principles else "")
    raise_concern(dossier=dossier, concern=fees, uploads=[_paper("receipt", "Invented receipt")])
    shut = raise_concern(dossier=dossier, concern=Concern(SHUT)).complaint
    pictures = raise_concern(dossier=dossier, concern=Concern(PICTURES)).complaint
    for each in (shut, pictures):
        perform(each, "admit", coordinator)
    answered_with([_paper("permissions", "Invented permissions")])(
        pictures, "answer", applicant, comment=ANSWER
    )


def _paper(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", page_saying(text))
