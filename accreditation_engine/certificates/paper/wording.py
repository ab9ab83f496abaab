"""The usual words of a certificate, for the schemes that bring none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def changed_warning() -> dict[str, Any]:
    """What a paper says of a certificate whose basis has changed, in the words of the register: no accusation,
    and what to do. {title, text}, each in both languages."""
    return {
        "title": {"ar": "تغيّر بعد القرار", "en": "Changed since the decision"},
        "text": {
            "ar": "طرأ تغير على شيء مما نُظر فيه عند منح هذه الشهادة. ولا يعني ذلك بعدُ شيئا في حق صاحبها؛ "
            "فارجع إلى جهة الاعتماد قبل أن تعتمد على هذه الشهادة.",
            "en": "Something that was looked at when this certificate was decided is not as it was then. That "
            "says nothing about the holder yet; ask the accrediting body before you rely on this certificate.",
        },
    }
