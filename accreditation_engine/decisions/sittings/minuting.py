"""Writing down what was said of a dossier at a sitting."""

from __future__ import annotations

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import CHAIR
from accreditation_engine.written import kept_text

from .ending import panel_before
from .models import MINUTED, Minute, Sitting
from .rules import COORDINATOR, require_lead


def write_minutes(*, sitting: Sitting, dossier: Dossier, text: str, seen: int | None, by: User) -> Minute:
    """Keep `text` as the minutes of `dossier`, beside an event of the dossier. Minutes may be written and amended
    after the sitting as well: what was written before stays beside its event. `seen` is the event of the text that
    the writer had before their eyes, None for none.

    Raises Refused for whoever does not lead the sitting or has no part in the dossier, for one that is not on the
    agenda, for a chair who had a hand in it before, without a text, and when somebody else wrote meanwhile.
    """
    unlike = unlike_text(text, missing="minutes_missing")
    with written_down(dossier, by, role="", act="minutes"), transaction.atomic():
        locked = locked_row(dossier)
        if sitting.cancelled_at:
            raise Refused([Reason("sitting_over")])
        role = require_role(locked, by, require_lead(by, sitting), COORDINATOR, CHAIR)
        if role == CHAIR and had_a_hand(sitting, locked, by):
            raise Refused([Reason("had_a_hand")])
        if not sitting.agenda.filter(dossier=locked).exists():
            raise Refused([Reason("not_on_the_agenda")])
        if unlike:
            raise Refused(unlike)
        if latest_minutes(sitting, locked) != seen:
            raise Refused([Reason("minutes_changed")])
        data = {"sitting": str(sitting.pk)}
        event = record(
            locked.pk, MINUTED, by, role=role, edition=locked.edition_id, comment=kept_text(text), data=data
        )
        return Minute.objects.create(sitting=sitting, dossier=locked, seq=event.seq)


def had_a_hand(sitting: Sitting, dossier: Dossier, member: User) -> bool:
    """Whether `member`, who is convened, steps aside while `dossier` is heard."""
    return member.pk in panel_before(sitting, [dossier])[dossier.pk].involved


def latest_minutes(sitting: Sitting, dossier: Dossier) -> int | None:
    """The event beside which the minutes lie that count."""
    rows = Minute.objects.filter(sitting=sitting, dossier=dossier).order_by("-seq")
    return rows.values_list("seq", flat=True).first()
