"""What every page knows: whose site it is, who reads, and where they can go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import roles_in_words
from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.organisations.erasing import ERASER
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.account.second_factor import needs_second_factor
from accreditation_engine.portal.auditor.access import has_desk, reads_every_look
from accreditation_engine.portal.body import body_name, contacts
from accreditation_engine.portal.methodologist.access import watches
from accreditation_engine.portal.people import parts_of

IN_A_LINE = 5
LOOK_AFTER = frozenset({"coordinator", "panel", "auditor"})
MEETS = frozenset({"coordinator", "panel", "appeal_panel", "auditor"})
CONCERNED = frozenset({"coordinator", "panel", "auditor"})


def site(request: HttpRequest) -> dict[str, Any]:
    """Built only where a template is rendered; one query for somebody who is signed in."""
    language = "en" if (get_language() or "ar").startswith("en") else "ar"
    user = getattr(request, "user", None)
    frame = {
        "body_name": body_name(),
        "home_url": reverse("home"),
        "contacts": contacts(),
        "footer_links": [
            {"title": _("About accreditation"), "url": reverse("about_in", args=[language])},
            {"title": _("Checkpoints of the trail"), "url": reverse("checkpoints")},
            {"title": _("The API for programs"), "url": reverse("api_page_in", args=[language])},
        ],
    }
    if not isinstance(user, User):
        return {**frame, "navigation": _links(request, *_for_strangers(language))}
    links = [(_("Home"), reverse("home")), (_("Accreditation files"), reverse("files"))]
    links += [(_("Organisation"), reverse("organisations"))] if "applicant" in parts_of(user) else []
    links += _desk_links(user)
    links += [(_("Queue"), reverse("queue"))] if "reviewer" in parts_of(user) else []
    links += [(_("Sittings"), reverse("sittings"))] if MEETS.intersection(parts_of(user)) else []
    links += [(_("Concerns"), reverse("concerns"))] if CONCERNED.intersection(parts_of(user)) else []
    links += [(_("Season"), reverse("season"))] if "coordinator" in parts_of(user) else []
    links += [(_("Upkeep"), reverse("upkeep_list"))] if LOOK_AFTER.intersection(parts_of(user)) else []
    links += [(_("Bulk steps"), reverse("together"))] if "coordinator" in parts_of(user) else []
    links += [(_("Reviewers"), reverse("reviewers"))] if "coordinator" in parts_of(user) else []
    links += [(_("Schemes"), reverse("schemes"))] if watches(parts_of(user)) else []
    links += [(_("Administration"), reverse("roles"))] if ADMINISTRATOR in parts_of(user) else []
    links += [(_("Erasing by law"), reverse("erasure"))] if ERASER in parts_of(user) else []
    links += [(_("Mail"), reverse("letters"))] if ERASER in parts_of(user) else []
    return {
        **frame,
        **_navigation(request, *links, register_link()),
        "account_links": [
            {"title": _("What is new"), "url": reverse("news")},
            {"title": _("Your account"), "url": reverse("account")},
            {"title": _("Change password"), "url": reverse("change_password")},
        ],
        "account_roles": roles_in_words(parts_of(user)),
        "second_factor_needed": needs_second_factor(user),
    }


def _for_strangers(language: str) -> list[tuple[str, str]]:
    about = (_("About accreditation"), reverse("about_in", args=[language]))
    return [about, register_link(), (_("Sign in"), reverse("sign_in"))]


def _desk_links(user: User) -> list[tuple[str, str]]:
    """Auditors have a desk; administrators read who looked at what."""
    if has_desk(user):
        return [(_("The auditor's desk"), reverse("audit"))]
    return [(_("Access log"), reverse("audit_looks"))] if reads_every_look(user) else []


def register_link() -> tuple[str, str]:
    return _("Public register"), reverse("register")


def _navigation(request: HttpRequest, *links: tuple[str, str]) -> dict[str, Any]:
    """One line of links; where somebody has more roles than fit into one, the rest folds behind "More"."""
    found = _links(request, *links)
    if len(found) <= IN_A_LINE + 1:
        return {"navigation": found}
    rest = found[IN_A_LINE:]
    return {
        "navigation": found[:IN_A_LINE],
        "navigation_more": rest,
        "navigation_more_current": any(each["current"] for each in rest),
    }


def _links(request: HttpRequest, *links: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"title": title, "url": url, "current": request.path == url} for title, url in links]
