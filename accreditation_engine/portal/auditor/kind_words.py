"""What the kinds of events are called where one is chosen from a list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accreditation_engine.reviews.amending import AMENDED, EXPLAINED

KINDS = {
    "opened": gettext_lazy("Opening of a file, a finding or a certificate"),
    "transition": gettext_lazy("Step taken"),
    "refused": gettext_lazy("Step refused"),
    "answers_saved": gettext_lazy("Answers saved"),
    "code_accepted": gettext_lazy("Code of conduct accepted"),
    "evidence_filed": gettext_lazy("Evidence added"),
    "evidence_taken_back": gettext_lazy("Evidence taken back"),
    "evidence_mismatch": gettext_lazy("Stored evidence found to be another file"),
    "assigned": gettext_lazy("Reviewer asked"),
    "claimed": gettext_lazy("Place to review taken"),
    "reviewers_drawn": gettext_lazy("Reviewers drawn"),
    "drawn": gettext_lazy("Reviewer asked by a draw"),
    "handed_over": gettext_lazy("Review handed over"),
    "released": gettext_lazy("Reviewer released"),
    "rated": gettext_lazy("Ratings saved"),
    "consensus_proposed": gettext_lazy("Consensus: proposed"),
    "consensus_confirmed": gettext_lazy("Consensus: agreed to"),
    "consensus_withdrawn": gettext_lazy("Consensus: withdrawn"),
    "consensus_reached": gettext_lazy("Consensus: reached"),
    "no_interest": gettext_lazy("No interest declared"),
    "interest_declared": gettext_lazy("Interest declared"),
    "tie_named": gettext_lazy("Tie named by the organisation"),
    "objected": gettext_lazy("Objection to a reviewer"),
    "objection_upheld": gettext_lazy("Objection upheld"),
    "objection_rejected": gettext_lazy("Objection rejected"),
    "override_proposed": gettext_lazy("Judging with an interest: proposed"),
    "override_allowed": gettext_lazy("Judging with an interest: allowed"),
    "override_denied": gettext_lazy("Judging with an interest: not allowed"),
    "sample_drawn": gettext_lazy("Sample for a visit drawn"),
    "owner_named": gettext_lazy("Who sees to a finding named"),
    "correction_filed": gettext_lazy("File that shows a correction added"),
    EXPLAINED: gettext_lazy("Amendment of a finding explained"),
    AMENDED: gettext_lazy("Text of a finding amended"),
    "role_granted": gettext_lazy("Role granted"),
    "role_ended": gettext_lazy("Role ended"),
    "organisation_registered": gettext_lazy("Organisation registered"),
    "organisation_changed": gettext_lazy("Organisation renamed or changed"),
    "joined": gettext_lazy("Acting for an organisation begun"),
    "left": gettext_lazy("Acting for an organisation ended"),
    "engaged": gettext_lazy("Coaching begun"),
    "disengaged": gettext_lazy("Coaching ended"),
    "employer_named": gettext_lazy("Employer named"),
    "reviewer_profile": gettext_lazy("What a reviewer takes changed"),
    "leave_said": gettext_lazy("Leave of a reviewer"),
    "leave_cancelled": gettext_lazy("Leave of a reviewer cancelled"),
    "account_opened": gettext_lazy("Account opened"),
    "email_changed": gettext_lazy("Address to sign in by changed"),
    "account_closed": gettext_lazy("Account closed"),
    "erased": gettext_lazy("Erasure by law"),
    "activated": gettext_lazy("Edition of a scheme opened"),
    "key_made": gettext_lazy("Key made"),
    "key_retired": gettext_lazy("Key retired"),
    "looked": gettext_lazy("Look by an auditor"),
    "audit_sample_drawn": gettext_lazy("Sample for audit drawn"),
}


def kind_title(kind: str) -> str:
    return str(KINDS.get(kind, kind))
