"""From an edition to its proofsheet: salutations, brackets, links, signatures worked in."""

from collections.abc import Sequence

from feedback.domain.column import Column, SalutationRule
from feedback.domain.edition import Edition
from feedback.domain.letter import Letter
from feedback.domain.letter_record import letter_record
from feedback.domain.proofsheet import (
    Link,
    PrintedArticle,
    PrintedLetter,
    PrintedSection,
    Proofsheet,
)
from feedback.reading.house_style import add_bracket, paragraphs, tidy


def proofsheet_of(edition: Edition, *, provisional: bool) -> Proofsheet:
    """The edition as it prints; `provisional` marks a draft's."""
    column = edition.column
    return Proofsheet(
        column_name=column.name,
        publication=column.publication or column.name,
        title=edition.title,
        slug=edition.slug,
        date=edition.date,
        editors_note=tidy(edition.editors_note) or None,
        divider=column.divider.value,
        first_subhead_printed=column.first_subhead_printed,
        sections=tuple(
            PrintedSection(
                tidy(section.subhead) if section.subhead else None,
                _printed(section.letters, column, edition.slug),
            )
            for section in edition.sections
        ),
        invitation=column.invitation or None,
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
    printed = None
    links: tuple[Link, ...] = ()
    if article is not None:
        headline = tidy(article.headline)
        printed = PrintedArticle(headline, article.url, article.author, article.published_on)
        links = _links(text, headline, article.url)
    return PrintedLetter(
        ref=letter.ref,
        salutation=column.greeting if greets else "",
        headline=letter.headline,
        paragraphs=tuple(paragraphs(text)),
        links=links,
        signature=letter.signature.printed(),
        tagline=None,
        editors_reply=None,
        abridged=letter.is_abridged,
        article=printed,
        record=letter_record(letter, slug, with_name=False),
    )


def _links(text: str, headline: str, url: str | None) -> tuple[Link, ...]:
    """The headline's words in the text link to the article, the first time they stand there."""
    if url is None:
        return ()
    for form in (headline, headline.replace("“", "‘").replace("”", "’")):
        if form and form in text:
            return (Link(form, url),)
    return ()
