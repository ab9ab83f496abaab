"""The people who play the roles: invented, one or more a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User

# Role, address, name. All invented; the addresses are of a domain that is nobody's.
PEOPLE = (
    ("coordinator", "coordinator", "كريم عبد الله"),
    ("reviewer", "reviewer", "سلمى فؤاد"),
    ("reviewer", "reviewer2", "طارق نبيل"),
    ("reviewer", "reviewer3", "هبة رشدي"),
    ("panel", "panel", "ليلى منصور"),
    ("chair", "panel", "ليلى منصور"),
    ("panel", "panel2", "يوسف سمير"),
    ("panel", "panel3", "هشام زكي"),
    ("appeal_panel", "appeals", "نادية شوقي"),
    ("appeal_panel", "appeals2", "سامي الشناوي"),
    ("coach", "coach", "رانيا عادل"),
    ("methodologist", "methodologist", "عمرو حجازي"),
    ("auditor", "auditor", "فريدة الجندي"),
    ("administrator", "administrator", "مصطفى كمال الدين"),
)
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Cast:
    """Who plays what: people by role. Applicants belong to organisations and are not among them."""

    people: dict[str, list[User]] = field(default_factory=dict)

    def playing(self, role: str) -> Sequence[User]:
        return self.people.get(role, [])


def seed_cast(password: str | None = None) -> Cast:
    """The people of the demo, made where they are missing. Without a password nobody can sign in as them."""
    cast = Cast()
    for role, address, name in PEOPLE:
        user = seed_person(address, name, password)
        grant_role(user=user, role=role, by=SYSTEM)
        cast.people.setdefault(role, []).append(user)
    return cast


def seed_person(address: str, name: str, password: str | None) -> User:
    email = f"{address}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(email, password, name=name)
    if password and not user.check_password(password):
        user.set_password(password)
        user.save()
    return user
