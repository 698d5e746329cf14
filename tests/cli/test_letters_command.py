"""`feedback letters`, `feedback editions`: the desk without its pages."""

import json
from pathlib import Path

from feedback.domain.state import State
from feedback.store import letters
from feedback.store.work import Store
from tests.export.read_back import words_of
from tests.factories.article import an_article
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved


def state_of(store: Store, ref: str) -> State:
    with store.read() as work:
        return letters.by_ref(work, ref).state


def test_letters_are_listed_as_one_json_array(command, store: Store) -> None:
    first, second = a_letter(store), a_letter(store, to=State.SPIKED)
    rows = json.loads(command("letters", "list", "--json").out)
    assert {row["ref"] for row in rows} == {first.ref, second.ref}
    rows = json.loads(command("letters", "list", "--state", "spiked", "--json").out)
    assert [row["ref"] for row in rows] == [second.ref]
    assert "jane@example.com" not in json.dumps(rows)
    assert command("letters", "list").out.count("WHY-") == 2


def test_an_empty_desk_is_an_empty_array(command) -> None:
    assert json.loads(command("letters", "list", "--json").out) == []


def test_one_letter_is_shown(command, store: Store) -> None:
    letter = a_letter(store)
    ran = command("letters", "show", letter.ref)
    assert "Printed as: Jane Q. Reader, Spokane, Wash." in ran.out
    assert "jane@example.com" not in ran.out
    assert command("letters", "show", "WHY-00000").code == 1


def test_a_letter_says_in_which_edition_it_stands(command, store: Store) -> None:
    letter = approved(store)
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    (shown,) = json.loads(command("letters", "show", letter.ref, "--json").out)
    (listed,) = json.loads(command("letters", "list", "--json").out)
    assert (shown["edition"], listed["edition"]) == ("eggs", "eggs")


def test_a_letter_is_verified_then_approved(command, store: Store) -> None:
    letter = a_letter(store, article=an_article(store))
    refused = command("letters", "decide", letter.ref, "approve")
    assert refused.code == 1
    assert len(refused.err.strip().splitlines()) == 1
    done = ("letters", "verify", letter.ref, "--method", "phone", "--outcome", "confirmed")
    assert command(*done).code == 0
    assert command("letters", "decide", letter.ref, "approve").code == 0
    assert state_of(store, letter.ref) is State.APPROVED
    assert command("letters", "decide", letter.ref, "undo").code == 0
    assert state_of(store, letter.ref) is State.RECEIVED


def test_hold_takes_a_day(command, store: Store) -> None:
    letter = a_letter(store)
    ran = command("letters", "decide", letter.ref, "hold", "--until", "2026-12-01")
    assert ran.code == 0, ran.err
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).hold_until.isoformat() == "2026-12-01"
    assert command("letters", "decide", letter.ref, "hold", "--until", "soon").code == 2


def test_approved_letters_leave_as_a_file(command, store: Store, tmp_path: Path) -> None:
    letter = approved(store)
    file = tmp_path / "letters.jsonl"
    ran = command("letters", "export", "--state", "approved", "--format", "jsonl", "-o", str(file))
    assert ran.code == 0, ran.err
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert row["ref"] == letter.ref
    assert "jane@example.com" not in file.read_text()


def test_an_edition_from_nothing_to_a_file(command, store: Store, tmp_path: Path) -> None:
    letter = approved(store)
    made = command("editions", "create", "We Hear You: Talks", "--date", "2026-11-15")
    assert made.out.strip() == "2026-11-15"
    assert command("editions", "place", "2026-11-15", letter.ref).code == 0
    assert state_of(store, letter.ref) is State.PLACED
    assert command("editions", "publish", "2026-11-15").code == 0
    assert state_of(store, letter.ref) is State.PUBLISHED
    file = tmp_path / "column.txt"
    export = ("editions", "export", "2026-11-15", "--format", "text", "-o", str(file))
    assert command(*export).code == 0
    assert "—Jane Q. Reader, Spokane, Wash." in file.read_text()
    word = tmp_path / "column.docx"
    assert command(*export[:4], "docx", "-o", str(word)).code == 0
    assert "—Jane Q. Reader, Spokane, Wash." in words_of(word.read_bytes())
    listed = json.loads(command("editions", "list", "--json").out)
    assert [(e["slug"], e["state"]) for e in listed] == [("2026-11-15", "published")]


def test_what_is_not_approved_is_not_placed(command, store: Store) -> None:
    letter = a_letter(store)
    command("editions", "create", "We Hear You: Talks", "--date", "2026-11-15")
    ran = command("editions", "place", "2026-11-15", letter.ref)
    assert ran.code == 1
    assert state_of(store, letter.ref) is State.RECEIVED


def test_articles_are_imported_and_updated(command, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    row = {"url": "https://www.example.com/a", "headline": "A Levee", "published_on": "2026-11-01"}
    file.write_text(json.dumps(row) + "\n")
    assert "1 articles added" in command("articles", "import", str(file)).out
    file.write_text(
        json.dumps(row | {"url": "http://example.com/a/?utm_source=x", "headline": "B"})
    )
    assert "1 updated" in command("articles", "import", str(file)).out
    (article,) = json.loads(command("articles", "list", "--json").out)
    assert article["headline"] == "B"
    file.write_text("this is no list")
    bad = command("articles", "import", str(file))
    assert (bad.code, len(bad.err.strip().splitlines())) == (1, 1)
