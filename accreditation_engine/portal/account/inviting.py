"""People for whom somebody else opened an account are invited to choose a password."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str

from accreditation_engine.organisations.models import User

from .mails import invite


def invite_to_choose_a_password(user: User) -> None:
    """The link is that of a forgotten password: it holds until one is chosen."""
    secret = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    invite(user, get_adapter().get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{secret}"))
