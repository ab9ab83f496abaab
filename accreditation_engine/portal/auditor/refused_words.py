"""Why something was refused, told later: what stood against it then.

At the moment of a refusal its words name the remedy (engine/reasons.py). Whoever reads of it months later need not
be the one who tried, and nothing is asked of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.decisions.words import choice_title, share_in_words
from accreditation_engine.dossiers.words import listed
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import in_words
from accreditation_engine.engine.role_words import roles_in_words
from accreditation_engine.engine.words import state_title, told_to_applicants, transition_title
from accreditation_engine.reviews.interests.words import interests_in_words
from accreditation_engine.reviews.site_visits.words import units_in_words

STOOD_AGAINST = {
    "stale_page": gettext_lazy("The page was older than the file, which was in “%(state)s” by then."),
    "interest_bars": gettext_lazy("An interest in the organisation closed the file to whoever tried."),
    "no_part": gettext_lazy("Whoever tried had no part in the file."),
    "declare_first": gettext_lazy(
        "It had not been declared yet whether there was an interest in the organisation."
    ),
    "unknown_transition": gettext_lazy("The file's workflow had no step called “%(transition)s”."),
    "not_your_role": gettext_lazy("It was for others to do: %(roles)s."),
    "reads_only": gettext_lazy("Whoever tried reads for the organisation, and changes nothing."),
    "wrong_state": gettext_lazy("“%(transition)s” was not possible while the file was in “%(state)s”."),
    "comment_missing": gettext_lazy("The comment that this step needs was missing."),
    "text_too_long": gettext_lazy("Characters of the text: %(count)d; at most %(most)d are taken."),
    "comment_not_taken": gettext_lazy("A comment came with it, and this step takes none."),
    "deadline_passed": gettext_lazy("The deadline, %(at)s, had passed. What followed was “%(then)s”."),
    "involved": gettext_lazy(
        "Whoever tried had dealt with the file as %(roles)s, and nobody decides in a case they had a hand in."
    ),
    "step_not_taken": gettext_lazy("“%(step)s” had not been taken yet."),
    "not_long_enough": gettext_lazy(
        "“%(step)s” was taken on %(on)s; this step was possible from %(from)s on."
    ),
    "not_every_scheme": gettext_lazy("Whoever tried did not administer every scheme."),
    "own_name": gettext_lazy("The name was that of whoever tried to erase it."),
    "own_role": gettext_lazy("The role would have been that of whoever tried."),
    "not_administrator": gettext_lazy("Whoever tried did not administer the scheme."),
    "own_factors": gettext_lazy("The second factors were those of whoever tried."),
    "may_not_help": gettext_lazy("Second factors were taken off only by administrators of every scheme."),
    "answers_closed": gettext_lazy("The self-assessment was closed while the file was in “%(state)s”."),
    "answers_missing": gettext_lazy("Criteria that were not answered yet: %(count)d (%(criteria)s)."),
    "evidence_missing": gettext_lazy(
        "Criteria that still needed a piece of evidence: %(count)d (%(criteria)s)."
    ),
    "not_applicable_unexplained": gettext_lazy(
        "Criteria that were said not to apply, without a reason: %(count)d (%(criteria)s)."
    ),
    "reviewers_word": gettext_lazy(
        "“Unable to verify”, an answer of reviewers alone, was given to: %(criteria)s."
    ),
    "code_not_accepted": gettext_lazy("The code of conduct had not been accepted yet."),
    "not_authorised": gettext_lazy("This was for owners of the organisation alone."),
    "declaration_missing": gettext_lazy("The declaration had not been signed."),
    "declared_over_other": gettext_lazy(
        "The declaration was signed on a page that showed other answers or files than stood by then."
    ),
    "signature_missing": gettext_lazy("No name was typed beneath the declaration."),
    "signed_with_other_name": gettext_lazy(
        "Another name than that of the account stood beneath the declaration."
    ),
    "no_ballot": gettext_lazy("No ballot was open for the file."),
    "voted_already": gettext_lazy("Whoever tried had voted in this ballot already; a vote is cast once."),
    "recused": gettext_lazy("Whoever tried had stepped aside from the file."),
    "not_noted_as_present": gettext_lazy("Whoever tried was not noted as present at the sitting."),
    "had_a_hand": gettext_lazy(
        "Whoever tried had a hand in the file before, and steps aside while it is heard."
    ),
    "no_seat": gettext_lazy("Whoever tried had no seat in this ballot."),
    "ballot_running": gettext_lazy(
        "Members who had yet to vote: %(missing)d. Votes are counted once all are in."
    ),
    "ballot_closed": gettext_lazy("The ballot had been closed by then."),
    "all_have_voted": gettext_lazy("Everybody had voted, so there was nothing to close."),
    "nobody_voted": gettext_lazy("Nobody had voted in the open ballot, so there was nothing to close."),
    "tied": gettext_lazy("Votes were equal, and no casting vote was for “%(choice)s”."),
    "recusal_unexplained": gettext_lazy("No reason was given for stepping aside."),
    "recusal_after_vote": gettext_lazy("Whoever tried had voted by then, and a vote stays what it is."),
    "recusal_too_late": gettext_lazy("Nothing more was decided in the file by then."),
    "dissent_unexplained": gettext_lazy("No reason was given for the dissent."),
    "dissent_without_vote": gettext_lazy("Whoever tried had not voted in this ballot."),
    "dissent_too_early": gettext_lazy("Not everybody had voted yet."),
    "dissent_from_nothing": gettext_lazy("Whoever tried had voted for nothing else than the ballot came to."),
    "dissented_already": gettext_lazy("The dissent was on record already."),
    "sitting_over": gettext_lazy("The sitting was over by then."),
    "not_on_the_agenda": gettext_lazy("The file was not on the agenda of the sitting."),
    "minutes_missing": gettext_lazy("The text of the minutes was missing."),
    "minutes_changed": gettext_lazy("Somebody else had written these minutes meanwhile."),
    "ballot_unused": gettext_lazy(
        "Nobody had voted in the ballot that was open, so there was nothing to vote on anew."
    ),
    "no_such_choice": gettext_lazy("None of these was chosen: %(choices)s."),
    "no_quorum": gettext_lazy("Votes cast by then: %(have)d; the quorum was %(wanted)d."),
    "votes_short": gettext_lazy("“%(choice)s” had %(have)d of %(of)d votes; it needed %(share)s."),
    "reviewers_missing": gettext_lazy("Reviewers assigned by then: %(have)d; needed: %(wanted)d."),
    "reviews_missing": gettext_lazy("Reviews sent by then: %(have)d; needed: %(wanted)d."),
    "ratings_missing": gettext_lazy("Criteria that were not rated yet: %(count)d (%(criteria)s)."),
    "to_reconcile": gettext_lazy(
        "Criteria on which reviewers were still too far apart: %(count)d (%(criteria)s)."
    ),
    "review_closed": gettext_lazy(
        "The review was closed: it had been sent or given back, or the file had moved on."
    ),
    "review_handed_over": gettext_lazy("The review had been handed over to somebody else on %(on)s."),
    "not_your_review": gettext_lazy("It was somebody else's review."),
    "findings_open": gettext_lazy("Findings that were still open: %(count)d (%(criteria)s)."),
    "no_findings_open": gettext_lazy("There was no open finding to correct."),
    "objections_open": gettext_lazy("An objection of the organisation to a reviewer was still open."),
    "contests_open": gettext_lazy("Points of the organisation that were not answered yet: %(count)d."),
    "contests_unamended": gettext_lazy(
        "Points that were found to be right while the report was not amended yet: %(count)d."
    ),
    "contest_not_accepted": gettext_lazy("No point against this finding had been found to be right."),
    "questions_open": gettext_lazy(
        "Questions to the organisation that still waited for their answers: %(count)d."
    ),
    "objection_open": gettext_lazy(
        "The organisation had objected to this reviewer, and nobody had answered yet."
    ),
    "scope_change_of_the_body": gettext_lazy(
        "The accrediting body had put this change forward, so it was not the organisation's to take back."
    ),
    "upkeep_asked_by_others": gettext_lazy("The scheme had planned it, or others had asked for it."),
    "upkeep_without_files": gettext_lazy("Files that had to come with it at least: %(count)d."),
    "no_reviewer": gettext_lazy("%(name)s did not hold the role of reviewer for this scheme."),
    "assigned_already": gettext_lazy("%(name)s was assigned already."),
    "has_interest": gettext_lazy("%(name)s had an interest in the organisation or its file: %(interests)s."),
    "assignment_closed": gettext_lazy("No reviewers were assigned while the file was in “%(state)s”."),
    "claims_closed": gettext_lazy("Under this scheme nobody took a file by themself."),
    "not_in_queue": gettext_lazy("The file waited for no reviewer then."),
    "places_taken": gettext_lazy("All places of the file were taken by then."),
    "queue_moved": gettext_lazy("The reviewer's own reviews had changed since the page was opened."),
    "given_back": gettext_lazy(
        "The reviewer had had this file before, and it went back or to somebody else."
    ),
    "not_a_reviewer": gettext_lazy("Whoever tried did not hold the role of reviewer for this scheme."),
    "visits_missing": gettext_lazy("Visits held by then: %(have)d; needed: %(wanted)d."),
    "no_sample_yet": gettext_lazy("No sample of branches or programmes had been drawn for visits."),
    "units_unvisited": gettext_lazy("Units of the sample that had not been visited: %(count)d (%(units)s)."),
    "not_on_this_visit": gettext_lazy("Whoever tried did not go on the visit."),
    "yours_already": gettext_lazy("The reviewer had a review of this file already."),
    "your_interest": gettext_lazy(
        "The reviewer had an interest in the organisation or its file: %(interests)s."
    ),
}
MAJORS_OPEN = gettext_lazy("Major nonconformities that were still open: %(count)d (%(criteria)s).")
TIME_OVER = gettext_lazy("The time for this was over.")


def told_later(code: str, parameters: Mapping[str, Any]) -> str:
    """The reason in the active language, as of then. What only says how things are says so still."""
    words = STOOD_AGAINST.get(code)
    if words is None:
        return in_words(code, parameters)
    if code == "findings_open" and parameters["severity"] == "major":
        words = MAJORS_OPEN
    if code == "deadline_passed" and told_to_applicants():
        words = TIME_OVER
    text = str(words)
    named = [each for each in SHOWN if f"%({each})" in text]  # `from` is a day here, and states elsewhere
    return text % isolated({**parameters, **{name: SHOWN[name](parameters) for name in named}})


def _step(name: str) -> Callable[[Mapping[str, Any]], str]:
    """What anybody typed has no edition beside it, and is shown as it is."""
    return lambda of: transition_title(of["edition"], of[name]) if "edition" in of else of[name]


def _day(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda of: date_format(date.fromisoformat(of[name]), "j F Y")


def _choices(of: Mapping[str, Any]) -> str:
    return str(_(", ")).join(choice_title(of["edition"], each) for each in of["choices"])


SHOWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "state": lambda of: state_title(of["edition"], of["state"]),
    "transition": _step("transition"),
    "then": _step("then"),
    "step": _step("step"),
    "choice": lambda of: choice_title(of["edition"], of["choice"]),
    "choices": _choices,
    "share": lambda of: share_in_words(of["share"], more_than=of.get("more_than", False)),
    "roles": lambda of: roles_in_words(of["roles"]),
    "criteria": lambda of: listed({"count": len(of["criteria"]), **of}),
    "units": units_in_words,
    "interests": lambda of: interests_in_words(of["interests"]),
    "at": _day("at"),
    "on": _day("on"),
    "from": _day("from"),
}
"""How a parameter of a reason is shown."""
