"""Mails that no reader wrote as a letter: told by their headers, by the standards that name them.

RFC 3834 (answers by robots), RFC 3464 and 6522 (reports of delivery), RFC 2369 and 2919 (mailing
lists), and what mail programs do beside them. Nothing is told by the words of a letter.
"""

import re
from enum import StrEnum

from feedback.reading.mail_headers import ADDRESS, Headers

ROBOTS_ANSWER = re.compile(
    r"(?:auto(?:matic|matische|matique)?[ -]?(?:reply|response|antwort)|out of (?:the )?office"
    r"|respuesta autom[aá]tica|r[eé]ponse automatique|abwesen"
    r"|away from (?:the |my )?(?:office|mail)|vacation (?:reply|response))",
    re.IGNORECASE,
)
POSTMASTERS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
ANSWERED_BY_ROBOTS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")
OF_POSTMASTERS = ("delivery-status", "disposition-notification", "")
OF_LISTS = ("list-id", "list-post", "list-unsubscribe", "x-mailing-list", "x-campaign-id")
OUR_NUMBER = re.compile(r"<[0-9a-f]{32}@([^<>\s]{1,160})>")  # see outbox/prepare
SAYS_YES = re.compile(r"\s*yes\b", re.IGNORECASE)


class Robot(StrEnum):
    """Who writes such mails."""

    OURSELVES = "ourselves"  # it left this very desk
    POSTMASTER = "postmaster"  # a mail server reports
    AUTO_REPLY = "auto_reply"  # somebody's mailbox answers by itself
    LIST = "list"  # a mailing list, a newsletter
    SPAMMER = "spammer"  # by the word of our own mail server


def robot_behind(headers: Headers, own: frozenset[str]) -> Robot | None:
    """Which robot wrote the mail; None for a person. `own` are the desk's addresses, lower case."""
    if _is_ours(headers, own):
        return Robot.OURSELVES
    if _is_report(headers):
        return Robot.POSTMASTER
    if _is_answer(headers):
        return Robot.AUTO_REPLY
    precedence = headers.raw("precedence").strip().lower()
    if any(name in headers for name in OF_LISTS) or precedence in ("list", "bulk"):
        return Robot.LIST
    if SAYS_YES.match(headers.raw("x-spam-flag")) or SAYS_YES.match(headers.raw("x-spam-status")):
        return Robot.SPAMMER
    return None


def _is_ours(headers: Headers, own: frozenset[str]) -> bool:
    """What we send says that a robot sent it, and has a Message-ID of our making or our address.

    An editor who writes from the desk's address to it is a person.
    """
    if not _says_robot(headers):
        return False
    domains = {address.rpartition("@")[2] for address in own}
    number = OUR_NUMBER.fullmatch(headers.message_id() or "")
    is_numbered = number is not None and number[1].lower() in domains
    return is_numbered or (headers.sender().address or "").lower() in own


def _is_report(headers: Headers) -> bool:
    kind = headers.raw("content-type").partition(";")[0].strip().lower()
    reports = headers.parameter("content-type", "report-type").lower()
    if kind == "multipart/report" and reports in (
        "delivery-status",
        "disposition-notification",
        "",
    ):
        return True
    if "x-failed-recipients" in headers:
        return True
    return bool(POSTMASTERS.search(" ".join(ADDRESS.findall(headers.raw("from")))))


def _is_answer(headers: Headers) -> bool:
    if _says_robot(headers) or any(name in headers for name in ANSWERED_BY_ROBOTS):
        return True
    if headers.raw("precedence").strip().lower() in ("auto_reply", "junk"):
        return True
    is_unanswerable = headers.raw("return-path").strip() == "<>"
    return is_unanswerable or bool(ROBOTS_ANSWER.match(headers.text("subject")))


def _says_robot(headers: Headers) -> bool:
    """RFC 3834, section 5: anything but “no”."""
    says = headers.raw("auto-submitted").partition(";")[0].strip().lower()
    return bool(says) and says != "no"
