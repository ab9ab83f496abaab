"""What verification found, said in the language of whoever reads it.

Whatever finds a problem names it once, in English, in the trail's own terms (`Problem.detail`). Here each of these
sentences is known with the facts that it holds, so that a run that was kept, of today or of before, is read in
either language. What is not known here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

from .isolates import isolated

SENTENCES = (
    gettext_noop("all %(count)s events of this stream are missing"),
    gettext_noop("a text lies beside no event that mentions it"),
    gettext_noop("a name is not the one that events speak of"),
    gettext_noop("the name of its actor belongs to another"),
    gettext_noop("the name of its actor is gone"),
    gettext_noop("the stream has events and no head"),
    gettext_noop("the stream once had %(count)s events"),
    gettext_noop("the head of the stream is another event, %(event)s"),
    gettext_noop("events %(first)s to %(last)s are missing"),
    gettext_noop("it stands where event %(expected)s should"),
    gettext_noop("it does not continue the event before it"),
    gettext_noop("it is dated before the event that it continues"),
    gettext_noop("its hash is not the hash of its content"),
    gettext_noop("its content is no event"),
    gettext_noop("columns differ from its content: %(columns)s"),
    gettext_noop("a text lies beside it that it does not mention"),
    gettext_noop("the comment that it speaks of is gone"),
    gettext_noop("the comment is not the one it speaks of"),
    gettext_noop("the comment"),
    gettext_noop("the comment of event %(event)s"),
    gettext_noop("the name %(digest)s"),
    gettext_noop("%(thing)s is gone and no event says that it was erased"),
    gettext_noop("it says that %(thing)s was erased, and it was not"),
    gettext_noop("the search does not find its comment as it was written"),
    gettext_noop("the search finds a comment here that is not there"),
    gettext_noop("it is not in the tree of all events, nor waiting for its place in it"),
    gettext_noop("the tree has covered its stream up to event %(event)s, which is not its end"),
    gettext_noop("the tree holds %(size)s events, and %(expected)s have a place in it"),
    gettext_noop("it is dated %(at)s, which is to come"),
    gettext_noop("it is dated %(at)s, after the checkpoint that covers it"),
    gettext_noop("it is dated %(at)s, and was covered after an event of %(latest)s"),
    gettext_noop("no event stands at place %(place)s of the tree"),
    gettext_noop("the event at place %(place)s of the tree is gone"),
    gettext_noop("the tree holds another event at its place, %(place)s"),
    gettext_noop("an event that waited for its place in the tree is gone (row %(row)s)"),
    gettext_noop("the tree of %(tree)s does not follow from its tile %(tile)s"),
    gettext_noop("no event speaks of this key"),
    gettext_noop("the checkpoint of %(size)s events %(why)s"),
    gettext_noop(
        "%(size)s events are in the tree, and checkpoints sign only %(signed)s: those behind were "
        "deleted, or the site was cut off before it signed; manage.py checkpoint signs anew"
    ),
    gettext_noop("the last checkpoint was of other streams"),
    gettext_noop("retired_at is %(kept)s and its trail says %(told)s"),
    gettext_noop("made_at is %(kept)s and its trail says %(told)s"),
    gettext_noop(
        "%(signed)s events were signed, as %(file)s beside the keys says, and the tree holds %(size)s,"
        " or others: rows were deleted or changed, or an older backup was restored"
    ),
    gettext_noop("the employer is not the one that its trail names last"),
    gettext_noop("the account is open, and its trail says otherwise"),
    gettext_noop("the account is closed, and its trail says otherwise"),
    gettext_noop("the tree of streams knows another end of its stream"),
    gettext_noop("is dated %(at)s, before its last event"),
    gettext_noop("speaks of more events than the tree holds"),
    gettext_noop("is of other events than the tree holds"),
    gettext_noop("says something else in its text"),
    gettext_noop("is not signed by its key"),
    gettext_noop("has no number, as its key gives one to each"),
    gettext_noop("bears the number %(number)s, which its key has not signed"),
    gettext_noop("is number %(number)s, and %(gone)s before it were deleted"),
    gettext_noop("is number %(number)s, and there are too many before it"),
    gettext_noop("what this event says cannot be told again"),
    gettext_noop("no event says how it came to be"),
    gettext_noop("it stands in '%(kept)s' and its trail says '%(told)s'"),
    gettext_noop("%(row)s: %(column)s is %(kept)s and its trail says %(told)s"),
    gettext_noop("%(row)s: it is there, and no event speaks of it"),
    gettext_noop("%(row)s: it is gone"),
    gettext_noop("nothing"),
    gettext_noop("what was opened then is not there any more"),
    gettext_noop("the scheme %(scheme)s is open under an edition that no event speaks of"),
    gettext_noop("the scheme %(scheme)s moves '%(subject)s' and its edition says '%(told)s'"),
    gettext_noop("the edition %(edition)s is not what it was when it was stored"),
    gettext_noop("%(column)s is '%(kept)s' and the edition itself says '%(told)s'"),
    gettext_noop("nothing here writes events of the kind '%(kind)s'"),
    gettext_noop("nobody erases as '%(role)s'"),
    gettext_noop("it gives no reason"),
    gettext_noop("events do not say that its actor was %(role)s then"),
    gettext_noop("it leaves another edition than its stream was under"),
    gettext_noop("it is in '%(target)s' and its stream stood in '%(state)s'"),
    gettext_noop("its edition has no state '%(state)s'"),
    gettext_noop("nobody brings anything under another edition as '%(role)s'"),
    gettext_noop("nothing is opened as '%(state)s' there"),
    gettext_noop("no event of the kind '%(kind)s' moves anything"),
    gettext_noop("its edition has no step '%(step)s'"),
    gettext_noop("its edition is not the one that its stream was opened under"),
    gettext_noop("it leaves '%(source)s' and its stream stood in '%(stood)s'"),
    gettext_noop("the step '%(step)s' does not leave '%(state)s'"),
    gettext_noop("the step '%(step)s' does not lead to '%(state)s'"),
    gettext_noop("the step '%(step)s' is not for '%(role)s'"),
    gettext_noop("the step '%(step)s' asks for a comment, and it has none"),
    gettext_noop("it decides, and does not say what was judged"),
    gettext_noop("it votes in a ballot that is not open"),
    gettext_noop("it votes for what nobody offered"),
    gettext_noop("its actor had voted in this ballot"),
    gettext_noop("its actor had stepped aside"),
    gettext_noop("it is a secret vote without a salt"),
    gettext_noop("it counts other votes than were cast"),
    gettext_noop("it names other votes than were cast"),
    gettext_noop("it judged other ratings than its actor had given"),
    gettext_noop("it judged other ratings than were given by then"),
    gettext_noop("it judged other files than were filed by then"),
    gettext_noop("it does not say what was judged, as steps before it do"),
    gettext_noop("its name is none that was ever written down for this person"),
    gettext_noop("the account shows another name than the one that it acts under"),
    gettext_noop("its seed does not draw the names that it keeps"),
    gettext_noop("this version of the report is not what its events say"),
    gettext_noop("not as it was when it was judged: %(piece)s"),
    gettext_noop("file_changed: %(file)s"),
    gettext_noop("file_gone: %(file)s"),
    gettext_noop("the organisation that was registered then is gone"),
    gettext_noop("the sitting that was planned then is gone"),
    gettext_noop("the address that was added then is gone"),
    gettext_noop("made_at is not when its trail says it was made"),
    gettext_noop("retired_at is not when its trail says it was retired"),
    gettext_noop("the key that was made then is not there any more"),
    gettext_noop("the file of the document is gone, or another: %(document)s %(digest)s"),
    gettext_noop("the file is gone, or another: %(digest)s"),
    gettext_noop("the file of version %(version)s is gone: %(digest)s"),
    gettext_noop("the file of version %(version)s is another: %(digest)s"),
    gettext_noop("the register does not find this certificate"),
    gettext_noop("the register finds this certificate as something else"),
    gettext_noop("state"),
    gettext_noop("opening"),
    gettext_noop("the address to sign in by"),
    gettext_noop("the role %(role)s under '%(scheme)s'"),
    gettext_noop("the second factor '%(factor)s'"),
    gettext_noop("the organisation"),
    gettext_noop("the document %(document)s"),
    gettext_noop("the file %(file)s"),
    gettext_noop("the token '%(token)s'"),
    gettext_noop("the address that is told"),
    gettext_noop("version %(version)s of the paper"),
    gettext_noop("the invitation %(invitation)s"),
    gettext_noop("the membership %(number)s in %(organisation)s"),
    gettext_noop("the work %(number)s as a coach of %(organisation)s"),
    gettext_noop("the file"),
    gettext_noop("the certificate"),
    gettext_noop("the change of scope"),
    gettext_noop("the answer to %(criterion)s (%(rubric)s)"),
    gettext_noop("evidence %(sha256)s for %(criterion)s (%(rubric)s)"),
    gettext_noop("assignment %(number)s of reviewer %(reviewer)s"),
    gettext_noop("the rating of %(criterion)s (%(rubric)s) by %(reviewer)s"),
    gettext_noop("the proposal of event %(event)s"),
    gettext_noop("the consent of %(person)s to the proposal of event %(event)s"),
    gettext_noop("what was agreed on the proposal of event %(event)s"),
    gettext_noop("the finding"),
    gettext_noop("the concern"),
    gettext_noop("the corrective file %(sha256)s"),
    gettext_noop("the reviewer's profile"),
    gettext_noop("the leave of event %(event)s"),
    gettext_noop("the declaration of event %(event)s"),
    gettext_noop("the interest declared in event %(event)s"),
    gettext_noop("the objection of event %(event)s"),
    gettext_noop("the override of event %(event)s"),
    gettext_noop("the tie taken back in event %(event)s"),
    gettext_noop("the question of event %(event)s"),
    gettext_noop("the file %(sha256)s with the answer to the question of event %(event)s"),
    gettext_noop("the point contested in event %(event)s"),
    gettext_noop("the file %(sha256)s with the point contested in event %(event)s"),
    gettext_noop("the visit planned in event %(event)s"),
    gettext_noop("ballot %(number)s"),
    gettext_noop("the vote of event %(event)s"),
    gettext_noop("the end of ballot %(number)s"),
    gettext_noop("the recusal of event %(event)s"),
    gettext_noop("the dissent of event %(event)s"),
    gettext_noop("the minutes of event %(event)s"),
    gettext_noop("the sitting"),
)
PLACE = re.compile(r"%\\\((\w+)\\\)s")
SENTENCES_WITHIN = frozenset({"row", "thing", "why", "kept", "told"})
"""Facts that may be such a sentence themselves."""


def said(detail: str, names: Mapping[str, str] | None = None) -> str:
    """`detail` in the language of now; `names` has what identifiers stand for. As it is where it is not known."""
    return _said(detail, names or {}) or detail


def _said(detail: str, names: Mapping[str, str]) -> str:
    if (get_language() or "en").startswith("en") and not names:
        return detail
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(detail)
        if found is not None:
            facts = {name: _fact(name, value, names) for name, value in found.groupdict().items()}
            return gettext(sentence) % isolated(facts)
    return ""


def _fact(name: str, value: str, names: Mapping[str, str]) -> str:
    if name in SENTENCES_WITHIN:
        return _said(value, names) or value
    return names.get(value, value)


def is_known(detail: str) -> bool:
    return any(pattern.fullmatch(detail) for _sentence, pattern in _patterns())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those with the most words of their own first: a fact may hold anything."""
    ordered = sorted(SENTENCES, key=lambda each: len(PLACE.sub("", re.escape(each))), reverse=True)
    return tuple((each, _pattern(each)) for each in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(r"(?P<\1>.*?)", re.escape(sentence)), re.DOTALL)
