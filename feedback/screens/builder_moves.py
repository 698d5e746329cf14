"""One step in the outline of an edition: which letters stand where after a button was pressed."""

from collections.abc import Callable, Sequence

from feedback.domain.errors import Refused
from feedback.edition.arrange import Group

NEW = "new"  # instead of a section's number: one that is made for the letter
Groups = list[Group]


def move_up(groups: Sequence[Group], ref: str) -> Groups:
    """The letter stands one place higher; from a section's top it joins the section above."""
    lists, at, place = _found(groups, ref)
    if place > 0:
        lists[at].insert(place - 1, lists[at].pop(place))
    elif at > 0:
        lists[at - 1].append(lists[at].pop(place))
    return _again(groups, lists)


def move_down(groups: Sequence[Group], ref: str) -> Groups:
    """The letter stands one place lower; from a section's end it leads the section below."""
    lists, at, place = _found(groups, ref)
    if place < len(lists[at]) - 1:
        lists[at].insert(place + 1, lists[at].pop(place))
    elif at < len(lists) - 1:
        lists[at + 1].insert(0, lists[at].pop(place))
    return _again(groups, lists)


def take_out(groups: Sequence[Group], ref: str) -> Groups:
    """The letter leaves the edition; a section that it leaves empty goes with it."""
    lists, at, place = _found(groups, ref)
    lists[at].pop(place)
    left = _again(groups, lists)
    return left if lists[at] else [*left[:at], *left[at + 1 :]]


def move_to(groups: Sequence[Group], ref: str, section: str) -> Groups:
    """The letter stands at the end of another section, by its number, or of a new one."""
    lists, at, place = _found(groups, ref)
    lists[at].pop(place)
    if section == NEW:
        return [*_again(groups, lists), Group(None, [ref])]
    lists[_number(section, len(lists))].append(ref)
    return _again(groups, lists)


def section_up(groups: Sequence[Group], section: str) -> Groups:
    """The section changes places with the one above it."""
    number = _number(section, len(groups))
    order = list(groups)
    order.insert(max(0, number - 1), order.pop(number))
    return order


def section_down(groups: Sequence[Group], section: str) -> Groups:
    """The section changes places with the one below it."""
    number = _number(section, len(groups))
    order = list(groups)
    order.insert(number + 1, order.pop(number))
    return order


def add_section(groups: Sequence[Group], _what: str) -> Groups:
    """An empty section at the end."""
    return [*groups, Group(None, [])]


def remove_section(groups: Sequence[Group], section: str) -> Groups:
    """The section goes; letters in it join the section above it, else the one below."""
    number = _number(section, len(groups))
    order = list(groups)
    gone = order.pop(number)
    if not gone.refs:
        return order
    if not order:
        return [Group(None, gone.refs)]
    if number:
        above = order[number - 1]
        order[number - 1] = Group(above.subhead, [*above.refs, *gone.refs])
    else:
        order[0] = Group(order[0].subhead, [*gone.refs, *order[0].refs])
    return order


# By the value of the button that was pressed; what follows the colon is handed on.
MOVES: dict[str, Callable[[Sequence[Group], str], Groups]] = {
    "up": move_up,
    "down": move_down,
    "out": take_out,
    "section_up": section_up,
    "section_down": section_down,
    "add_section": add_section,
    "remove_section": remove_section,
}


def _found(groups: Sequence[Group], ref: str) -> tuple[list[list[str]], int, int]:
    """The references of each section, with the section and place of one letter."""
    lists = [list(group.refs) for group in groups]
    for at, refs in enumerate(lists):
        if ref in refs:
            return lists, at, refs.index(ref)
    raise Refused("This letter stands in the edition no more.", "fields", {"field": "sections"})


def _again(groups: Sequence[Group], lists: Sequence[Sequence[str]]) -> Groups:
    return [Group(group.subhead, refs) for group, refs in zip(groups, lists, strict=True)]


def _number(text: str, most: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) >= most:
        raise Refused("There is no such section.", "fields", {"field": "sections"})
    return int(text)
