"""The forms of log-in: Flask-Security's, with our limits on what they take."""

from typing import Any

from flask_babel import gettext
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    PasswordUtil,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    WebAuthnRegisterForm,
)
from flask_security.forms import IsString, password_required
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, Length

from feedback.accounts import passwords

# Longer ones make the hash function raise instead of answering no.
NOT_ENDLESS = Length(max=4 * passwords.LONGEST)


class DeskLoginForm(LoginForm):
    """Email and password. Nobody is remembered for longer than a log-in lasts."""

    remember = None  # how WTForms drops a field
    password = PasswordField(validators=[IsString(), password_required, NOT_ENDLESS])


class DeskChangePasswordForm(ChangePasswordForm):
    """The present password and, twice, the new one."""

    password = PasswordField(validators=[NOT_ENDLESS])


class Word(StringField):
    """One word out of a list that the page offers and the view looks through.

    Flask-Security's own fields give their choices in a form that WTForms is about to drop.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices: list[Any] = []


class DeskSetupForm(TwoFactorSetupForm):
    """Which second step to turn on, or off."""

    setup = Word()


class DeskRescueForm(TwoFactorRescueForm):
    """Asked for by a view; our page leads to the recovery codes by a link instead."""

    help_setup = Word()


class DeskSelectForm(TwoFactorSelectForm):
    """Which of several second steps."""

    which = Word()


class DeskPasskeyForm(WebAuthnRegisterForm):
    """The name of a new passkey, and what it is for."""

    usage = Word(validators=[AnyOf(["first", "secondary"])])


class DeskPasswords(PasswordUtil):
    """Our rules for passwords, the same as on the command line."""

    def normalize(self, password: str) -> str:
        """The password in the form that is hashed."""
        return passwords.normalize(password)

    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        """What is wrong with a new password (or None), with its normal form."""
        password = passwords.normalize(password)
        user = kwargs.get("user")
        wrong = passwords.problem(password, getattr(user, "email", ""), getattr(user, "name", ""))
        return ([gettext(wrong)] if wrong else None), password
