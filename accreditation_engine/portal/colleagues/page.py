"""What the pages of organisations show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.colleagues import waiting_invitations
from accreditation_engine.organisations.models import Membership, Organisation, Standing, User
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in


def organisations_page(person: User) -> dict[str, Any]:
    return {
        "head": {"title": _("Organisations that you act for")},
        "organisations": [
            {
                "name": each.name_in(language()),
                "number": each.registration_number,
                "url": reverse("colleagues", args=[each.pk]),
                "profile": reverse("organisation_profile", args=[each.pk]),
            }
            for each in organisations_of(person)
        ],
    }


def colleagues_page(organisation: Organisation, person: User, tried: Tried | None) -> dict[str, Any]:
    """Three queries beside the frame's, however many people there are."""
    members = list(
        Membership.objects.filter(organisation=organisation, ended_at=None)
        .select_related("user")
        .order_by("since", "pk")
    )
    owns = any(each.user_id == person.pk and each.standing == Standing.OWNER for each in members)
    invitations = list(waiting_invitations(organisation).order_by("made_at")) if owns else []
    wrong = wrong_in(tried, "invite")
    return {
        "head": {
            "title": _("People of the organisation"),
            "meta": [organisation.name_in(language()), organisation.registration_number],
        },
        "breadcrumbs": [
            {"title": _("Organisations that you act for"), "url": reverse("organisations")},
            {"title": organisation.name_in(language())},
        ],
        "members": [_member(each, person, owns) for each in members],
        "owns": owns,
        "organisation": organisation,
        "invitations": [
            {
                "pk": each.pk,
                "email": each.email,
                "standing": standing_words(each.standing),
                "expires_at": each.expires_at,
            }
            for each in invitations
        ],
        "errors": _errors(tried),
        "email": {
            "name": "email",
            "type": "email",
            "label": _("E-mail address"),
            "value": typed_in(tried, "invite", "email"),
            "error": wrong,
            "required": True,
        },
        "standing": {
            "name": "standing",
            "type": "select",
            "label": _("As what"),
            "value": typed_in(tried, "invite", "standing") or Standing.EDITOR.value,
            "options": [
                {"value": each.value, "label": standing_words(each)}
                for each in (Standing.EDITOR, Standing.READER, Standing.OWNER)
            ],
            "required": True,
        },
    }


def standing_words(standing: str) -> str:
    """What somebody may do for their organisation: the same words where it is chosen and where it is read."""
    return {
        Standing.OWNER: _("Owner: works on the files and signs them, invites others and ends their part"),
        Standing.EDITOR: _("Member: works on the files"),
        Standing.READER: _("Reader: sees the files, and changes nothing"),
    }[Standing(standing)]


def _making(standing: Standing) -> dict[str, str]:
    words = {
        Standing.OWNER: _("Make an owner"),
        Standing.EDITOR: _("Make a member"),
        Standing.READER: _("Make a reader"),
    }
    return {"value": standing.value, "words": words[standing]}


def _member(membership: Membership, person: User, owns: bool) -> dict[str, Any]:
    mine = membership.user_id == person.pk
    others = [_making(each) for each in Standing if each != membership.standing]
    return {
        "pk": membership.pk,
        "name": str(membership.user),
        "email": membership.user.email,
        "since": membership.since,
        "standing": standing_words(membership.standing),
        "mine": mine,
        "may_end": owns or mine,
        "ending": _ending(membership, mine),
        "others": others if owns else [],
    }


def _ending(membership: Membership, mine: bool) -> dict[str, Any]:
    """For parts/confirm.html."""
    name = isolated({"name": str(membership.user)})
    if mine:
        question = _(
            "Leave the organisation? You will not see its files any more, until an owner invites you again."
        )
    else:
        question = _("Remove %(name)s? They see the files no more, until they are invited again.") % name
    return {
        "kind": "danger",
        "opener": _("Leave the organisation") if mine else _("Remove from the organisation"),
        "question": question,
        "url": "",
        "fields": [{"name": "which", "value": membership.pk}, {"name": "act", "value": "end"}],
        "button": _("Yes, leave") if mine else _("Yes, remove"),
    }


def _errors(tried: Tried | None) -> list[dict[str, str]]:
    if tried is None:
        return []
    target = "email" if tried.form == "invite" else ""
    return [{"text": str(each), "target": target} for each in tried.reasons]
