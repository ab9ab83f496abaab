"""Who may act: anything that can say under which id and name its deeds enter the trail."""

from __future__ import annotations

from typing import Protocol

from accreditation_engine.trail.content import SYSTEM, Actor

SYSTEM_ROLE = "system"


class Person(Protocol):
    @property
    def acting(self) -> Actor: ...


def actor_of(who: Person | Actor) -> Actor:
    return who if isinstance(who, Actor) else who.acting


__all__ = ["SYSTEM", "SYSTEM_ROLE", "Actor", "Person", "actor_of"]
