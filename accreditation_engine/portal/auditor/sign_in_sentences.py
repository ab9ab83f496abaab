"""How people came in, in words: with what, what did not fit, and their second factors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.account.scopes import scope_title

from .sentences import Context, Fact, Sentence, sentence


@sentence("address_confirmed")
def _address_confirmed(context: Context) -> Sentence:
    return Sentence(_("Confirmed the e-mail address"), icon="user")


@sentence("signed_in")
def _signed_in(context: Context) -> Sentence:
    return Sentence(_("Signed in"), icon="user", facts=_proofs(context.data["proofs"]))


@sentence("sign_in_refused")
def _sign_in_refused(context: Context) -> Sentence:
    words = _("Somebody who wanted to sign in was not let in: %(proof)s")
    return Sentence(words % isolated({"proof": _unfit(context.data["proof"])}), icon="lock", tone="warning")


@sentence("password_changed")
def _password_changed(context: Context) -> Sentence:
    forgotten = context.data["forgotten"]
    return Sentence(
        _("Chose a new password by a link sent by mail") if forgotten else _("Changed the password"),
        icon="lock",
    )


@sentence("factor_added")
def _factor_added(context: Context) -> Sentence:
    words = _("Set up a second factor: %(factor)s")
    return Sentence(words % isolated({"factor": _called(context.data["factor"])}), icon="lock")


@sentence("factor_removed")
def _factor_removed(context: Context) -> Sentence:
    words = _("Took a second factor off: %(factor)s")
    return Sentence(words % isolated({"factor": _called(context.data["factor"])}), icon="lock")


@sentence("factors_taken_off")
def _factors_taken_off(context: Context) -> Sentence:
    title = _("An administrator took all second factors off the account")
    return Sentence(title, icon="lock", tone="warning", facts=_proofs(context.data["factors"]))


@sentence("recovery_codes_made")
def _recovery_codes_made(context: Context) -> Sentence:
    return Sentence(_("Made recovery codes anew"), icon="lock")


@sentence("sessions_ended")
def _sessions_ended(context: Context) -> Sentence:
    count = context.data["count"]
    words = ngettext("Ended %(count)d other session", "Ended %(count)d other sessions", count)
    return Sentence(words % {"count": count}, icon="lock")


@sentence("token_made")
def _token_made(context: Context) -> Sentence:
    facts: list[Fact] = [
        *({"term": _("Allows"), "value": scope_title(each)} for each in context.data["scopes"]),
        {"term": _("Until"), "value": datetime.fromisoformat(context.data["expires_at"]), "kind": "day"},
    ]
    return Sentence(_("Made a token for a program"), icon="lock", facts=facts)


@sentence("token_ended")
def _token_ended(context: Context) -> Sentence:
    return Sentence(_("Ended a token of a program"), icon="lock")


def _proofs(codes: Iterable[str]) -> list[Fact]:
    return [{"term": _("With"), "value": _called(code)} for code in codes]


def _called(code: str) -> str:
    known = {
        "password": _("password"),
        "password_reset": _("a link sent by mail"),
        "totp": _("app with codes"),
        "webauthn": _("passkey"),
        "recovery_codes": _("recovery codes"),
    }
    return known.get(code, code)


def _unfit(code: str) -> str:
    known = {
        "password": _("the password did not fit"),
        "second_factor": _("the second factor did not fit"),
    }
    return known.get(code, code)
