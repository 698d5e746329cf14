"""A reader at the column's pages: fills a form in as a browser does, reads what comes back."""

from __future__ import annotations

from datetime import timedelta

import lxml.html
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from tests.fixtures_database import Clock

TAKES = timedelta(minutes=4)  # to write a letter
LETTER = {
    "article": "Working Group With Beijing",
    "remarks": "Meetings are cheap. I would judge it by the seizures that it brings about.",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "Wash.",
    "country": "United States",
    "email": "jane@example.com",
    "consent": "y",
}


class Shown:
    """A page as the reader sees it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.tree = lxml.html.fromstring(response.get_data())

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return words(self.tree.find(".//title"))

    @property
    def heading(self) -> str:
        """The page's heading."""
        return words(self.tree.find(".//h1"))

    @property
    def main(self) -> str:
        """All words of the main part."""
        return words(self.tree.find(".//main"))

    @property
    def steps(self) -> list[str]:
        """The way of the letter, each step with how far it is."""
        return [
            f"{one.get('class').split()[-1].removeprefix('is-')}: {words(one)}"
            for one in self.tree.find_class("step")
        ]

    def words_of(self, element_id: str) -> str | None:
        """The words of the element with that id; None where there is none."""
        found = self.tree.xpath("//*[@id=$id]", id=element_id)
        return words(found[0]) if found else None

    def error(self, field: str) -> str | None:
        """What stands against a field."""
        found = self.words_of(f"{field}-error")
        return found.removeprefix("Error: ") if found else None

    @property
    def errors(self) -> list[str]:
        """The fields that something stands against, in the order of the page."""
        ids = self.tree.xpath("//*[contains(@class, 'field-error')]/@id")
        return [one.removesuffix("-error") for one in ids]

    def form(self, action: str) -> dict[str, str]:
        """What a browser would send of the form with that address, untouched."""
        return dict(self.form_of(action).form_values())

    def form_of(self, action: str) -> HtmlElement:
        """The form with that address."""
        return next(one for one in self.tree.forms if (one.get("action") or action) == action)

    def cards(self) -> list[str]:
        """The answers that are offered, in their order."""
        return [words(one) for one in self.tree.find_class("choice--card")]

    def links(self) -> dict[str, str]:
        """Where each link of the main part leads."""
        return {words(a): a.get("href") for a in self.tree.find(".//main").iter("a")}


class Reader:
    """Somebody with a browser; what takes time lets the clock go on."""

    def __init__(self, browser: FlaskClient, clock: Clock) -> None:
        self.browser = browser
        self.clock = clock

    def opens(self, path: str) -> Shown:
        """Look at a page."""
        return Shown(self.browser.get(path))

    def writes(
        self, *, about: str = "", takes: timedelta = TAKES, **fields: str | None
    ) -> TestResponse:
        """Open the form (`about`: for that article), fill in what is empty, send it.

        A field of None is not sent at all.
        """
        form = self.opens(f"/letters/new?article={about}").form("/letters")
        self.clock.advance(takes)
        there = {name: value for name, value in form.items() if value.strip()}
        return self.sends(form | LETTER | there | fields)

    def sends(self, fields: dict[str, str | None]) -> TestResponse:
        """Send the form of a letter."""
        return self.browser.post(
            "/letters", data={k: v for k, v in fields.items() if v is not None}
        )

    def again(self, shown: Shown, **fields: str) -> TestResponse:
        """Send the form that came back, with some fields changed."""
        return self.sends(shown.form("/letters") | fields)

    def presses(self, shown: Shown, action: str, **fields: str) -> TestResponse:
        """Send another form of a page."""
        return self.browser.post(action, data=shown.form(action) | fields)


def words(element: HtmlElement) -> str:
    """Text with single spaces."""
    return " ".join(" ".join(element.itertext()).split())
