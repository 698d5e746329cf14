"""The rules of a column as a chief types them: each field read, each told what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from feedback.domain.column import Divider, PlaceRule, SalutationRule, VerificationPolicy
from feedback.domain.errors import WrongField, refuse_fields
from feedback.reading.cleaning import clean_line, clean_text

YES = frozenset({"true", "y", "on", "1"})
PREFIX = re.compile(r"[A-Z]{2,5}")
MOST_URL, MOST_ADDRESS, MOST_INVITATION = 2000, 254, 2000
Reader = Callable[[str], Any]


class BadRule(ValueError):
    """A value that a column cannot have; the text says what to do."""


def read_rules(given: Mapping[str, str], fields: Sequence[str]) -> dict[str, Any]:
    """The values of these fields, by name; a field that was not sent counts as empty.

    Raises Refused (kind `fields`) that says of every field what is wrong with it.
    """
    values: dict[str, Any] = {}
    wrong: list[WrongField] = []
    for field in fields:
        try:
            values[field] = READERS[field](given.get(field, ""))
        except BadRule as error:
            wrong.append(WrongField(field, str(error)))
    if wrong:
        raise refuse_fields("The settings are not saved yet.", wrong)
    return values


def line(most: int, missing: str = "") -> Reader:
    """A reader of one line; `missing` is what to say where it may not be empty."""

    def read(text: str) -> str:
        value = clean_line(text)
        if not value and missing:
            raise BadRule(missing)
        if len(value) > most:
            raise BadRule(f"Shorten this to {most:,} characters.")
        return value

    return read


def whole(least: int, most: int) -> Reader:
    """A reader of whole numbers."""

    def read(text: str) -> int:
        digits = text.strip().replace(",", "")
        if not re.fullmatch(r"[0-9]{1,9}", digits) or not least <= int(digits) <= most:
            raise BadRule(f"Give a whole number from {least:,} to {most:,}.")
        return int(digits)

    return read


def one_of(words: type[StrEnum]) -> Reader:
    """A reader of the members of an enum."""

    def read(text: str) -> StrEnum:
        try:
            return words(text)
        except ValueError as error:
            raise BadRule("Choose one of these.") from error

    return read


def site(text: str) -> str:
    """The address of a web page, or nothing; a missing https:// is put before it."""
    url = clean_line(text)
    if not url:
        return ""
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
        is_good = is_good and (parts.port is None or parts.port > 0) and "@" not in parts.netloc
    except ValueError:
        is_good = False
    if not is_good:
        raise BadRule("Give an address like https://www.example.com.")
    if len(url) > MOST_URL:
        raise BadRule("Shorten this to 2,000 characters.")
    return url


def email(text: str) -> str:
    """An email address, whose syntax alone is checked."""
    value = clean_line(text)
    try:
        return str(validate_email(value, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise BadRule("Give an email address like letters@example.com.") from error


def sender(text: str) -> str:
    """An address, perhaps with a name before it, or nothing."""
    value = clean_line(text)
    if not value:
        return ""
    name, address = parseaddr(value)
    try:
        address = str(validate_email(address, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise BadRule("Give an address, for instance Letters <letters@example.com>.") from error
    name = re.sub(r"[\"\\<>,;:@()\[\]]", "", name).strip()
    made = f"{name} <{address}>" if name else address
    if len(made) > MOST_ADDRESS:
        raise BadRule("Shorten this to 254 characters.")
    return made


def prefix(text: str) -> str:
    """Capital letters that references begin with."""
    value = clean_line(text).upper()
    if not PREFIX.fullmatch(value):
        raise BadRule("Give two to five letters, for instance WHY.")
    return value


def time_zone(text: str) -> str:
    """A time zone by its name."""
    name = clean_line(text)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise BadRule("Choose one of the time zones.") from error
    return name


def salutation(text: str) -> str:
    """What a letter begins with, ending with the space before its first word; or nothing."""
    value = line(119)(text)
    if re.search(r"[{}]", value.replace("{publication}", "")):
        raise BadRule("Only {publication} may stand in braces.")
    return f"{value} " if value else ""


def invitation(text: str) -> str:
    """The column's last lines."""
    value = clean_text(text)
    if len(value) > MOST_INVITATION:
        raise BadRule("Shorten this to 2,000 characters.")
    return value


def box(text: str) -> bool:
    """A box that is ticked or not."""
    return text.strip().lower() in YES


READERS: dict[str, Reader] = {
    "name": line(120, "Give the column a name."),
    "prefix": prefix,
    "publication": line(120),
    "site_url": site,
    "address": email,
    "signed_by": line(120),
    "sender": sender,
    "time_zone": time_zone,
    "salutation": salutation,
    "salutation_rule": one_of(SalutationRule),
    "divider": one_of(Divider),
    "first_subhead_printed": box,
    "invitation": invitation,
    "verification_policy": one_of(VerificationPolicy),
    "place_rule": one_of(PlaceRule),
    "proof_threshold": whole(0, 100),
    "words_limit": whole(20, 5000),
    "words_budget": whole(100, 20_000),
    "grace_minutes": whole(0, 1440),
    "hold_days": whole(1, 366),
    "tells_declined": box,
    "articles_url": site,
}
# What a newsroom is asked at its first start.
FIRST_QUESTIONS = ("publication", "site_url", "address", "signed_by", "sender")
