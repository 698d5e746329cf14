"""Mails that an account gets: handed to the outbox, never sent from here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, after_this_request
from flask_security import MailUtil
from flask_security.mail_util import EmailValidateException

from feedback.accounts.people import normal_email
from feedback.domain.errors import Refused

OUTLET = "feedback_account_mail"  # key of app.extensions


@dataclass(frozen=True)
class AccountMail:
    """A plain text mail to somebody at the desk."""

    to: str
    subject: str
    text: str


Send = Callable[[AccountMail], None]


class AccountMails(MailUtil):
    """Flask-Security's way out for mails, which ends in our outbox."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.send: Send = app.extensions[OUTLET]

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Hand the mail over once the view has done its work: no notice of what failed."""
        to = recipient if isinstance(recipient, str) else recipient[1]
        mail = AccountMail(to, str(subject), (body or "").strip() + "\n")

        @after_this_request
        def hand_over(response: Response) -> Response:
            if response.status_code < 500:
                self.send(mail)
            return response

    def normalize(self, email: str) -> str:
        """The address as accounts keep it. Raises EmailValidateException."""
        try:
            return normal_email(email)
        except Refused as error:
            raise EmailValidateException(error.message) from error

    def validate(self, email: str) -> str:
        """The same: nothing is looked up in the network."""
        return self.normalize(email)
