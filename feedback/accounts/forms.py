"""The forms of log-in: Flask-Security's, with our limits on what they take."""

from typing import Any

from flask_babel import gettext
from flask_security import ChangePasswordForm, LoginForm, PasswordUtil
from flask_security.forms import IsString, password_required
from wtforms import PasswordField
from wtforms.validators import Length

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
