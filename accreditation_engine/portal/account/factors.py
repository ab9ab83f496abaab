"""Second factors as this site has them: under the body's name, drawn without another library, and not taken off
where a role needs one."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import SECOND
from accreditation_engine.portal.body import body_name

from .second_factor import needs_second_factor


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Your roles need a second factor. Set up another one first, then take this one off."
        ),
        "incorrect_code": gettext_lazy(
            "This does not fit. Codes change every half minute: type the one that is shown now."
        ),
    }

    def get_totp_issuer(self) -> str:
        return body_name()

    def build_totp_svg(self, url: str) -> str:
        picture = io.BytesIO()
        segno.make_qr(url).save(picture, kind="svg", scale=5, border=4, light="#fff", dark="#000")
        return picture.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Whoever reads the database alone has nobody's second factor."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Nothing where the site has another key since: no code fits then, and an administrator takes the factor
        off."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_needed(authenticator)


def _box() -> Fernet:
    key = hashlib.blake2s(settings.SECRET_KEY.encode(), person=b"factors", digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def is_needed(authenticator: Authenticator) -> bool:
    """Whether the roles of its owner need a second factor and this is the only one."""
    owner: Any = authenticator.user
    others = Authenticator.objects.filter(user=owner, type__in=SECOND).exclude(pk=authenticator.pk)
    return isinstance(owner, User) and needs_second_factor(owner) and not others.exists()
