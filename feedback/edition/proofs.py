"""From an edition to its proofsheet: salutations, brackets, links, signatures worked in."""

import re
from collections.abc import Sequence
from typing import Any

from feedback.domain.article import Article
from feedback.domain.column import Column, SalutationRule
from feedback.domain.edition import Edition
from feedback.domain.edition_record import edition_slug
from feedback.domain.letter import Letter
from feedback.domain.letter_record import letter_record
from feedback.domain.proofsheet import (
    Link,
    PrintedArticle,
    PrintedLetter,
    PrintedSection,
    Proofsheet,
)
from feedback.reading.editors_note import whole_note
from feedback.reading.house_style import add_bracket, paragraphs, tidy
from feedback.reading.name_words import telling_words

# Fewer words than these are a headline only in quotation marks: “Guns” is a word like any other.
BARE_HEADLINE = 3


def proofsheet_of(edition: Edition, *, provisional: bool) -> Proofsheet:
    """The edition as it prints; `provisional` marks a draft's. Empty sections leave no trace."""
    column = edition.column
    return Proofsheet(
        column_name=column.name,
        publication=column.publication or column.name,
        title=tidy(edition.title),
        slug=edition.slug,
        date=edition.date,
        editors_note=whole_note(_joined(edition.editors_note), column.signed_by) or None,
        divider=column.divider.value,
        first_subhead_printed=column.first_subhead_printed,
        sections=tuple(
            PrintedSection(
                tidy(section.subhead) or None,
                _printed(section.letters, column, edition.slug),
            )
            for section in edition.sections
            if section.letters
        ),
        invitation=_joined(column.invitation) or None,
        provisional=provisional,
    )


def proofsheet_of_letters(letters: Sequence[Letter], column: Column) -> Proofsheet:
    """Letters without an edition (an export of the approved ones), always provisional."""
    return Proofsheet(
        column_name=column.name,
        publication=column.publication or column.name,
        title=None,
        slug=None,
        date=None,
        editors_note=None,
        divider=column.divider.value,
        first_subhead_printed=False,
        sections=(PrintedSection(None, _printed(letters, column, None)),),
        invitation=None,
        provisional=True,
    )


def _joined(text: str) -> str:
    """Furniture of the column as it prints: its paragraphs with blank lines between them."""
    return "\n\n".join(paragraphs(tidy(text)))


def _printed(
    letters: Sequence[Letter], column: Column, slug: str | None
) -> tuple[PrintedLetter, ...]:
    return tuple(
        _letter(letter, column, is_first=index == 0, slug=slug)
        for index, letter in enumerate(letters)
    )


def _letter(letter: Letter, column: Column, *, is_first: bool, slug: str | None) -> PrintedLetter:
    text = tidy(letter.text)
    article = letter.article
    if letter.has_bracket and article is not None:
        text = add_bracket(text, article.headline)
    rule = column.salutation_rule
    greets = rule is SalutationRule.EVERY or (rule is SalutationRule.FIRST and is_first)
    return PrintedLetter(
        ref=letter.ref,
        salutation=_salutation(column) if greets else "",
        headline=tidy(letter.headline) or None,
        paragraphs=tuple(paragraphs(text)),
        links=_links(text, article) if article else (),
        signature=letter.signature.printed(),
        tagline=None,
        editors_reply=None,
        abridged=letter.is_abridged,
        article=_article(article) if article else None,
        record=_record(letter, slug or edition_slug(letter)),
    )


def _salutation(column: Column) -> str:
    greeting = tidy(column.greeting)
    return f"{greeting} " if greeting else ""


def _article(article: Article) -> PrintedArticle:
    return PrintedArticle(tidy(article.headline), article.url, article.author, article.published_on)


def _links(text: str, article: Article) -> tuple[Link, ...]:
    """The headline's words lead to the article, where they stand in quotation marks if anywhere."""
    headline = tidy(" ".join(article.headline.split()))
    if article.url is None or not headline:
        return ()
    # Inside quotation marks a headline's own turn single.
    either = re.escape(headline).replace("“", "[“‘]").replace("”", "[”’]")
    found = re.search(rf"(?<=[“‘]){either}", text, re.IGNORECASE)
    if found is None and len(headline.split()) >= BARE_HEADLINE:
        found = re.search(either, text, re.IGNORECASE)
    return (Link(found[0], article.url),) if found else ()


def _record(letter: Letter, slug: str | None) -> dict[str, Any]:
    """The letter's record; where a name is withheld, without any words in which it stands.

    Writers sign their text, editors write names into reasons. What prints is left as it prints.
    """
    record = letter_record(letter, slug, with_name=False)
    if not (letter.is_withheld and letter.name):
        return record
    names = _names_in(letter.name)
    for key in ("state_reason", "article_given", "article", "overrides", "checks"):
        record[key] = _without(names, record[key])
    remarks = record["remarks"]
    record["remarks"] = {**remarks, "original": _without(names, remarks["original"])}
    return record


def _names_in(name: str) -> re.Pattern[str]:
    """Finds each part of a name that tells who it is, in any writing."""
    parts = "|".join(map(re.escape, telling_words(name)))
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


def _without(names: re.Pattern[str], value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(names, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(names, inner) for inner in value]
    return None if isinstance(value, str) and names.search(value) else value
