"""A name that is to be withheld is nowhere once the letter is printed (HOSTILE, P1).

The incident behind it: in 2018 a paper printed the name and part of the address of a reader who
had asked to be unnamed.
"""

import io
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from feedback.domain.editor import Role
from feedback.export.formats import FORMATS
from feedback.intake.recheck import recheck_new
from feedback.worker import Worker
from tests.api.asking import Program
from tests.channel.reader import Reader
from tests.desk.desk import ONE_ENGINE
from tests.export.read_back import words_of
from tests.factories import a_letter, an_article, an_edition
from tests.screens.desk_page import open_page

# Marks that stand nowhere else: of name, address, telephone, reason, interest, office.
MARKS = ("Qwendolyn", "Zarquhar", "qz.writer", "qzmail", "5550177", "qzreason", "Qzmayor")
LETTER = {
    "name": "Qwendolyn Zarquhar",
    "email": "qz.writer@qzmail.example.com",
    "phone": "509 5550177",
    "withhold_name": "y",
    "withhold_reason": "qzreason: my employer",
    "affiliation": "Qzmayor of Spokane",
    "remarks": "Meetings are cheap. I would judge it by the seizures that it brings about.",
}


@pytest.fixture
def printed(reader: Reader, program: Program, store: Any, newsroom: Any) -> str:
    """Reference of the letter, which came by the form and went the whole way into print."""
    an_article(store, "Working Group With Beijing")
    assert reader.writes(about="working group with beijing", **LETTER).status_code == 303
    Worker(newsroom).postman.turn()
    (record,) = program.get("/desk/letters").json["letters"]
    ref = record["ref"]
    assert program.change(ref, standing="Qzmayor").status_code == 200
    assert program.verify(ref, "no_answer", note="Zarquhar, 5550177").status_code == 201
    assert program.decide(ref, "shortlist", reason="Qwendolyn again").status_code == 200
    assert program.decide(ref, "approve", override="Zarquhar is known").status_code == 200
    with store.work() as work:
        recheck_new(work)
    an_edition(store, slug="eggs")
    body = {"sections": [{"subhead": "Narcotics", "letters": [ref]}], "state": "published"}
    assert program.patch("/desk/editions/eggs", body).status_code == 200
    return ref


def leaks(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def test_readers_see_it_nowhere(reader: Reader, printed: str) -> None:
    for path in ("/", "/editions/", "/editions/eggs", "/editions/feed.atom", "/letters/new"):
        answer = reader.browser.get(path)
        assert answer.status_code == 200
        assert leaks(answer.text) == [], path
        assert leaks(str(answer.headers)) == [], path
    assert "—Name withheld, Spokane, Wash." in reader.opens("/editions/eggs").main


def test_no_file_has_it(
    program: Program, log_in: Any, client: Any, printed: str, subtests: pytest.Subtests
) -> None:
    chief = log_in(Role.CHIEF)
    for name in FORMATS:
        for answer in (
            program.get("/desk/editions/eggs/export", format=name),
            program.get("/desk/letters/export", format=name, state="published"),
            chief.get("/desk/editions/eggs/export", query_string={"format": name}),
        ):
            with subtests.test(name):
                assert answer.status_code == 200
                words = words_of(answer.data)
                assert printed in words or name not in ("json", "csv", "jsonl")
                assert leaks(words) == []
                assert leaks(str(answer.headers)) == []
    page = open_page(chief, "/desk/editions/eggs")
    assert "Copy column" in " ".join(page.buttons)
    assert leaks(page.response.text) == [], "what is copied"
    figures = client.get("/metrics")
    assert figures.status_code == 200
    assert leaks(figures.text) == []


def mails(newsroom: Any) -> Iterator[Any]:
    for file in sorted(newsroom.outbox_folder.glob("*.eml")):
        yield message_from_bytes(file.read_bytes(), policy=policy.default)


@ONE_ENGINE
def test_mails_name_nobody(newsroom: Any, clock: Any, printed: str) -> None:
    clock.advance(timedelta(hours=1))
    Worker(newsroom).postman.turn()
    kinds = 0
    for mail in mails(newsroom):
        kinds += 1
        del mail["To"]  # where it goes
        assert leaks(mail.as_string()) == []
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                assert leaks(part.get_content()) == []
    assert kinds == 2, "the receipt, and that it is printed"


@ONE_ENGINE
def test_logs_have_it_not(
    log: io.StringIO, printed: str, reader: Reader, program: Program, newsroom: Any, clock: Any
) -> None:
    assert program.get(f"/desk/letters/{printed}", contacts="1").status_code == 200
    program.get("/desk/letters", q="Zarquhar")
    program.get("/desk/letters/export", format="pdf", state="Qwendolyn")
    reader.browser.get("/letters/new?article=Qwendolyn+Zarquhar")
    reader.writes(email="qz.writer@", name="Qwendolyn Zarquhar")
    Worker(newsroom).postman.turn()
    assert log.getvalue(), "something is logged"
    assert leaks(log.getvalue()) == []


@ONE_ENGINE
def test_an_editor_is_told_of_a_name_in_the_text(store: Any, log_in: Any) -> None:
    letter = a_letter(store, "I am Harriet Vale.", name="Harriet Vale", is_withheld=True)
    with store.work() as work:
        recheck_new(work)
    desk = log_in(Role.EDITOR)
    assert "Name stands in it" in open_page(desk, "/desk/").main
    page = open_page(desk, f"/desk/letters/{letter.ref}")
    assert "The name is to be withheld, and stands in the text." in page.part("letter-rail")
    assert "Harriet Vale" in page.part("letter-rail")
