"""Definitions that are right, for tests to break in one place."""

from __future__ import annotations

from xml.etree import ElementTree

from pydantic import Field

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.checking import Checked, check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.vocabulary import Parameters, SubjectWords, Vocabulary

RUBRIC = """\
rubric: commitment
edition: "2026.1"
title: {ar: الالتزام, en: Commitment}
source: Invented for tests
scale:
  minimum: 0
  maximum: 4
  step: 1
  anchors: {0: {ar: غائب, en: Absent}, 4: {ar: نموذجي, en: Exemplary}}
  also: [not_applicable, unable_to_verify]
areas:
  - id: integrity
    title: {ar: النزاهة, en: Integrity}
    weight: 10
    criteria:
      - id: integrity-1
        title: {ar: معيار, en: First}
        evidence: required
      - id: integrity-2
        title: {ar: معيار, en: Second}
        weight: 2
  - id: openness
    title: {ar: الشفافية, en: Openness}
    combine: share_met
    met_at: 3
    areas:
      - id: inner
        title: {ar: داخلي, en: Inner}
        criteria:
          - id: inner-1
            title: {ar: معيار, en: Third}
findings:
  - {severity: major, rating_at_most: 0, correct_within: P90D}
outcomes:
  - outcome: gold
    title: {ar: الفئة الذهبية, en: Gold}
    when:
      all:
        - score: {at_least: 85}
        - every_area: {at_least: 70}
        - count: {rating_at_most: 1, no_more_than: 2}
    valid_for: P3Y
  - outcome: not_certified
    title: {ar: غير معتمد, en: Not certified}
"""

WORKFLOW = """\
workflow: certificate
edition: "2026.1"
title: {ar: الشهادة, en: Certificate}
rubrics: [commitment]
subject: dossier
initial: draft
states:
  draft:
    title: {ar: التقييم الذاتي, en: Self-assessment}
    waits_for: applicant
    deadline: {after: P90D, then: lapse}
  in_review:
    title: {ar: المراجعة, en: In review}
    waits_for: reviewer
    shows: {applicant: [answers], reviewer: [answers, own_ratings]}
  deciding:
    title: {ar: القرار, en: Deciding}
    waits_for: panel
    deadline: {on: due, then: lapse}
  certified: {title: {ar: معتمد, en: Certified}, final: true}
  lapsed: {title: {ar: منتهي, en: Lapsed}, final: true}
transitions:
  submit:
    title: {ar: تقديم, en: Submit}
    from: [draft]
    to: in_review
    by: [applicant]
    requires: [complete]
  finish_review:
    title: {ar: إنهاء المراجعة, en: Finish review}
    from: [in_review]
    to: deciding
    by: [reviewer]
  certify:
    title: {ar: منح الشهادة, en: Certify}
    from: [deciding]
    to: certified
    by: [panel]
    requires:
      - score: {at_least: 60}
      - votes: {quorum: 3, share: 2/3}
      - not_involved: {as: [reviewer]}
    comment: required
    then: [issue_certificate, {notify: applicant}]
  lapse:
    title: {ar: انقضاء المهلة, en: Lapse}
    from: [draft, deciding]
    to: lapsed
    by: [system]
"""


class Votes(Parameters):
    quorum: int = Field(ge=1)
    share: str = "1/2"


class NotInvolved(Parameters):
    as_: tuple[Identifier, ...] = Field(alias="as")


class Notify(Parameters):
    shorthand = "to"
    to: Identifier


VOCABULARY = Vocabulary(
    guards={"complete": Parameters, "votes": Votes, "not_involved": NotInvolved},
    effects={"issue_certificate": Parameters, "notify": Notify},
    roles=frozenset({"applicant", "coordinator", "reviewer", "panel", "appeal_panel"}),
    reviewing=frozenset({"reviewer"}),
    deciding=frozenset({"panel", "appeal_panel"}),
    subjects={"dossier": SubjectWords(frozenset({"due"}), frozenset({"answers", "own_ratings"}))},
)


def changed(text: str, old: str, new: str) -> str:
    """`text` with `old`, which stands in it exactly once, replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the example"
    return text.replace(old, new)


def check(*texts: str) -> Checked:
    """The texts, as files a.yaml, b.yaml ..., checked together."""
    attempts = [
        attempt_text(text, file=f"{letter}.yaml") for letter, text in zip("abcdef", texts, strict=False)
    ]
    return check_attempts(attempts, VOCABULARY)


def problems(*texts: str) -> list[str]:
    """What is wrong with the texts, as lines `file:line: message`."""
    return [str(each) for each in check(*texts).problems]


def rubric_problems(old: str, new: str) -> list[str]:
    return problems(changed(RUBRIC, old, new))


def workflow_problems(old: str, new: str) -> list[str]:
    """As `rubric_problems`, for the workflow, b.yaml, beside a sound rubric."""
    return problems(RUBRIC, changed(WORKFLOW, old, new))


def line_of(text: str, part: str) -> int:
    """The line of `text` in which `part` stands first."""
    return text[: text.index(part)].count("\n") + 1


def parsed(svg: str) -> ElementTree.Element:
    """A picture as its root element; an error when it is not XML."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own output
