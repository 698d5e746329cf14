"""Who signs a letter, and from where, as it stands under the letter or in it.

Only what the text says: words as they are written, for a person to look over. What is a state and
what a country the caller knows; without being told, a state is known by its shape.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from feedback.reading.gazetteer import states_of
from feedback.reading.signoff_words import (
    ABBREVIATED,
    CONTACT,
    DASHES,
    LABEL,
    LABELS,
    LIVES_IN,
    MOST_LINE,
    MOST_LINES,
    MOST_TEXT,
    NAME_WORD,
    NO_NAME,
    ONE_LINE_BYE,
    RUN_IN,
    SMALL_WORDS,
    STANDING,
    SUFFIX,
    VALEDICTION,
    ZIP,
    looks_like_state,
)

# “Jane Reader of Spokane, Wash.”, “Jane Reader (Spokane, Wash.)”
JOINED = re.compile(r"(.{3,60}?),? (?:from |of |in |\()(.{3,60}?)\)?")
Known = Callable[[str], object]  # something that is true of a state's or country's name


@dataclass(frozen=True)
class Signoff:
    """What the text says of its writer, as written; None is what it does not say.

    `words` is the passage that says it; `rest` is the text without the sign-off (and without the
    telephone number or street that stood in it). A place inside the letter stays in the letter;
    `lives` is then the passage.
    """

    name: str | None
    town: str | None
    state: str | None
    country: str | None
    words: str
    rest: str
    lives: str = ""


def find_signoff(
    text: str, is_state: Known | None = None, is_country: Known | None = None
) -> Signoff:
    """Find the sign-off at the end of a letter, else where the letter says its writer lives.

    `is_state` and `is_country` tell whether words name one; their result's truth is what counts.
    """
    reader = _Reader(is_state or looks_like_state, is_country or (lambda _: False))
    text = text[:MOST_TEXT].rstrip()
    found = reader.labelled(text) or reader.below(text) or reader.run_in(text) or reader.small(text)
    found = found or Signoff(None, None, None, None, "", text)
    return found if found.town or found.state or found.country else reader.lives_in(found)


def find_lives_in(text: str, is_state: Known, is_country: Known) -> Signoff:
    """The place alone, where a letter says in passing that its writer lives; no list is read."""
    return _Reader(is_state, is_country).lives_in(Signoff(None, None, None, None, "", text))


@dataclass(frozen=True)
class _Reader:
    is_state: Known
    is_country: Known

    def labelled(self, text: str) -> Signoff | None:
        """“Name: …”, “Town, State: …” at the beginning or the end."""
        lines = text.split("\n")
        edges = {*range(min(6, len(lines))), *range(max(0, len(lines) - MOST_LINES), len(lines))}
        values: dict[str, str] = {}
        taken: list[int] = []
        for at in sorted(edges):
            match = LABEL.fullmatch(lines[at].strip()[:MOST_LINE])
            field = LABELS.get(match[1].strip().lower()) if match else None
            if match and field and field not in values:
                values[field] = match[2].strip(" *")
                taken.append(at)
        if "name" not in values or not self.is_name(values["name"]):
            return None
        place = self.place(_parts(values["place"])) if "place" in values else (None, None, None)
        rest = "\n".join(line for at, line in enumerate(lines) if at not in taken)
        return Signoff(
            values["name"],
            values.get("town") or place[0],
            ZIP.sub("", values["state"]) if "state" in values else place[1],
            values.get("country") or place[2],
            "\n".join(lines[at] for at in taken),
            _squeezed(rest),
        )

    def below(self, text: str) -> Signoff | None:
        """Lines of their own under the letter: after “Sincerely,”, a dash, or bare."""
        lines = text.split("\n")
        filled = [at for at, line in enumerate(lines) if line.strip()][-MOST_LINES:]
        start = self._start(lines, filled)
        if start is None:
            return None
        found = self._read([lines[at].strip() for at in filled if at >= start])
        if found is None:
            return None
        words = "\n".join(lines[start:])
        return replace(found, words=words, rest="\n".join(lines[:start]).rstrip())

    def run_in(self, text: str) -> Signoff | None:
        """“… by meetings.—Jane Q. Reader, Spokane, Wash.”"""
        match = RUN_IN.search(text, max(0, len(text) - 400))
        found = self._read([match[1].strip()]) if match else None
        if found is None or match is None or " " not in (found.name or ""):
            return None
        return replace(found, words=match[0].strip(), rest=text[: match.start()].rstrip())

    def small(self, text: str) -> Signoff | None:
        """“jane reader”, “spokane, wash.”: two lines without a capital, the place a known one."""
        lines = text.rstrip().split("\n")
        if len(lines) < 3 or not all(line.islower() and len(line) <= 60 for line in lines[-2:]):
            return None
        name, place = (line.strip() for line in lines[-2:])
        titled = ", ".join(part.title() for part in _parts(place))
        if " " not in name or not self.is_name(name.title()):
            return None
        if not self._is_place(titled, name.title()):
            return None
        town, state, country = self.place(_parts(place))
        rest = "\n".join(lines[:-2]).rstrip()
        return Signoff(name, town, state, country, f"{name}\n{place}", rest)

    def lives_in(self, found: Signoff) -> Signoff:
        """“I live in Spokane, Wash.”: the place alone, its sentence stays."""
        for match in LIVES_IN.finditer(found.rest):
            parts = [part for part in match.groups() if part]
            while len(parts) > 1 and not (self.is_state(parts[-1]) or self.is_country(parts[-1])):
                parts.pop()  # what follows the comma is no place
            said = found.rest[match.start() : match.end(len(parts))]
            if not (self.is_state(parts[-1]) and ABBREVIATED.fullmatch(parts[-1])):
                parts[-1] = parts[-1].rstrip(".")  # the sentence's stop and no abbreviation's
            town, state, country = self.place(parts)
            if town or state or country:
                found = replace(found, town=town, state=state, country=country, lives=said)
                return replace(found, words=f"{found.words}\n{said}".strip())
        return found

    def is_name(self, words: str) -> bool:
        """Two to seven words with capitals, none of them one that letters end with."""
        parts = words.split()
        if not 1 <= len(parts) <= 7 or len(words) > 80:
            return False
        if any(part.strip(",.").lower() in NO_NAME for part in parts):
            return False
        if not all(NAME_WORD.fullmatch(part) for part in parts):
            return False
        big = [part for part in parts if part[0].isupper() or part[0] in '“"(']
        small = [part for part in parts if part not in big and part not in SMALL_WORDS]
        ends_open = parts[-1].endswith(".") and not (
            SUFFIX.fullmatch(parts[-1]) or len(parts[-1]) == 2
        )
        return bool(big) and not small and not ends_open

    def place(self, parts: list[str]) -> tuple[str | None, str | None, str | None]:
        """Town, state and country among comma-separated words."""
        parts = [ZIP.sub("", part).strip() for part in parts if part]
        parts = [part for part in parts if part]
        country = None
        if (
            len(parts) > 1
            and self.is_country(parts[-1])
            and not (len(parts) == 2 and self.is_state(parts[-1]))
        ):
            country = parts.pop()
        if not parts:
            return None, None, country
        if len(parts) > 1:
            return parts[-2], parts[-1], country
        return self._alone(parts[0], country)

    def _alone(self, part: str, country: str | None) -> tuple[str | None, str | None, str | None]:
        """One name: a state, a country, a town, or a town and its state without a comma."""
        if country is None:
            if self.is_state(part):
                return None, part, None
            if self.is_country(part):
                return None, None, part
            words = part.split()
            for cut in (len(words) - 1, len(words) - 2):
                tail = " ".join(words[cut:])
                if cut > 0 and self.is_state(tail):
                    return " ".join(words[:cut]), tail, None
        return part, None, country

    def _start(self, lines: list[str], filled: list[int]) -> int | None:
        """The line with which the sign-off begins; None where the letter has none."""
        for at in filled[1:] if len(filled) > 1 else []:
            line = lines[at].strip()
            if VALEDICTION.fullmatch(line) and at != filled[-1]:
                return at
            if ONE_LINE_BYE.match(line) and len(line) <= MOST_LINE:
                return at
        for at in reversed(filled[-4:]):
            dash = DASHES.match(lines[at])
            line = lines[at][dash.end() :].strip() if dash else ""
            if dash and self._read([line, *(lines[b].strip() for b in filled if b > at)]):
                return at
        return self._bare_start(lines, filled)

    def _bare_start(self, lines: list[str], filled: list[int]) -> int | None:
        """A line with a name, and nothing but place, office and contact lines below it."""
        for number in range(len(filled) - 1, 0, -1):
            line = lines[filled[number]].strip()
            if len(line) > MOST_LINE:
                return None
            above = lines[filled[number - 1]].strip()
            if CONTACT.fullmatch(line) or STANDING.fullmatch(line) or self._is_place(line, above):
                continue
            name, place = self._split_name(line)
            if not name or " " not in name or not self.is_name(name):
                return None
            is_end = place or not line.endswith(".") or SUFFIX.search(line)
            return filled[number] if is_end else None
        return None

    def _is_place(self, line: str, above: str) -> bool:
        """“Spokane, Wash.” and not “Jane Reader, Ohio”: by the list of towns, or a name above."""
        parts = _parts(line)
        if not 1 <= len(parts) <= 3 or not all(part[:1].isupper() for part in parts):
            return False
        if len(parts) == 3 and not self.is_country(parts[-1]):
            return False  # “Jane Reader, Spokane, Wash.”
        town, state, country = self.place(parts)
        is_known = bool((state and self.is_state(state)) or (country and self.is_country(country)))
        if town and not state and not country:  # a town alone, under a name
            return bool(states_of(town)) and " " in above and self.is_name(above)
        return is_known and (not town or bool(states_of(town)) or self._is_signed(above))

    def _is_signed(self, line: str) -> bool:
        return (" " in line and self.is_name(line)) or bool(
            STANDING.fullmatch(line) or CONTACT.fullmatch(line)
        )

    def _read(self, lines: list[str]) -> Signoff | None:
        """Name and place out of the lines of a sign-off."""
        name: str | None = None
        place: tuple[str | None, str | None, str | None] = (None, None, None)
        is_after_bye = bool(lines) and bool(VALEDICTION.fullmatch(lines[0]))
        for whole in lines[:MOST_LINES]:
            line = _behind(ONE_LINE_BYE, _behind(DASHES, whole)).strip()
            if len(line) > MOST_LINE or VALEDICTION.fullmatch(line) or CONTACT.fullmatch(line):
                continue
            if name is None:
                first, parts = self._split_name(line)
                typed_small = first is not None and is_after_bye and self.is_name(first.title())
                if first is None or not (self.is_name(first) or typed_small):
                    return None
                name = first
                if parts:
                    place = self.place(parts[-3:])
            elif place == (None, None, None) and self._is_place(line, name):
                place = self.place(_parts(line))
        return Signoff(name, *place, "", "") if name else None

    def _split_name(self, line: str) -> tuple[str | None, list[str]]:
        """“Al Lee, Jr., Spokane, Wash.” is a name with its suffix, then a place."""
        joined = JOINED.fullmatch(line)
        if joined and self._is_place(joined[2], "") and self.is_name(joined[1].rstrip(",")):
            return joined[1].rstrip(","), _parts(joined[2])
        parts = _parts(line)
        if not parts:
            return None, []
        name = parts.pop(0)
        while parts and SUFFIX.fullmatch(parts[0]):
            name = f"{name}, {parts.pop(0)}"
        return name, parts


def _behind(pattern: re.Pattern[str], line: str) -> str:
    """The line without what it begins with, where it begins so."""
    return line[found.end() :] if (found := pattern.match(line)) else line


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split(",") if part.strip()]


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
