"""The minutes of a sitting on paper: the same bytes for the same reader, until something more is written down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.certificates.paper.isolates import left_to_right, one_line, own_direction
from accreditation_engine.certificates.paper.typesetting import typeset
from accreditation_engine.decisions.models import Convened, Sitting
from accreditation_engine.decisions.sittings.details import details_of
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.engine.words import transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.body import body_name
from accreditation_engine.portal.erased_words import or_erased

from .agenda import Item, agenda_of
from .page import shown_item

HERE = Path(__file__).parent
TEMPLATE = "minutes.typ"
SHORT = 12  # characters of a digest


def minutes_paper(sitting: Sitting, person: User) -> bytes:
    """A PDF in the active language, as far as each file is `person`'s to see. Raises TypesettingError."""
    arabic = (get_language() or "ar").startswith("ar")
    details = details_of(sitting)
    seats = list(sitting.convened.select_related("member").order_by("member__name", "pk"))
    names = {each.member_id: each.member.name for each in seats}
    data = {
        "language": "ar" if arabic else "en",
        "body": one_line(body_name()),
        "heading": _("Minutes of a sitting"),
        "title": one_line(details.title(sitting)),
        "draft": "" if sitting.closed_at else _("Draft: the sitting is not closed."),
        "facts": [
            {"name": _("Begins"), "value": _moment(sitting.starts_at)},
            {"name": _("Place"), "value": own_direction(details.place)},
        ],
        "attendance": _("Attendance"),
        "seats": [{"name": own_direction(each.member.name), "stay": _stay(each)} for each in seats],
        "agenda": _("Agenda"),
        "page": _("Page"),
        "items": [_item(sitting, each, names) for each in agenda_of(sitting, person).items],
    }
    made = int((sitting.closed_at or sitting.starts_at).timestamp())
    return typeset(TEMPLATE, data, timestamp=made, folders=[HERE])


def _moment(moment: datetime) -> str:
    at = localtime(moment)
    return f"{date_format(at, 'j F Y')} {left_to_right(f'{at:%H:%M}')}"


def _stay(seat: Convened) -> str:
    if seat.came_at is None:
        return _("not noted as present")
    came = left_to_right(f"{localtime(seat.came_at):%H:%M}")
    if seat.left_at is None:
        return _("from %(came)s to the end") % {"came": came}
    return _("from %(came)s to %(left)s") % {
        "came": came,
        "left": left_to_right(f"{localtime(seat.left_at):%H:%M}"),
    }


def _item(sitting: Sitting, item: Item, names: Any) -> dict[str, Any]:
    shown = shown_item(sitting, item, names)
    if item.reader is None:
        return {
            "title": left_to_right(shown["number"]),
            "lines": [
                _("You had a hand in this file before, so you step aside while it is heard.")
                if item.steps_aside
                else _("This file is closed to you.")
            ],
            "texts": [],
        }
    edition = item.dossier.edition_id
    lines = [
        shown["quorum"],
        _line(_("Kept out by an interest"), shown["barred"]),
        _line(_("Had a hand in it before"), shown["involved"]),
        _line(_("Stepped aside"), shown["recused"]),
        *(_line(str(each.member), choice_title(edition, each.choice)) for each in item.votes or ()),
        *(_line(each["title"], str(each["count"])) for each in shown["tally"]),
        _decision(item),
    ]
    texts = [
        {"name": _line(_("Stepped aside"), each["name"]), "text": _paragraphs(each["reason"])}
        for each in shown["stepped_aside"]
    ]
    texts += [
        {
            "name": _line(_("Dissent"), str(each.member)),
            "text": _paragraphs(or_erased(told.comment, told.erased_at)),
        }
        for each, told in item.dissents
    ]
    if shown["minutes"]:
        texts.append({"name": _("Minutes"), "text": _paragraphs(shown["minutes"])})
    return {
        "title": f"{own_direction(shown['name'])} {left_to_right(shown['number'])}",
        "lines": [each for each in lines if each],
        "texts": texts,
    }


def _paragraphs(text: str) -> str:
    """Each in its own direction, whatever that of the page is."""
    return "\n".join(own_direction(each) for each in text.splitlines())


def _line(name: str, value: str) -> str:
    return f"{name}: {value}" if value else ""


def _decision(item: Item) -> str:
    """The step, the beginning of the hash of its event, and the edition it was judged by."""
    if item.decision is None or item.reader is None:
        return ""
    words = _("Decision: %(step)s, event %(hash)s, edition %(edition)s")
    return words % {
        "step": transition_title(item.decision.edition, item.decision.transition),
        "hash": left_to_right(item.decision.hash[:SHORT]),
        "edition": left_to_right(item.decision.edition[:SHORT]),
    }
