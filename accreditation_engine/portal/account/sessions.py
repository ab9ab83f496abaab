"""The sessions in which somebody is signed in, on whichever device: seen, and ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_sessions_ended


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        if ended and isinstance(ended[0].user, User):
            note_sessions_ended(ended[0].user, len(ended))


@periodic("ended sessions", every=timedelta(days=1))
def forget_ended_sessions() -> None:
    """From where somebody was signed in is kept no longer than the session."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
