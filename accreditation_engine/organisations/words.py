"""Reasons about people and roles, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.role_words import roles_in_words

from .models import Organisation


@wording("unknown_role")
def _unknown_role(parameters: Mapping[str, Any]) -> str:
    return _("“%(role)s” is not a role that is granted. The roles are: %(roles)s.") % isolated(
        {
            "role": parameters["role"],
            "roles": roles_in_words(parameters["roles"]),
        }
    )


@wording("chair_of_no_panel")
def _chair_of_no_panel(parameters: Mapping[str, Any]) -> str:
    return _(
        "Whoever chairs is one of those who decide. Grant one of these roles first: %(roles)s."
    ) % isolated({"roles": roles_in_words(parameters["roles"])})


@wording("ends_in_the_past")
def _ends_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("The end of a role lies in the future. Give a later date.")


@wording("own_role")
def _own_role(parameters: Mapping[str, Any]) -> str:
    return _("Nobody gives a role to themself, or lets their own last longer. Ask another administrator.")


@wording("not_administrator")
def _not_administrator(parameters: Mapping[str, Any]) -> str:
    return (
        _("Roles of one scheme are given and ended by those who administer it. Ask one of them.")
        if parameters["scheme"]
        else _(
            "A role in every scheme is given and ended by administrators of every scheme. Ask one of them."
        )
    )


@wording("last_administrator")
def _last_administrator(parameters: Mapping[str, Any]) -> str:
    return _(
        "Nobody else would administer every scheme for as long. Give that role to somebody else first, and for as"
        " long."
    )


@wording("role_over")
def _role_over(parameters: Mapping[str, Any]) -> str:
    return _("The role has ended meanwhile. Give it anew.")


@wording("account_closed")
def _account_closed(parameters: Mapping[str, Any]) -> str:
    return _("The account is closed, so no role can be played with it. Choose somebody else.")


@wording("edition_of_no_workflow")
def _edition_of_no_workflow(parameters: Mapping[str, Any]) -> str:
    return _("A scheme is opened under an edition of its workflow. Choose one of those.")


@wording("edition_unproved")
def _edition_unproved(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d problem was found in this edition. Mend the definition, and load it as a new edition.",
        "%(count)d problems were found in this edition. Mend the definition, and load it as a new edition.",
        parameters["count"],
    ) % {"count": parameters["count"]}


@wording("organisation_lacks")
def _organisation_lacks(parameters: Mapping[str, Any]) -> str:
    return _("An organisation needs this as well: %(field)s.") % isolated(
        {"field": field_title(parameters["field"])}
    )


@wording("organisation_too_long")
def _organisation_too_long(parameters: Mapping[str, Any]) -> str:
    return _("%(field)s: %(count)s characters are too many; shorten it to %(most)s.") % isolated(
        {"field": field_title(parameters["field"]), "count": parameters["count"], "most": parameters["most"]}
    )


@wording("organisation_unlisted")
def _organisation_unlisted(parameters: Mapping[str, Any]) -> str:
    return _("%(field)s: “%(value)s” is not in the list. Choose one that is, or leave it open.") % isolated(
        {"field": field_title(parameters["field"]), "value": parameters["value"]}
    )


@wording("governorate_unknown")
def _governorate_unknown(parameters: Mapping[str, Any]) -> str:
    if parameters["alike"]:
        return _("“%(value)s” is no governorate of Egypt. Is it %(alike)s? Then write it so.") % isolated(
            {"value": parameters["value"], "alike": parameters["alike"]}
        )
    return _(
        "“%(value)s” is no governorate of Egypt. Write one that is, or leave it empty; the country is said"
        " apart from it."
    ) % isolated({"value": parameters["value"]})


@wording("may_not_correct")
def _may_not_correct(parameters: Mapping[str, Any]) -> str:
    return _(
        "What is known of an organisation is corrected by administrators of every scheme. Ask one of them."
    )


@wording("organisation_moved_on")
def _organisation_moved_on(parameters: Mapping[str, Any]) -> str:
    return _(
        "Somebody changed what is known of this organisation after you opened the page. Read what stands now, and"
        " send yours again if it still holds."
    )


@wording("registration_number_taken")
def _registration_number_taken(parameters: Mapping[str, Any]) -> str:
    return _(
        "An organisation is registered under %(number)s already. Check the number, or work with that organisation."
    ) % isolated({"number": parameters["number"]})


@wording("no_address")
def _no_address(parameters: Mapping[str, Any]) -> str:
    return _("“%(typed)s” is no e-mail address. Check how it is written.") % isolated(
        {"typed": parameters["typed"]}
    )


@wording("address_taken")
def _address_taken(parameters: Mapping[str, Any]) -> str:
    return _("Another account has the address %(typed)s. Give one that only this person reads.") % isolated(
        {"typed": parameters["typed"]}
    )


@wording("not_owner")
def _not_owner(parameters: Mapping[str, Any]) -> str:
    return _("That is for owners of the organisation. Ask one of them.")


@wording("not_authorised")
def _not_authorised(parameters: Mapping[str, Any]) -> str:
    return _(
        "This binds the organisation, and only its owners do it. Ask one of them, or have them make you an owner."
    )


@wording("last_owner")
def _last_owner(parameters: Mapping[str, Any]) -> str:
    return _("The organisation would have no owner. Make somebody else an owner first.")


@wording("unknown_standing")
def _unknown_standing(parameters: Mapping[str, Any]) -> str:
    return _("Choose one of those in the list.")


@wording("member_already")
def _member_already(parameters: Mapping[str, Any]) -> str:
    return _("%(typed)s is one of the people of the organisation already.") % isolated(
        {"typed": parameters["typed"]}
    )


@wording("invited_already")
def _invited_already(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(typed)s is invited already. If the letter was lost, withdraw the invitation and send another."
    ) % isolated({"typed": parameters["typed"]})


@wording("invited_too_often")
def _invited_too_often(parameters: Mapping[str, Any]) -> str:
    return _("%(typed)s was invited several times today. Wait until tomorrow.") % isolated(
        {"typed": parameters["typed"]}
    )


@wording("too_many_invitations")
def _too_many_invitations(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d invitation waits to be accepted, and no more can be sent. Withdraw one first.",
        "%(count)d invitations wait to be accepted, and no more can be sent. Withdraw some first.",
        parameters["most"],
    ) % {"count": parameters["most"]}


@wording("may_not_help")
def _may_not_help(parameters: Mapping[str, Any]) -> str:
    return _("Only an administrator of all schemes takes second factors off. Ask one.")


@wording("own_factors")
def _own_factors(parameters: Mapping[str, Any]) -> str:
    return _(
        "Your own second factors you take off in your account; if your device is lost, ask another administrator."
    )


@wording("no_factor_to_take_off")
def _no_factor_to_take_off(parameters: Mapping[str, Any]) -> str:
    return _("The account has no second factor. There is nothing to take off.")


def field_title(name: str) -> str:
    """What a field of organisations is called."""
    field: Any = Organisation._meta.get_field(name)
    return str(field.verbose_name)
