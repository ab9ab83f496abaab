"""What was found about a certificate that somebody brought: codes, which pages turn into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from accreditation_engine.certificates.models import Certificate

Tone = Literal["good", "info", "warning", "bad"]
Verdict = Literal["holds", "careful", "holds_not"]


@dataclass(frozen=True)
class Finding:
    """One thing that is right ("good"), worth knowing, to be looked at more closely, or wrong ("bad")."""

    code: str
    tone: Tone
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """`certificate` is the one in the register that was found, or that what was brought speaks of; None where it
    speaks of none that is there."""

    findings: tuple[Finding, ...]
    certificate: Certificate | None = None

    @property
    def verdict(self) -> Verdict:
        tones = {each.tone for each in self.findings}
        return "holds_not" if "bad" in tones else "careful" if "warning" in tones else "holds"


def good(code: str, **facts: Any) -> Finding:
    return Finding(code, "good", facts)


def bad(code: str, **facts: Any) -> Finding:
    return Finding(code, "bad", facts)
