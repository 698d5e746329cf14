"""Arrange an edition: which letters, under which subheads, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.domain.actor import Actor
from feedback.domain.edition import Edition, Section
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.domain.reference import as_reference
from feedback.domain.state import State
from feedback.edition.make import require_draft
from feedback.reading.cleaning import clean_line
from feedback.reading.house_style import title_case
from feedback.store import findings, letters
from feedback.store.work import Work

MOST_SECTIONS, MOST_SUBHEAD = 100, 200


@dataclass(frozen=True)
class Group:
    """A section as asked for: its subhead (None for none), the references in order."""

    subhead: str | None
    refs: Sequence[str]


def arrange(
    work: Work, edition: Edition, groups: Sequence[Group], by: Editor, version: int | None
) -> None:
    """Give the edition exactly these sections: letters that join are placed, others taken out.

    Raises NotAllowed, Stale, NotFound for an unknown letter, Refused (kind `move`) for one that
    is not approved, (kind `fields`) for one that stands twice.
    """
    by.require(Deed.BUILD_EDITION)
    edition.expect(version)
    require_draft(edition)
    groups = [Group(_subhead(g.subhead), [_reference(ref) for ref in g.refs]) for g in groups]
    _check(groups)
    actor = Actor.of(by)
    before = {letter.ref: letter for letter in edition.letters()}
    wanted = {ref: before.get(ref) or _joining(work, ref) for g in groups for ref in g.refs}
    for ref, letter in before.items():
        if ref not in wanted:
            letter.move(State.APPROVED, actor, work.now, "Taken out of the edition.")
    for ref, letter in wanted.items():
        if ref not in before:
            letter.move(State.PLACED, actor, work.now, None, {"edition": edition.slug})
    _fill(edition, groups, wanted)
    edition.touch()
    changed = [
        one for ref, one in {**before, **wanted}.items() if (ref in before) != (ref in wanted)
    ]
    # Whether they are within the quota depends on the edition's day, and who stands beside them.
    findings.check_writers_again(work, [one.writer_id for one in changed])


def _fill(edition: Edition, groups: Sequence[Group], wanted: Mapping[str, Letter]) -> None:
    """Sections are used again by their position: letters that stay put keep their version."""
    del edition.sections[len(groups) :]
    while len(edition.sections) < len(groups):
        edition.sections.append(Section(letters=[]))
    for position, (section, group) in enumerate(zip(edition.sections, groups, strict=True)):
        section.position = position
        section.subhead = group.subhead
        section.letters = [wanted[ref] for ref in group.refs]
        for order, letter in enumerate(section.letters):
            letter.place_order = order


def add(
    work: Work, edition: Edition, letter: Letter, by: Editor, version: int | None = None
) -> None:
    """Place one letter at the end of the section about its article, else in a new one.

    One that stands in the edition already stays where it is. Raises as `arrange`.
    """
    groups = groups_of(edition)
    if letter in edition.letters():
        edition.expect(version)
        return
    for index, section in enumerate(edition.sections):
        if any(other.article_id == letter.article_id for other in section.letters):
            groups[index] = Group(groups[index].subhead, [*groups[index].refs, letter.ref])
            break
    else:
        groups.append(Group(_subhead_about(letter), [letter.ref]))
    arrange(work, edition, groups, by, version)


def _subhead_about(letter: Letter) -> str | None:
    if letter.article is None:
        return None
    subhead = title_case(letter.article.headline)
    return subhead if len(subhead) <= MOST_SUBHEAD else subhead[:MOST_SUBHEAD].rpartition(" ")[0]


def groups_of(edition: Edition) -> list[Group]:
    """The edition as it stands, as groups."""
    return [Group(s.subhead, [letter.ref for letter in s.letters]) for s in edition.sections]


def _joining(work: Work, ref: str) -> Letter:
    letter = letters.by_ref(work, ref, to_change=True)
    if letter.state is State.PLACED:
        raise Refused(f"{ref} stands in another edition.", "move", {"allowed": []})
    letter.require_move(State.PLACED)
    return letter


def _reference(typed: str) -> str:
    return as_reference(typed) or typed


def _check(groups: Sequence[Group]) -> None:
    refs = [ref for group in groups for ref in group.refs]
    if len(refs) != len(set(refs)):
        raise Refused("A letter stands twice.", "fields", {"field": "sections"})
    if len(groups) > MOST_SECTIONS:
        raise Refused("That is too many sections.", "fields", {"field": "sections"})


def _subhead(text: str | None) -> str | None:
    subhead = clean_line(text or "")
    if len(subhead) > MOST_SUBHEAD:
        raise Refused("Shorten the subhead to 200 characters.", "fields", {"field": "sections"})
    return subhead or None
