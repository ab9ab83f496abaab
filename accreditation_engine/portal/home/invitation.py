"""What to do where nothing is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.renewing import renewed_from
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.prepared import TODAY, USER, Asked, Prepared
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.organisations.ended import ended_roles
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.queries import organisations_worked_for
from accreditation_engine.portal.auditor.access import has_desk
from accreditation_engine.portal.certificate.contesting import issued_in_sql
from accreditation_engine.portal.certificate.renewal import near_in_sql
from accreditation_engine.portal.complaints.waiting import concerns_in_sql
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.roles_over import over_in_words
from accreditation_engine.portal.scope_change.waiting import changes_in_sql
from accreditation_engine.portal.upkeep.waiting import asked_in_sql


def empty_home(person: User, *, works: bool) -> dict[str, Any]:
    """Nothing ever waits for auditors: they are shown to their desk. Nor for whoever only reads for organisations:
    `works` is whether the reader acts for one."""
    if has_desk(person):
        return {
            "icon": "search",
            "title": _("Nothing waits for you"),
            "sentence": _(
                "At your desk is every event of the files you audit: searched, compared, drawn, taken away."
            ),
            "action": {"title": _("To the auditor's desk"), "url": reverse("audit")},
        }
    if not parts_of(person):
        if over := ended_roles(person):
            return _over(over)
        return {
            "icon": "people",
            "title": _("You act for no organisation yet"),
            "sentence": _("Register yours, or ask a colleague who acts for it to invite you."),
            "action": {"title": _("Register an organisation"), "url": reverse("found_organisation")},
        }
    if parts_of(person) == ["applicant"] and not works:
        return {
            "icon": "check",
            "title": _("Nothing waits for you"),
            "sentence": _(
                "You read the files of your organisation and change nothing: what waits for it is shown to its"
                " owners and members."
            ),
        }
    return {
        "icon": "check",
        "title": _("Nothing waits for you"),
        "sentence": _("When something does, you will find it here, and a message tells you by e-mail."),
    }


def _over(over: Sequence[RoleGrant]) -> dict[str, Any]:
    return {
        "icon": "people",
        "title": " ".join(over_in_words(each) for each in over),
        "sentence": _(
            "What you did stays on record. An administrator gives roles; and whoever acts for an organisation is"
            " invited by it, or registers it."
        ),
        "action": {"title": _("Register an organisation"), "url": reverse("found_organisation")},
    }


def own_organisations(person: User) -> list[Any]:
    """Those that the reader acts for, with what home says of each: its `files`, the `schemes` that are open, the
    `certificates` that hold, those that are `near` their end, all that were ever `issued`, the `upkeep` of all,
    `scope_changes`, and `concerns` about it. One query, none for whoever acts for nobody."""
    if "applicant" not in parts_of(person):
        return []
    return _own().send(Asked(user=person.pk))


@lru_cache(maxsize=1)
def _own() -> Prepared:
    schemes = Scheme.objects.filter(subject="dossier").order_by("name")
    return Prepared(
        organisations_worked_for(USER).annotate(
            files=Rows(_files(), "scheme", "edition_id", "state"),
            schemes=Rows(schemes, "name", "edition_id"),
            certificates=Rows(_holding(), "under", "valid_until"),
            near=near_in_sql(),
            issued=issued_in_sql(),
            concerns=concerns_in_sql(),
            upkeep=asked_in_sql(),
            scope_changes=changes_in_sql(),
        )
    )


def invitations(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """Each scheme that is open, for each of the reader's organisations that has no file under it which
    still goes on: one that was withdrawn, has lapsed or was refused for good need not be the last. Those
    under which a certificate holds come last and bear it as `holds`, {until, renewed_from, renewed_now}, where
    `until` is a day or None. No query."""
    offered = [
        {
            "organisation": organisation,
            "name": organisation.name_in(language()),
            "scheme": scheme["name"],
            "about": reverse("about_scheme", args=[language(), scheme["name"]]),
            "holds": _held(scheme["name"], organisation.certificates),
            "title": scheme_title(scheme["name"], scheme["edition_id"]),
        }
        for organisation in organisations
        for scheme in organisation.schemes
        if usable(scheme["edition_id"]) is not None and scheme["name"] not in _going_on(organisation.files)
    ]
    return sorted(offered, key=lambda each: each["holds"] is not None)


def _files() -> QuerySet[Dossier]:
    return Dossier.objects.filter(organisation=OuterRef("pk")).order_by("pk")


def _holding() -> QuerySet[Certificate, Any]:
    """The certificates that may be referred to today."""
    unlimited, ahead = Q(valid_until=None), Q(valid_until__gte=TODAY)
    return (
        Certificate.objects.filter(unlimited | ahead, dossier__organisation=OuterRef("pk"), state="active")
        .order_by("pk")
        .values(under=F("dossier__scheme"))
    )


def _held(scheme: str, certificates: Iterable[Mapping[str, str | None]]) -> dict[str, Any] | None:
    """Until when one of `certificates` holds under `scheme`, and from when on it is renewed; None where none
    does."""
    until = [each["valid_until"] for each in certificates if each["under"] == scheme]
    if not until:
        return None
    if None in until:
        return {"until": None}
    last = date.fromisoformat(max(each for each in until if each))
    begins = renewed_from(last)
    return {"until": last, "renewed_from": begins, "renewed_now": begins <= timezone.localdate()}


def _going_on(files: Iterable[Mapping[str, str]]) -> set[str]:
    """The schemes under which one of `files` is not finished, as far as anybody knows."""
    return {
        each["scheme"]
        for each in files
        if (scheme := usable(each["edition_id"])) is None or not scheme.workflow.states[each["state"]].final
    }
