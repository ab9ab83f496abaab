"""The usual words of a certificate, for the schemes that bring none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accreditation_engine.certificates.paper.isolates import left_to_right, own_direction
from accreditation_engine.definitions.base import Bilingual

if TYPE_CHECKING:
    from accreditation_engine.certificates.paper.content import CertificateContent


def usual_statement(content: CertificateContent) -> Bilingual:
    """The sentence that follows the holder's name.

    The Arabic one agrees with "the organisation" (المنظمة) in the line before the name, since the name
    itself may be of either gender.
    """
    edition, title = left_to_right(content.edition), content.title
    return Bilingual(
        ar=f"قد استوفت متطلبات {own_direction(title.ar)} وفق الإصدار {edition}، "
        "بعد مراجعة مستقلة لسياساتها وممارساتها وبقرار من لجنة الاعتماد.",
        en=f"has met the requirements of the {title.en}, edition {content.edition}, "
        "upon independent review of its policies and practice and by decision of the accreditation panel.",
    )


def version_words(version: int) -> dict[str, str]:
    """What a paper says that takes the place of an earlier one, in both languages."""
    return {
        "ar": f"النسخة {left_to_right(str(version))}، تحل محل ما قبلها",
        "en": f"Version {version}, replacing those before it",
    }


def stand_in_words() -> dict[str, str]:
    """What a paper says where a name has letters that none of its fonts has, in both languages."""
    return {
        "ar": "حروف لا ترد في خطوط هذه الورقة كُتب مكانها \ufffd، وهي كاملة في الوثيقة الرقمية المرفقة بالملف.",
        "en": "Letters that none of the fonts here has stand as \ufffd; the credential in this file has them.",
    }
