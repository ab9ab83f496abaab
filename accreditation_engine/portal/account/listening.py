"""What the library of accounts tells that it did, into the stream of whom it is about."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import receiver

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import (
    note_address_confirmed,
    note_factor_added,
    note_factor_removed,
    note_new_codes,
    note_password,
    note_refusal,
)


@receiver(account.email_confirmed)
def _confirmed(email_address: EmailAddress, **_more: Any) -> None:
    note_address_confirmed(_owner(email_address))


@receiver(account.password_reset)
def _forgotten(user: User, **_more: Any) -> None:
    note_password(user, forgotten=True)


@receiver(mfa.authenticator_added)
def _added(user: User, authenticator: Authenticator, **_more: Any) -> None:
    note_factor_added(user, authenticator.type)


@receiver(mfa.authenticator_removed)
def _removed(user: User, authenticator: Authenticator, **_more: Any) -> None:
    note_factor_removed(user, authenticator.type)


@receiver(mfa.authenticator_reset)
def _reset(user: User, **_more: Any) -> None:
    note_new_codes(user)


@receiver(mfa.authentication_failed)
def _refused(user: User, **_more: Any) -> None:
    note_refusal(user, "second_factor")


def _owner(email_address: EmailAddress) -> User:
    user = email_address.user
    assert isinstance(user, User)  # noqa: S101 - there is no other
    return user
