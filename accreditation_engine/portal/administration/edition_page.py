"""One edition of a scheme: drawn, with its rubrics, with what is wrong with it; and two of them compared."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.definition_files import message_of
from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.unusable import usable, why_unusable
from accreditation_engine.portal.methodologist.described import called, drawing, editions_of, rubrics
from accreditation_engine.portal.tried import Tried, wrong_in

from .access import Administrator
from .compared import Sides, groups
from .frame import frame
from .schemes_page import check_badge, choices, way

Context = dict[str, Any]
OPEN = "open"


def edition_of(scheme: Scheme, name: str) -> Any:
    """By its hash. Raises Http404 where the scheme has no such edition."""
    found = editions_of(scheme).filter(pk=name).first()
    if found is None:
        raise Http404
    return found


def edition_page(reader: Administrator, scheme: Scheme, edition: Any, tried: Tried | None = None) -> Context:
    """The context of portal/edition.html."""
    wrong = wrong_in(tried, OPEN)
    open_now = edition.pk == scheme.edition_id
    return {
        **frame(reader, "edition_schemes"),
        "head": {
            "eyebrow": _("Edition"),
            "title": called(edition),
            "badge": {"title": _("for new files"), "tone": "good"} if open_now else None,
        },
        "breadcrumbs": way(scheme, _("Edition")),
        "scheme": scheme,
        "edition": edition,
        "facts": [
            {"term": _("Hash"), "value": edition.pk, "kind": "code"},
            {"term": _("Stored on"), "value": edition.stored_at, "kind": "moment"},
            {"term": _("Files"), "value": edition.files, "kind": "number"},
            {"term": _("Check"), "badge": check_badge(edition.pk)},
        ],
        "problems": _problems(edition.pk),
        "open_now": open_now,
        "errors": [{"text": wrong, "target": "open"}] if wrong else [],
        "compare_url": _compare_url(scheme, edition),
        "migrate_url": _migrate_url(scheme, edition),
        **_described(edition.pk),
    }


def _problems(edition: str) -> list[Context]:
    """What stands against opening it, be it that nothing can be judged by it at all."""
    if unusable := why_unusable(edition):
        return [{"message": str(each)} for each in unusable]
    return [{"definition": each.file, "message": message_of(each)} for each in problems_of(edition)]


def _described(edition: str) -> Context:
    """Nothing is drawn of what is not usable."""
    scheme = usable(edition)
    return {"drawing": drawing(scheme), "rubrics": rubrics(scheme)} if scheme else {}


def is_proved(edition: str) -> bool:
    return usable(edition) is not None and not problems_of(edition)


def _compare_url(scheme: Scheme, edition: Edition) -> str:
    if edition.pk == scheme.edition_id:
        return ""
    return f"{reverse('compare_editions', args=[scheme.name])}?old={scheme.edition_id}&new={edition.pk}"


def _migrate_url(scheme: Scheme, edition: Edition) -> str:
    """ "" where no file can be brought under it."""
    if scheme.subject != "dossier" or not is_proved(edition.pk):
        return ""
    return reverse("migrate", args=[scheme.name, edition.pk])


def compare_page(reader: Administrator, scheme: Scheme, old: str, new: str) -> Context:
    """The context of portal/compare_editions.html. Raises Http404 for what is no edition of the scheme."""
    found = list(editions_of(scheme))
    by_hash = {each.pk: each for each in found}
    if old not in by_hash or new not in by_hash:
        raise Http404
    pair = (("old", old), ("new", new))
    unusable = {each: why_unusable(each) for each in (old, new)}
    tables = [] if any(unusable.values()) else groups(Sides(compiled(old), compiled(new)))
    return {
        **frame(reader, "edition_schemes"),
        "head": {
            "eyebrow": _("Two editions compared"),
            "title": _("%(old)s → %(new)s") % isolated({side: called(by_hash[each]) for side, each in pair}),
        },
        "breadcrumbs": way(scheme, _("Two editions compared")),
        "choices": choices(found, old, new),
        "groups": tables,
        "unusable": [
            {"called": called(by_hash[each]), "reasons": [{"text": str(reason)} for reason in reasons]}
            for each, reasons in unusable.items()
            if reasons
        ],
        "same": not tables and not any(unusable.values()),
        "empty": {
            "sentence": _("Nothing differs but the label, or the order in which states and steps are listed.")
            if old != new
            else _("These are one edition. Choose two."),
        },
    }
