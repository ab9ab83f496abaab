"""From what a certificate says to the page that says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from accreditation_engine.certificates.paper.bars import bars_svg
from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent
from accreditation_engine.certificates.paper.dates import arabic_date, english_date
from accreditation_engine.certificates.paper.isolates import (
    has_right_to_left,
    left_to_right,
    one_line,
    own_direction,
    right_to_left,
)
from accreditation_engine.certificates.paper.numerals import Digits, percent
from accreditation_engine.certificates.paper.ornament import divider_svg, frame_svg, seal_svg
from accreditation_engine.certificates.paper.palette import PALETTES
from accreditation_engine.certificates.paper.qr import qr_svg
from accreditation_engine.certificates.paper.radar import FEWEST, MOST, radar_svg
from accreditation_engine.certificates.paper.stand_ins import typeset_with_stand_ins
from accreditation_engine.certificates.paper.typesetting import Attachment
from accreditation_engine.certificates.paper.wording import stand_in_words, usual_statement, version_words
from accreditation_engine.definitions.base import Bilingual

TEMPLATE = "certificate.typ"
# With 22 by 32 cells of 8.7 mm the frame leaves the same 9.3 mm on all four sides of A4.
COLUMNS, ROWS = 22, 32


def render_certificate(
    content: CertificateContent,
    *,
    template: str | Path = TEMPLATE,
    folders: Sequence[Path] = (),
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The certificate as a PDF/A-3b of one A4 page; the same arguments always make the same bytes.

    A body puts its own `template` into one of `folders`; the shipped one is used where it is in none.
    `attachments` (the credential) are carried inside. The document's date is midnight UTC of the day of
    issue. For a letter in none of the fonts another stands, and the page says so. Raises TypesettingError when
    the page cannot be set: a template that is wrong.
    """
    return typeset_with_stand_ins(
        template,
        certificate_data(content),
        stand_in_words(),
        assets=_pictures(content),
        attachments=attachments,
        folders=folders,
        timestamp=datetime.combine(content.issued_on, time(), tzinfo=UTC),
    )


def certificate_data(content: CertificateContent) -> dict[str, Any]:
    """What the template is given: only strings, lists and truth values, each ready to be printed; and `stand_ins`,
    which is "" or what is said where letters had to be replaced, in both languages."""
    palette = PALETTES[content.palette]
    return {
        "body": _pair(content.body),
        "title": _pair(content.title),
        "holder": _pair(content.holder),
        "outcome": _pair(content.outcome),
        "statement": _pair(content.statement or usual_statement(content)),
        "scope": content.scope and _pair(content.scope),
        "number": one_line(content.number),
        "registration_number": _number_of_the_state(content.registration_number),
        "edition": one_line(content.edition),
        "issued_on": _day(content.issued_on, content.digits),
        "valid_until": content.valid_until and _day(content.valid_until, content.digits),
        "register_url": content.register_url,
        "areas": [_area(area, content.digits) for area in content.areas],
        "signatories": [{"name": _pair(it.name), "role": _pair(it.role)} for it in content.signatories],
        "version": version_words(content.version) if content.version > 1 else None,
        "specimen": content.specimen,
        "colours": {
            "ink": palette.ink,
            "strong": palette.strong,
            "soft": palette.soft,
            "paper": palette.paper,
        },
    }


def _pair(text: Bilingual) -> dict[str, str]:
    return {"ar": one_line(text.ar), "en": one_line(text.en)}


def _code(code: str) -> dict[str, str]:
    return {"ar": left_to_right(code), "en": one_line(code)}


def _number_of_the_state(number: str) -> dict[str, str]:
    """It may have words of its own, such as «1452 لسنة 2009», and reads in their direction."""
    if not has_right_to_left(number):
        return _code(number)
    return {"ar": own_direction(number), "en": own_direction(number)}


def _day(day: date, digits: Digits) -> dict[str, str]:
    return {"ar": arabic_date(day, digits), "en": english_date(day)}


def _area(area: AreaResult, digits: Digits) -> dict[str, Any]:
    arabic = percent(area.percent, digits)
    return {
        "name": _pair(area.name),
        # ٨٥٪ reads from right to left as a whole; 85% does not.
        "ar": right_to_left(arabic) if digits == "arabic-indic" else left_to_right(arabic),
        "en": percent(area.percent, "western"),
    }


def _pictures(content: CertificateContent) -> dict[str, str]:
    palette = PALETTES[content.palette]
    pictures = {
        "frame.svg": frame_svg(COLUMNS, ROWS, palette),
        "seal.svg": seal_svg(palette),
        "divider.svg": divider_svg(palette),
        "qr.svg": qr_svg(content.register_url, dark="#1c1a15"),
    }
    if content.areas:
        pictures["areas.svg"] = _chart(content)
    return pictures


def _chart(content: CertificateContent) -> str:
    draw = radar_svg if FEWEST <= len(content.areas) <= MOST else bars_svg
    percents = [area.percent for area in content.areas]
    return draw(percents, palette=PALETTES[content.palette], title="", digits="western")
