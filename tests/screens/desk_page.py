"""A page of the desk as somebody without a script uses it: reads it, presses its buttons."""

from __future__ import annotations

import re

import lxml.html
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

BEFORE_MARK = re.compile(r" ([.,:;”])")


class Page:
    """What came back, with its words and its buttons by their accessible names."""

    def __init__(self, browser: FlaskClient, response: TestResponse) -> None:
        self.browser = browser
        self.response = response
        self.status = response.status_code
        self.tree = lxml.html.fromstring(response.text)

    @property
    def main(self) -> str:
        """The words of the page's main part."""
        return words(self.tree.find(".//main"))

    @property
    def says(self) -> str:
        """What the page reports: notices and toast."""
        return self.part("desk-says") + " " + self.part("toast")

    @property
    def buttons(self) -> list[str]:
        """Names of all buttons."""
        return [name_of(one) for one in self.tree.iter("button")]

    @property
    def rows(self) -> list[str]:
        """Who stands in the list."""
        return [words(one) for one in self.tree.find_class("letter-row-who")]

    def part(self, css_class: str) -> str:
        """The words of all parts of one class."""
        return " ".join(words(one) for one in self.tree.find_class(css_class))

    def value(self, name: str) -> str:
        """What stands in a field, which is called by its name."""
        return typed_in(self.tree.get_element_by_id(name))

    def link(self, name: str) -> str:
        """Where a link leads."""
        return next(one.get("href") for one in self.tree.iter("a") if words(one) == name)

    def press(self, name: str, /, **fields: str | None) -> Page:
        """Press a button, with some fields filled in (None: left out); follows where it leads."""
        button = next(one for one in self.tree.iter("button") if name_of(one) == name)
        form = self._form_of(button)
        sent = {k: v for k, v in (self._filled(form) | fields).items() if v is not None}
        if button.get("name"):
            sent[button.get("name")] = button.get("value", "")
        if form.get("method", "get").lower() == "get":
            return self.browse(form.get("action"), sent)
        where = button.get("formaction") or form.get("action")
        answer = self.browser.post(where, data=sent)
        return self._followed(answer)

    def browse(self, path: str, query: dict[str, str] | None = None) -> Page:
        """Go to another page."""
        return self._followed(self.browser.get(path, query_string=query))

    def _followed(self, answer: TestResponse) -> Page:
        while answer.status_code in (301, 302, 303):
            answer = self.browser.get(answer.location)
        return Page(self.browser, answer)

    def _form_of(self, control: HtmlElement) -> HtmlElement:
        own = control.get("form")
        if own:
            return self.tree.get_element_by_id(own)
        return next(control.iterancestors("form"))

    def _filled(self, form: HtmlElement) -> dict[str, str]:
        """What a browser would send of a form that nobody touched."""
        sent: dict[str, str] = {}
        for control in self.tree.xpath("//input[@name] | //textarea[@name] | //select[@name]"):
            owner = control.get("form")
            is_mine = owner == form.get("id") if owner else form in control.iterancestors("form")
            is_off = (
                control.get("type") in ("radio", "checkbox") and "checked" not in control.attrib
            )
            if is_mine and not is_off and control.get("type") != "file":
                sent[control.get("name")] = control.value or ""
        return sent


def open_page(browser: FlaskClient, path: str) -> Page:
    """A page of the desk."""
    answer = browser.get(path)
    while answer.status_code in (301, 302, 303):
        answer = browser.get(answer.location)
    return Page(browser, answer)


def typed_in(field: HtmlElement) -> str:
    """What a field holds; a browser drops the line break that begins a text area."""
    text = field.value or ""
    return text.removeprefix("\n") if field.tag == "textarea" else text


def name_of(button: HtmlElement) -> str:
    """A button's accessible name: its words without what is hidden from screen readers."""
    spoken = [
        text
        for text in button.itertext()
        if not any(text in hidden.itertext() for hidden in button.xpath(".//*[@aria-hidden]"))
    ]
    return " ".join("".join(spoken).split())


def words(element: HtmlElement) -> str:
    """Text with single spaces, parts that stand side by side kept apart."""
    line = " ".join(" ".join(element.itertext()).split())
    return BEFORE_MARK.sub(r"\1", line)
