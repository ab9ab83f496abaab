"""Sessions that are open: seen by whoever is signed in with them, and ended from any other of their sessions."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .models import User
from .sign_ins import note_sessions_ended


def open_sessions(user: User) -> list[UserSession]:
    """Where `user` is signed in now, the latest seen first. Two queries, however many they are."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "pk"))
    keys = [each.session_key for each in rows]
    kept = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    known = {each.session_key for each in kept if _opens(each, user)}
    return [each for each in rows if each.session_key in known]


def _opens(session: Session, user: User) -> bool:
    """A session that began before the password was changed lets nobody in."""
    begun_with = session.get_decoded().get(HASH_SESSION_KEY, "")
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(begun_with, each) for each in hashes)


def end_others(*, user: User, here: str, only: int | None = None) -> int:
    """End every session of `user` but the one with the key `here`, or `only` that one; give how many were open.
    The trail says that they were ended, and not which. One that is over already is nothing to end."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        others = [each for each in open_sessions(locked) if each.session_key != here]
        ended = [each for each in others if only is None or each.pk == only]
        for each in ended:
            each.end()
        if ended:
            note_sessions_ended(user, len(ended))
    return len(ended)
