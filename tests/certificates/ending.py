"""How certificates come to their end."""

from __future__ import annotations

from accreditation_engine.certificates.models import Certificate
from tests.support.world import World


def take(world: World, certificate: Certificate, step: str, comment: str = "") -> None:
    """Take `step`; a withdrawal after it was decided and nobody has appealed."""
    if step == "withdraw":
        world.perform(certificate, "decide_withdrawal", comment=comment)
        comment = ""
    world.perform(certificate, step, comment=comment)
