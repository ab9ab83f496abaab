"""What the register says of one certificate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.finished.content import outcome_title, palette_of
from accreditation_engine.certificates.holder import holder_of, holder_today
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.paper.palette import PALETTES
from accreditation_engine.certificates.replacing import replacing
from accreditation_engine.certificates.standing import public_since, standing_of
from accreditation_engine.certificates.status import HELD, public_status
from accreditation_engine.certificates.words import status_title
from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.charts import areas_chart

TONES: dict[PublicStatus, str] = {
    "active": "good",
    "suspended": "warning",
    "withdrawn": "bad",
    "cancelled": "bad",
    "expired": "neutral",
}
MEANINGS: dict[PublicStatus, Any] = {
    "active": gettext_lazy("The holder may refer to this certificate today."),
    "suspended": gettext_lazy("For the time being the holder may not refer to this certificate."),
    "withdrawn": gettext_lazy("The accrediting body has taken this certificate back. It holds no more."),
    "cancelled": gettext_lazy("This certificate was ended at its holder's request. It holds no more."),
    "expired": gettext_lazy("The time of this certificate is over. It holds no more."),
}


def language() -> str:
    return get_language() or "ar"


def holder(certificate: Certificate) -> str:
    return holder_of(certificate).name.in_language(language())


def public_badge(certificate: Certificate) -> dict[str, Any]:
    """For strangers: one of five words."""
    status = public_status(certificate)
    return {"title": status_title(status), **_look(status)}


def standing_badge(certificate: Certificate) -> dict[str, Any]:
    """For those who handle it: the state as the body calls it."""
    title = state_title(certificate.edition_id, standing_of(certificate))
    return {"title": title, **_look(public_status(certificate))}


def _look(status: PublicStatus) -> dict[str, str]:
    return {"tone": TONES[status], "icon": "seal" if status == "active" else ""}


def meaning_of(certificate: Certificate) -> str:
    """What its standing means for somebody who relies on it."""
    return str(MEANINGS[public_status(certificate)])


def replaced_notice(certificate: Certificate) -> dict[str, Any] | None:
    """For parts/notice.html: which certificate took the place of this one. One query where one did."""
    newer = replacing(certificate)
    if newer is None:
        return None
    return {
        "kind": "info",
        "title": _("A newer certificate has taken its place"),
        "reasons": [{"remedy": newer.number, "url": reverse("register_entry", args=[newer.number])}],
    }


def changed_notice(certificate: Certificate) -> dict[str, str] | None:
    """For parts/notice.html: that something which was judged is not as it was, and no word of what. Two queries,
    and one more where something differs."""
    if not basis_changed(certificate):
        return None
    return {
        "kind": "warning",
        "title": _("Changed since the decision"),
        "text": _(
            "Something that was looked at when this certificate was decided is not as it was then. That says"
            " nothing about the holder yet; ask the accrediting body before you rely on this certificate."
        ),
    }


def being_made() -> dict[str, str]:
    """For parts/notice.html: that there is no paper yet."""
    return {
        "kind": "info",
        "title": _("The paper of this certificate is being made"),
        "text": _(
            "It is set, signed and checked, which takes a moment. Load this page again soon; what the register"
            " says of the certificate holds meanwhile."
        ),
    }


def lost() -> dict[str, str]:
    """For parts/notice.html: that the file is gone and does not come out again as it was."""
    return {
        "kind": "warning",
        "title": _("The paper cannot be given out"),
        "text": _(
            "The stored file is not the one that was signed. The accrediting body has been told; what the"
            " register says of the certificate holds."
        ),
    }


def outcome_badge(certificate: Certificate) -> dict[str, Any]:
    scheme = usable(certificate.dossier.edition_id)
    if scheme is None:
        return {"title": certificate.outcome, "tone": "good"}
    title = outcome_title(certificate, scheme).in_language(language())
    return {"title": title, "tone": "gold" if palette_of(certificate) == "gold" else "good", "icon": ""}


def facts_of(certificate: Certificate) -> list[dict[str, Any]]:
    """For parts/facts.html. One query where it is not active."""
    workflow = compiled(certificate.dossier.edition_id).workflow
    return [
        {"term": _("Certificate number"), "value": certificate.number, "kind": "code"},
        {
            "term": _("Holder"),
            "value": holder(certificate),
            "url": reverse("register_organisation", args=[certificate.organisation_id]),
            "note": _called_today(certificate),
        },
        {
            "term": _("Registration number"),
            "value": holder_of(certificate).registration_number,
            "kind": "code",
        },
        {
            "term": _("Scheme"),
            "value": workflow.title.in_language(language()),
            "note": _("Edition %(edition)s") % isolated({"edition": workflow.edition}),
        },
        {"term": _("Scope of the certificate"), "value": scope_in_words(certificate.scope)},
        {"term": _("Outcome"), "badge": outcome_badge(certificate)},
        {"term": _("Issued on"), "value": certificate.issued_on, "kind": "day"},
        {
            "term": _("Valid until") if public_status(certificate) in HELD else _("Its term was until"),
            "value": certificate.valid_until or _("open"),
            "kind": _kind(certificate),
        },
        *_since(certificate),
    ]


def term_of(certificate: Certificate) -> str:
    """Until when it holds, or would have held, beside the word for how it stands; "" where that is open."""
    if certificate.valid_until is None:
        return ""
    held = public_status(certificate) in HELD
    words = _("valid until %(day)s") if held else _("its term was until %(day)s")
    return words % isolated({"day": date_format(certificate.valid_until, "j F Y")})


def _since(certificate: Certificate) -> list[dict[str, Any]]:
    """For whoever was shown it earlier: from which day on it holds no more."""
    status = public_status(certificate)
    if status == "active":
        return []
    term = _("%(status)s since") % {"status": status_title(status)}
    return [{"term": term, "value": timezone.localdate(public_since(certificate)), "kind": "day"}]


def _called_today(certificate: Certificate) -> str:
    """Where the holder has another name or number by now; "" where not."""
    issued, today = holder_of(certificate), holder_today(certificate)
    if issued == today:
        return ""
    return _("Now: %(name)s, registration number %(number)s") % isolated(
        {"name": today.name.in_language(language()), "number": today.registration_number}
    )


def _kind(certificate: Certificate) -> str:
    return "day" if certificate.valid_until else ""


def scores_of(certificate: Certificate) -> list[dict[str, Any]]:
    """The areas that apply, numbered as in the chart."""
    rubric = compiled(certificate.dossier.edition_id).rubrics[certificate.rubric]
    titles = {area.id: area.title.in_language(language()) for area in rubric.areas}
    return [
        {"number": number, "title": titles[each["id"]], "percent": each["percent"]}
        for number, each in enumerate(_applying(certificate), start=1)
    ]


def chart_of(certificate: Certificate) -> SafeString:
    percents = [Decimal(each["percent"]) for each in _applying(certificate)]
    gold = outcome_badge(certificate)["tone"] == "gold"
    return areas_chart(percents, palette=PALETTES["gold" if gold else "green"])


def _applying(certificate: Certificate) -> list[dict[str, Any]]:
    return [each for each in certificate.areas if each["percent"] is not None]
