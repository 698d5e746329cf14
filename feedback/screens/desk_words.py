"""What the desk calls things: channels, ways to verify, reasons, mails, lines of a history."""

from flask.sansio.app import App
from flask_babel import lazy_gettext as _

from feedback.domain.claim import ClaimOutcome
from feedback.domain.event import EventKind
from feedback.domain.finding import Result
from feedback.domain.letter import Channel
from feedback.domain.other_desk import OtherDesk
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.verification import Method, Outcome

CHANNEL_WORDS: dict[Channel, str] = {
    Channel.WEB: _("By web form"),
    Channel.API: _("By a program"),
    Channel.MAIL: _("By email"),
    Channel.PAPER: _("On paper"),
    Channel.TELEPHONE: _("By telephone"),
    Channel.IMPORT: _("From an archive"),
}

METHOD_WORDS: dict[Method, str] = {
    Method.LINK: _("By link"),
    Method.PHONE: _("By telephone"),
    Method.EMAIL: _("By email"),
    Method.POST: _("By post"),
    Method.IN_PERSON: _("In person"),
}

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.CONFIRMED: _("The writer wrote it"),
    Outcome.DENIED: _("The writer did not write it"),
    Outcome.NO_ANSWER: _("No answer"),
}

# The codes of desk/decide.DECLINE_REASONS.
REASON_WORDS: dict[str, str] = {
    "not_chosen": _("Not chosen"),
    "too_long": _("Too long"),
    "not_about_an_article": _("Not about an article"),
    "already_said": _("Others have said it"),
    "not_verified": _("Not verified"),
    "cannot_confirm_facts": _("Facts could not be confirmed"),
    "uncivil": _("Uncivil"),
    "other": _("Another reason"),
    "routed_on": _("For another desk"),
    "spam": _("Spam"),
    "abuse": _("Abuse"),
}

DESK_WORDS: dict[OtherDesk, str] = {
    OtherDesk.SUBSCRIPTION: _("Subscription trouble"),
    OtherDesk.NEWS_TIP: _("News tip"),
    OtherDesk.CORRECTION: _("Correction"),
    OtherDesk.ADVERTISING: _("Advertising"),
    OtherDesk.OTHER: _("Something else"),
}

GATE_WORDS: dict[str, str] = {
    "complete": _("Complete"),
    "verified": _("Verified"),
    "proofed": _("Proof"),
    "claims_checked": _("Claims"),
    "within_quota": _("Quota"),
    "not_in_blackout": _("Blackout"),
}

CHECK_WORDS: dict[str, str] = {
    "withheld": _("Withheld name"),
    "sender": _("Sender"),
    "article": _("Article"),
    "place": _("Place"),
    "length": _("Length"),
    "links": _("Links"),
    "signature": _("Signature"),
    "region": _("Region"),
    "quota": _("Quota"),
    "blackout": _("Blackout"),
    "election": _("Election"),
    "group": _("Signers"),
    "exclusive": _("Other papers"),
    "machine": _("Help by a machine"),
    "language": _("Language"),
    "claims": _("Worth checking"),
    "contact": _("Contact data"),
    "shouting": _("Shouting"),
    "threats": _("Threats"),
    "slurs": _("Slurs"),
    "disposable": _("Mailbox"),
    "spam": _("Spam filter"),
    "hidden": _("Hidden characters"),
    "honeypot": _("Robot"),
    "mentions": _("Another letter"),
    "campaign": _("Campaign"),
    "same_text": _("The same text"),
}

CLAIM_WORDS: dict[ClaimOutcome, str] = {
    ClaimOutcome.STANDS: _("It stands"),
    ClaimOutcome.MENDED: _("Mended in the text"),
    ClaimOutcome.DROPPED: _("Dropped"),
}

RESULT_WORDS: dict[Result, str] = {
    Result.PASS: _("passed"),
    Result.NOTE: _("noted"),
    Result.HOLD: _("held"),
    Result.REFUSE: _("against the rules"),
    Result.NOT_RUN: _("not run"),
}

EVENT_WORDS: dict[EventKind, str] = {
    EventKind.RECEIVED: _("Received"),
    EventKind.MOVED: _("Moved"),
    EventKind.UNDONE: _("Undone"),
    EventKind.EDITED: _("Edited"),
    EventKind.COMPLETED: _("Completed by the writer"),
    EventKind.REPLIED: _("Answer by email"),
    EventKind.ARTICLE_SET: _("Article set"),
    EventKind.VERIFIED: _("Verification recorded"),
    EventKind.ASKED: _("Writer asked"),
    EventKind.WANTED: _("Approved for when the writer answers"),
    EventKind.OVERRIDDEN: _("Gates passed over"),
    EventKind.CONTACT_SEEN: _("Contact data looked at"),
    EventKind.SENT_ON: _("Sent on to the reporter"),
    EventKind.CLAIM_OPENED: _("Source asked for"),
    EventKind.CLAIM_SETTLED: _("Question settled"),
    EventKind.ANSWER_MARKED: _("Answer to criticism"),
    EventKind.ADDRESS_LIFTED: _("Mails to the address let go again"),
    EventKind.SENT_AGAIN: _("Mail sent again"),
    EventKind.NOTED: _("Noted"),
}

MAIL_WORDS: dict[MailKind, str] = {
    MailKind.RECEIPT: _("Receipt with the confirm link"),
    MailKind.REMINDER: _("Reminder: something is missing"),
    MailKind.ASK: _("Question: is it yours?"),
    MailKind.SOURCE: _("Question: where does this come from?"),
    MailKind.DECLINED: _("We do not plan to print it"),
    MailKind.PRINTED: _("It is printed"),
    MailKind.REPORTER: _("Copy for the reporter"),
    MailKind.COLLEAGUE: _("To another desk: this is yours"),
    MailKind.ROUTED_ON: _("Another desk has it"),
    MailKind.ACCOUNT: _("About an account"),
}

MAIL_STATE_WORDS: dict[MailState, str] = {
    MailState.WAITING: _("leaves"),
    MailState.SENT: _("sent"),
    MailState.FAILED: _("could not be sent"),
    MailState.CANCELLED: _("called off"),
    MailState.SKIPPED: _("not sent: a rule forbids it"),
}


# What house style offers, by kind (reading/tidying), and what a hint is about (reading/hints).
TIDY_WORDS = {
    "marks": _("Quotation marks and apostrophes"),
    "dashes": _("Dashes"),
    "dots": _("Ellipses"),
    "spaces": _("Spaces"),
    "states": _("States after a town"),
    "dates": _("Dates and times"),
    "capitals": _("Words in capitals"),
    "twice": _("A word that stands twice"),
}
HINT_WORDS = {
    "unknown": _("not in the word list"),
    "spelling": _("misspelled"),
    "mixed_up": _("another word may be meant"),
    "redundant": _("says it twice"),
    "absolute": _("cannot be more or less so"),
    "twice": _("stands twice"),
}


def spaces_shown(text: str) -> str:
    """A change with its spaces and breaks to be seen; “∅” where nothing is left."""
    shown = text.replace("\n", "¶")
    if not shown.strip(" "):
        return "␣" * len(shown) or "∅"
    return shown


def init(app: App) -> None:
    """Give templates the filters `channel_word`, `method_word`, … for the tables above."""
    tables = {
        "channel_word": CHANNEL_WORDS,
        "method_word": METHOD_WORDS,
        "outcome_word": OUTCOME_WORDS,
        "reason_word": REASON_WORDS,
        "desk_word": DESK_WORDS,
        "gate_word": GATE_WORDS,
        "check_word": CHECK_WORDS,
        "event_word": EVENT_WORDS,
        "result_word": RESULT_WORDS,
        "mail_word": MAIL_WORDS,
        "claim_word": CLAIM_WORDS,
        "mail_state_word": MAIL_STATE_WORDS,
        "tidy_word": TIDY_WORDS,
        "hint_word": HINT_WORDS,
    }
    app.jinja_env.filters["spaces_shown"] = spaces_shown
    for name, table in tables.items():
        app.jinja_env.filters[name] = lambda value, table=table: table.get(value, value)
