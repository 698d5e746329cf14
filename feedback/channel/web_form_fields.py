"""The reader's forms: their fields with their labels, the seals that the letter's form carries.

What may stand in a field is said once, for all channels, in `intake/fields`; here a field is
named, drawn, and kept as it was typed.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeSerializer
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

from feedback.intake.fields import FieldError, is_yes

SOONEST = timedelta(seconds=3)  # nobody reads the form, writes and sends in less
TRAP = "homepage"  # people do not see it; robots fill it in
MOST_KEY = 200
SALT = "letter-form"


class TickField(BooleanField):
    """A box; which values are a yes is said in `intake/fields`."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what the browser sent."""
        self.data = bool(valuelist) and is_yes(str(valuelist[0]))


class ReadersForm(FlaskForm):
    """What the forms of readers have in common: every value is shown again as it was typed."""

    class Meta:
        """How Flask-WTF treats it."""

        csrf = False  # `Sent.has_token` looks at the token, so that a text is never lost with it

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(name for name in dir(cls) if isinstance(getattr(cls, name), UnboundField))

    def note(self, errors: Sequence[FieldError]) -> None:
        """Put each error to its field; the first one counts."""
        for error in errors:
            if error.field in self and not self[error.field].errors:
                self[error.field].errors = [error.message]

    def problems(self) -> list[tuple[str, str]]:
        """Each wrong field with its sentence, in the order of the form."""
        return [(field.name, field.errors[0]) for field in self if field.errors]


def _name() -> StringField:
    return StringField(_("Full name"), render_kw={"autocomplete": "name"})


def _town() -> StringField:
    return StringField(_("Town"), render_kw={"autocomplete": "address-level2"})


def _state() -> StringField:
    return StringField(_("State"), render_kw={"autocomplete": "address-level1"})


def _country() -> StringField:
    return StringField(
        _("Country"), default="United States", render_kw={"autocomplete": "country-name"}
    )


class LetterForm(ReadersForm):
    """The form of a letter, in the order in which it is read."""

    article = StringField(
        _("Article"),
        description=_("Paste its address, or type its headline as well as you remember it."),
    )
    article_id = HiddenField()  # the candidate that was chosen
    article_for = HiddenField()  # the words for which the candidates were offered
    remarks = TextAreaField(
        _("Remarks"),
        description=_("Make one point, in your own words. No greeting or sign-off needed."),
    )
    name = _name()
    town = _town()
    state = _state()
    country = _country()
    email = StringField(
        _("Email"),
        description=_("We ask you there whether the letter is yours. Never printed."),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    phone = StringField(
        _("Telephone"),
        description=_("For questions about this letter. Never printed."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    affiliation = StringField(
        _("Your interest in the matter, if any"),
        description=_("An office, an employer or a cause that readers should know of."),
    )
    withhold_name = TickField(
        _("Please do not print my name"),
        description=_("We then print “Name withheld” and your town. The editors see your name."),
    )
    withhold_reason = StringField(_("Why not?"))
    consent = TickField(_("I wrote this letter, and you may edit and publish it"))
    homepage = StringField(_("Leave this empty"))  # TRAP
    submission_key = HiddenField()
    made = HiddenField()

    def seal(self, now: datetime, *, is_first: bool, is_new_letter: bool = False) -> None:
        """Give it a key of its own (a kept one stays) and the signed time at which it was made.

        Who is shown the form again has waited already: that one may be sent at once.
        """
        if is_new_letter or not self.submission_key.data:
            self.submission_key.data = secrets.token_urlsafe(16)
        self.made.data = sign_time(now if is_first else now - SOONEST)


class DetailsForm(ReadersForm):
    """What was missing in a letter."""

    article = StringField(
        _("Address or headline"),
        description=_("Paste the address of the article, or type its headline."),
    )
    article_id = HiddenField()
    name = _name()
    town = _town()
    state = _state()
    country = _country()


def sign_time(at: datetime, salt: str = SALT) -> str:
    """The moment at which a form was made, so that nobody can alter it."""
    return str(_signer(salt).dumps(int(at.timestamp() * 1000)))


def seconds_since(made: str, now: datetime, salt: str = SALT) -> float | None:
    """How long ago a form was made; None where its time is not ours."""
    try:
        at = datetime.fromtimestamp(_signer(salt).loads(made) / 1000, UTC)
    except (BadData, TypeError, ValueError, OverflowError):
        return None
    return (now - at).total_seconds()


def is_too_soon(made: str, now: datetime) -> bool:
    """True where the form was made less than three seconds ago, or its time is not ours."""
    since = seconds_since(made, now)
    return since is None or since < SOONEST.total_seconds()


def key_of(typed: str) -> str | None:
    """The submission key as it is kept: as sent, or its digest where it is long or odd."""
    if not typed:
        return None
    if len(typed) <= MOST_KEY and typed.isascii() and typed.isprintable():
        return typed
    return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()


def _signer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=salt)
