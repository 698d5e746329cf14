"""The fields of a letter: one set of rules for the form, the API, imports, the desk.

The contract, section 3, gives names and limits.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.domain.place import country_name, state_code
from feedback.domain.submission import CONSENT_GIVEN_OTHERWISE, CONSENT_VERSION, Submission
from feedback.reading.cleaning import clean_line, clean_text

LIMITS = {
    "article": 2000,
    "remarks": 20_000,
    "name": 120,
    "standing": 200,
    "town": 100,
    "state": 100,
    "country": 100,
    "email": 254,
    "phone": 60,
    "affiliation": 200,
    "withhold_reason": 500,
}
MOST_LOCAL = 64  # bytes before the @
YES = frozenset({"true", "y", "on", "1"})
OPEN_TO_WRITERS = frozenset({Channel.WEB, Channel.API})  # there all that is required is asked


@dataclass(frozen=True)
class FieldError:
    """What is wrong with a field: `code` for programs, `message` says what to do."""

    field: str
    code: str
    message: str


def is_yes(value: str) -> bool:
    """A ticked box: `true`, `y`, `on` or `1`; anything else is no."""
    return value.strip().lower() in YES


def read_fields(
    given: Mapping[str, str],
    channel: Channel,
    *,
    key: str | None = None,
    article_id: int | None = None,
    is_trapped: bool = False,
) -> Submission:
    """Clean and check what was given; unknown fields are ignored.

    Raises Refused (kind `fields`) with `details["errors"]`, a list of FieldError in the order
    of the form. What a desk types in from paper, mail or an archive may lack what a form must
    have; it needs remarks alone.
    """
    values = {
        name: (clean_text if name == "remarks" else clean_line)(given.get(name) or "")
        for name in LIMITS
    }
    strict = channel in OPEN_TO_WRITERS
    errors = too_long(given, LIMITS) + _missing(values, strict=strict)
    taken = {error.field for error in errors}
    town, state, country = read_place(values, errors)
    email: str | None = values["email"] or None
    if email and "email" not in taken:
        email = _read_email(email, errors)
    if strict and not is_yes(given.get("consent") or ""):
        errors.append(
            FieldError("consent", "required", "Tick the box if we may edit and print your letter.")
        )
    if errors:
        order = [*LIMITS, "consent"]
        errors.sort(key=lambda e: order.index(e.field))
        raise Refused("Your letter has not been sent yet.", "fields", {"errors": errors})
    return Submission(
        channel=channel,
        remarks=values["remarks"],
        article=values["article"],
        article_id=article_id,
        name=values["name"] or None,
        standing=values["standing"] or None,
        town=town,
        state=state,
        country=country,
        email=email,
        phone=values["phone"] or None,
        affiliation=values["affiliation"] or None,
        is_withheld=is_yes(given.get("withhold_name") or ""),
        withhold_reason=values["withhold_reason"] or None,
        consent=CONSENT_VERSION if strict else CONSENT_GIVEN_OTHERWISE,
        key=key,
        is_trapped=is_trapped,
        as_typed={
            n: values[n] for n in ("article", "name", "town", "state", "country") if values[n]
        },
    )


def read_place(
    given: Mapping[str, str], errors: list[FieldError]
) -> tuple[str | None, str | None, str | None]:
    """Town, state (USPS code in the United States, else as written), country; adds to `errors`."""
    town, state, land = (clean_line(given.get(n) or "") for n in ("town", "state", "country"))
    known = {error.field for error in errors}
    country = country_name(land or "US")
    if country is None and "country" not in known:
        errors.append(
            FieldError("country", "unknown", "Write the country’s name in English, like Canada.")
        )
    code: str | None = state or None
    if state and country == "US" and "state" not in known:
        code = state_code(state)
        if code is None:
            errors.append(
                FieldError("state", "unknown", "Write the state in full, like Ohio, or as OH.")
            )
    return town or None, code, country


def too_long(given: Mapping[str, str], names: Iterable[str]) -> list[FieldError]:
    """Which of these fields have too much in them.

    Limits count what was typed, with marks and invisible characters that cleaning drops.
    """
    return [
        FieldError(
            name,
            "too_long",
            f"Shorten this to {LIMITS[name]:,} characters at most; it has {length:,}.",
        )
        for name in names
        if (length := _length(given.get(name) or "")) > LIMITS[name]
    ]


def _length(typed: str) -> int:
    """Characters, a line's end as one: browsers send two, which nobody typed."""
    return len(typed.replace("\r\n", "\n").strip())


def _missing(values: Mapping[str, str], *, strict: bool) -> list[FieldError]:
    wanted = {"remarks": "Write your letter here."}
    if strict:
        wanted |= {
            "article": "Paste the address of the article, or type its headline.",
            "name": "Enter your full name.",
            "email": "Enter your email address: we ask you whether the letter is yours.",
        }
    errors = [FieldError(n, "required", m) for n, m in wanted.items() if not values[n]]
    is_abroad = country_name(values["country"] or "US") not in (None, "US")
    if strict and not values["town"] and not values["state"] and not is_abroad:
        errors.append(FieldError("town", "required", "Enter your town, your state, or both."))
    return errors


def _read_email(typed: str, errors: list[FieldError]) -> str | None:
    """The address in its normal form; syntax alone is checked, nothing is looked up."""
    try:
        # Full-width letters are what an Asian keyboard gives; the address has plain ones.
        plain = unicodedata.normalize("NFKC", typed)
        found = validate_email(plain, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        found = None
    if found is None or _is_too_long(found):
        errors.append(
            FieldError("email", "invalid", "Enter an email address in full, like name@example.com.")
        )
        return None
    return found.normalized


def _is_too_long(address: ValidatedEmail) -> bool:
    """Over the limits of RFC 5321, in bytes as they go over the wire."""
    local, domain = len(address.local_part.encode()), len(address.ascii_domain)
    return local > MOST_LOCAL or local + 1 + domain > LIMITS["email"]
