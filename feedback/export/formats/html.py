"""HTML: a page that stands by itself, or its body for another page; nothing else is loaded."""

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format, utf8
from feedback.export.house_form import DRAFT, lay_out
from feedback.export.simple_html import lines_html
from feedback.reading.ap_dates import ap_date
from feedback.shipped import shipped


def render(sheet: Proofsheet) -> bytes:
    """The page; it has the letters with the markup that the body has."""
    page = _templates().get_template("export/page.html")
    return utf8(page.render(sheet=sheet, body=edition_body(sheet), draft=DRAFT))


def render_body(sheet: Proofsheet) -> bytes:
    """The body alone, for another page."""
    return utf8(edition_body(sheet))


def edition_body(sheet: Proofsheet) -> Markup:
    """The edition as the public page shows it: day, title, note, letters, in one article."""
    edition = _templates().get_template("export/edition.html")
    # The template escapes whatever it is given.
    return Markup(edition.render(sheet=sheet, pieces=list(lay_out(sheet))))  # noqa: S704 (escaped)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters.update(day=ap_date, lines=lines_html)
    return templates


FORMAT = Format("html", "text/html; charset=utf-8", "html", render, render_body)
