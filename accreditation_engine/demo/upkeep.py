"""What keeps the invented certificates alive, each thing in a state of its own for a visitor to go on with:
planned, called for, filed, accepted, and overdue with its certificate suspended."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from accreditation_engine.certificates.finished.standings import sign_lists
from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.standing import standing_of
from accreditation_engine.certificates.upkeep.filing import add_file
from accreditation_engine.certificates.upkeep.models import Kind
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.acting import SYSTEM, Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import workers_of

from .autopilot import page_saying
from .cast import Cast
from .world import PROTAGONIST, SUSPENDED, Member, registration

ACCOUNTS = "لم تكن القوائم المالية المراجعة للسنة الماضية جاهزة عند منح الشهادة؛ ترسل فور اعتمادها."
MOVED = "انتقل المقر الرئيسي إلى مبنى جديد؛ يوضح كيف تحفظ فيه ملفات المستفيدين وأموال الصندوق."
MOVED_ANSWER = (
    "الملفات في غرفة مغلقة لها مفتاحان، والصندوق يجرد أسبوعيا؛ وصور المكان ومحضر الجرد مع هذا الرد."
)
EARLY = "انعقدت الجمعية العمومية مبكرا، وطلبت المنظمة تقديم تقريرها السنوي قبل موعده."
REPORT = "التقرير السنوي والحساب الختامي ومحضر الجمعية العمومية كما اعتمدت هذا الشهر."
CHANGED = "تغير مجلس الأمناء كله؛ يرسل محضر انتخاب المجلس الجديد وصفة من يمثل المنظمة."
ACCEPTED = "اطلعنا على ما قدم، وهو كاف."


def keep_alive(cast: Cast) -> Iterator[str]:
    """Play what was not played yet, and tell where everything stands."""
    for holder, play in ((PROTAGONIST, _kept), (SUSPENDED, _let_run_out)):
        certificate = _certificate_of(holder)
        if certificate is None:
            continue
        if not _moved(certificate).exists():
            play(certificate, cast.playing("coordinator")[0], workers_of(certificate.organisation_id)[0])
            sign_lists()
            certificate.refresh_from_db()
        yield f"{certificate.number}: {state_title(certificate.edition_id, standing_of(certificate))}"
        for each in certificate.upkeep.order_by("due_on", "pk"):
            yield f"  {kind_title(each.kind)}, due {each.due_on}: {state_title(each.edition_id, each.state)}"


def _certificate_of(holder: Member) -> Certificate | None:
    issued = Certificate.objects.filter(dossier__organisation__registration_number=registration(holder))
    return issued.select_related("dossier__organisation").order_by("issued_on", "number").first()


def _moved(certificate: Certificate) -> QuerySet[Upkeep]:
    """What is no more as the scheme planned it."""
    return certificate.upkeep.filter(state_seq__gt=1)


def _kept(certificate: Certificate, coordinator: User, applicant: User) -> None:
    """One thing is asked for, one lies before the coordinator, and one is done."""
    _ask(certificate, "yearly_filing", coordinator, ACCOUNTS)
    done = _ask(certificate, "special_audit", coordinator, MOVED)
    _add(done, applicant, "inventory", "Invented minutes of the weekly count")
    _take(done, applicant, MOVED_ANSWER)
    _take(done, coordinator, ACCEPTED)
    planned = certificate.upkeep.filter(kind="yearly_filing", state_seq=1).order_by("due_on").first()
    if planned is not None:
        _take(planned, coordinator, EARLY)
        _add(planned, applicant, "annual-report", "Invented annual report")
        _add(planned, applicant, "accounts", "Invented accounts of the year")
        _take(planned, applicant, REPORT)


def _let_run_out(certificate: Certificate, coordinator: User, applicant: User) -> None:
    """Nothing is filed on the day that was given: the system takes the step that it would take at midnight."""
    asked = _ask(certificate, "special_audit", coordinator, CHANGED, today=True)
    deadline = compiled(asked.edition_id).workflow.states[asked.state].deadline
    if deadline is not None:
        perform(asked, deadline.then, SYSTEM)


def _ask(
    certificate: Certificate, kind: Kind, coordinator: User, reason: str, *, today: bool = False
) -> Upkeep:
    due = timezone.localdate() if today else None
    return call_upkeep(
        certificate, kind=kind, actor=coordinator, role="coordinator", reason=reason, due_on=due
    )


def _add(upkeep: Upkeep, person: User, name: str, text: str) -> None:
    add_file(upkeep=upkeep, upload=SimpleUploadedFile(f"{name}.pdf", page_saying(text)), by=person)


def _take(upkeep: Upkeep, person: Person, said: str) -> None:
    """The first step that is open to the person, as the workflow lists them."""
    step = next(each for each in options(upkeep, person) if each.open)
    perform(upkeep, step.name, person, comment=said)
