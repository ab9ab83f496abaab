"""What a token answers instead of signing, in our words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

from .place import TokenPlace

GONE = gettext_noop(
    "the token %(token)s is not there, as the library %(library)s says; connect it, and look"
    " whether it is called so"
)
OTHERWISE = gettext_noop(
    "the token %(token)s does not sign (%(why)s); see to it with the programs of its maker"
)
WORDS = {
    "NoSuchToken": GONE,
    "TokenNotPresent": GONE,
    "TokenNotRecognised": GONE,
    "SlotIDInvalid": GONE,
    "DeviceRemoved": GONE,
    "MultipleTokensReturned": gettext_noop(
        "several tokens are called %(token)s; give one of them another label"
    ),
    "PinLocked": gettext_noop(
        "the token %(token)s has locked its PIN; unlock it with the programs of its maker"
    ),
    "PinExpired": gettext_noop(
        "the PIN of the token %(token)s has expired; set another with the programs of its maker"
    ),
    "UserPinNotInitialized": gettext_noop(
        "the token %(token)s has no PIN for its user yet; set one with the programs of its maker"
    ),
    "NoSuchKey": gettext_noop(
        "the token %(token)s has no private key %(key)s of the kind that is asked for (P-256 for"
        " papers, Ed25519 for credentials); look whether key and id are called so"
    ),
    "MultipleObjectsReturned": gettext_noop(
        "the token %(token)s has several private keys %(key)s; say which by its id"
    ),
    "MechanismInvalid": gettext_noop(
        "the token %(token)s cannot sign as is needed (ECDSA for papers, EdDSA for credentials);"
        " take another token, or a key in a file"
    ),
}
"""By the name of what the library of tokens raises."""


def unusable(place: TokenPlace, error: Exception) -> KeyUnusable:
    """`error` came from the library of tokens (a PKCS11Error)."""
    kind = type(error).__name__
    return KeyUnusable(
        told(
            WORDS.get(kind, OTHERWISE),
            token=place.token,
            key=named(place),
            library=place.library,
            why=f"{kind} {error}".strip(),
        )
    )


def named(place: TokenPlace) -> str:
    """The key as its file calls it."""
    return " ".join(each for each in (place.key, place.id.hex()) if each)
