"""The sessions in which somebody is signed in, on whichever device: seen, and ended."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_sessions_ended


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        if ended and isinstance(ended[0].user, User):
            note_sessions_ended(ended[0].user, len(ended))
