"""Who wrote a letter, in the panel of its page: the how-manieth letter, what was printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from feedback.domain.letter import Letter
from feedback.domain.writer import Writer
from feedback.store import writer_pages
from feedback.store.paging import Count, Page
from feedback.store.work import Work

MOST_OTHERS = 5
ORDINALS = (
    lazy_gettext("first letter"),
    lazy_gettext("second letter"),
    lazy_gettext("third letter"),
    lazy_gettext("fourth letter"),
    lazy_gettext("fifth letter"),
    lazy_gettext("sixth letter"),
    lazy_gettext("seventh letter"),
    lazy_gettext("eighth letter"),
    lazy_gettext("ninth letter"),
)


@dataclass(frozen=True)
class WriterPanel:
    """The writer with the gist (“third letter, one printed”) and their other letters."""

    writer: Writer
    gist: str
    others: Sequence[Letter]
    has_more: bool
    note_count: int


def writer_panel(work: Work, letter: Letter) -> WriterPanel | None:
    """What the panel shows; None while nobody knows whose letter it is."""
    if letter.writer_id is None or letter.writer is None:
        return None
    page = writer_pages.letters_of(work, [letter.writer_id], limit=MOST_OTHERS + 1)
    others = [one for one in page.rows if one.id != letter.id]
    return WriterPanel(
        writer=letter.writer,
        gist=gist(_place(work, letter, page), letter.writer.published_count),
        others=others[:MOST_OTHERS],
        has_more=page.next is not None or len(others) > MOST_OTHERS,
        note_count=len(writer_pages.notes(work, letter.writer_id)),
    )


def _place(work: Work, letter: Letter, page: Page[Letter]) -> Count:
    """The how-manieth it is; counted by the database only where there are many."""
    if page.next is not None:
        return writer_pages.place_among(work, letter)
    here = (letter.received_at, letter.id)
    return Count(1 + sum((one.received_at, one.id) < here for one in page.rows))


def gist(place: Count, printed: int) -> str:
    """“third letter, one printed”; letters are counted up to the cap."""
    which = (
        str(ORDINALS[place.number - 1])
        if place.number <= len(ORDINALS)
        else str(_("letter number %(n)s", n=place))
    )
    if place.number == 1 and not printed:
        return which
    return f"{which}, {printed_words(printed)}"


def printed_words(number: int) -> str:
    """“none printed”, “one printed”, “12 printed”: numbers up to nine in words, as AP has it."""
    words = {
        0: _("none printed"),
        1: _("one printed"),
        2: _("two printed"),
        3: _("three printed"),
        4: _("four printed"),
        5: _("five printed"),
        6: _("six printed"),
        7: _("seven printed"),
        8: _("eight printed"),
        9: _("nine printed"),
    }
    return str(words.get(number) or ngettext("%(num)s printed", "%(num)s printed", number))
