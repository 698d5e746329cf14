"""Somebody with a browser at the pages of log-in, seen by what comes back."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.account import PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Person:
    """A browser that keeps its cookies; nothing is lifted for the test."""

    def __init__(self, app: Flask, https: bool = False) -> None:
        self.browser: FlaskClient = app.test_client()
        self.base = {"base_url": "https://localhost"} if https else {}

    def opens(self, path: str, **more: Any) -> TestResponse:
        """Ask for a page; where that leads is not followed."""
        return self.browser.get(path, **self.base, **more)

    def token(self, path: str = "/desk/login") -> str:
        """The CSRF token of a page's first form."""
        found = TOKEN.search(self.opens(path).text)
        assert found, f"{path} has no form"
        return found[1]

    def sends(self, path: str, /, page: str = "", **fields: str) -> TestResponse:
        """Send the form of a page (of the same address, unless told)."""
        headers = {"Referer": "https://localhost/"} if self.base else {}
        sent = {"csrf_token": self.token(page or path)} | fields
        return self.browser.post(path, data=sent, headers=headers, **self.base)

    def logs_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Send the form of log-in."""
        return self.sends("/desk/login", email=email, password=password, **more)

    @property
    def is_in(self) -> bool:
        """Whether the desk is open to this browser."""
        return self.opens("/desk/").status_code == 200

    @property
    def cookie(self) -> str:
        """What the browser keeps for the session."""
        found = self.browser.get_cookie("session") or self.browser.get_cookie("__Host-session")
        assert found is not None
        return found.value

    def takes(self, cookie: str) -> "Person":
        """Use somebody's cookie."""
        self.browser.set_cookie("session", cookie)
        return self


def refused(answer: TestResponse) -> tuple[int, str]:
    """What a refusal says, without what differs from page to page."""
    text = TOKEN.sub("", answer.text)
    return answer.status_code, re.sub(r'value="[^"]*@[^"]*"', "", text)
