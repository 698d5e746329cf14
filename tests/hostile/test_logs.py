"""Whatever is sent, no log has a word of it, and every event is one line (HOSTILE, H29, P6)."""

import io
import json
from typing import Any

from feedback.desk.decide import Wish, decide
from feedback.domain.finding import Finding
from feedback.domain.link import Purpose
from feedback.domain.state import Decision
from feedback.intake import recheck
from feedback.intake.checks import CHECKS, Check
from feedback.intake.recheck import recheck_new
from feedback.store import letters, links
from feedback.worker import Worker
from tests.api.asking import Program
from tests.channel.reader import LETTER, Reader
from tests.desk.desk import CHIEF, ONE_ENGINE
from tests.factories import a_letter

CANARY = "Qzcanary"
BREAKS = "\n2026-01-01 admin logged in \x1b[31m%s{}{0.__class__}"
FIELDS = ("article", "remarks", "name", "town", "state", "phone", "affiliation", "submission_key")


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """What was logged; each line must be one whole event."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def clean(log: io.StringIO, *secrets: str) -> None:
    assert lines(log), "something is logged"
    text = log.getvalue()
    for secret in (CANARY, "admin logged in", *secrets):
        assert secret.casefold() not in text.casefold()


def test_a_letter_on_its_way(log: io.StringIO, reader: Reader, program: Program, newsroom, store):
    marked = {name: f"{CANARY}{name} {BREAKS}" for name in FIELDS if name != "state"}
    marked |= {"email": f"{CANARY}@example.com", "withhold_reason": CANARY, "phone": CANARY}
    answer = reader.writes(**marked)
    assert answer.status_code == 303
    token = answer.location.rpartition("/")[2]
    page = reader.opens(answer.location)
    assert page.status == 200
    reader.browser.get(answer.location[:-1])
    (record,) = program.get("/desk/letters", contacts="1").json["letters"]
    ref = record["ref"]
    with store.work() as work:
        recheck_new(work)
        confirm = links.token(work, letters.by_ref(work, ref).id, Purpose.VERIFY)
    reader.presses(reader.opens(f"/verify/{confirm}"), f"/verify/{confirm}", answer="yes")
    program.change(ref, edited=f"{CANARY} {BREAKS}", headline=CANARY, state=CANARY)
    program.verify(ref, note=f"{CANARY} {BREAKS}")
    program.decide(ref, "hold", reason=f"{CANARY} {BREAKS}")
    program.get("/desk/letters", q=f"{CANARY} {BREAKS}")
    Worker(newsroom).postman.turn()
    clean(log, token, confirm, "example.com")


@ONE_ENGINE
def test_what_is_refused(log: io.StringIO, reader: Reader):
    for name in (*FIELDS, "email", "consent", "csrf_token", "unknown"):
        reader.writes(**{name: f"{CANARY}{BREAKS}" + "x" * 30_000})
        reader.sends({name: f"{CANARY}{BREAKS}"})
    clean(log)


@ONE_ENGINE
def test_addresses_and_headers(log: io.StringIO, reader: Reader, client):
    for path in (f"/{CANARY}", f"/letters/{CANARY}", f"/verify/{CANARY}", f"/editions/{CANARY}",
                 f"/?q={CANARY}", f"/desk/letters/{CANARY}", f"/api/v1/desk/letters/{CANARY}",
                 f"/desk/login?next=/{CANARY}", f"/%0a{CANARY}", f"/static/{CANARY}"):  # fmt: skip
        client.get(path, headers={"User-Agent": CANARY, "Referer": f"http://x/{CANARY}"})
    client.open("/letters", method=f"{CANARY.upper()}")
    client.get("/", headers={"Authorization": f"Bearer {CANARY}", "Cookie": f"session={CANARY}"})
    client.get("/", headers={"Host": f"{CANARY}.test"})
    clean(log)


@ONE_ENGINE
def test_log_in(log: io.StringIO, reader: Reader):
    form = reader.opens("/desk/login").form("/desk/login")
    for email in (f"{CANARY}@example.com", f"{CANARY}{BREAKS}"):
        reader.browser.post(
            "/desk/login", data=form | {"email": email, "password": f"{CANARY}{BREAKS}"}
        )
        reader.browser.post("/desk/reset", data=form | {"email": email})
    clean(log, "example.com")


@ONE_ENGINE
def test_what_breaks_is_told_by_its_kind_alone(log: io.StringIO, reader, store, monkeypatch):
    """Errors quote what they were given: their words stay out."""

    def fails(letter: Any) -> Finding:
        raise ValueError(letter.text)

    monkeypatch.setattr(recheck, "CHECKS", (Check("broken", 1, fails), *CHECKS))
    letter = a_letter(store, f"{CANARY} {BREAKS}")
    with store.work() as work:
        recheck_new(work)
        decide(work, letters.by_ref(work, letter.ref), Wish(Decision.HOLD, CANARY), CHIEF, None)
    broken = [line for line in lines(log) if line.get("error")]
    assert [line["error"] for line in broken] == [["builtins.ValueError"]]
    clean(log)


@ONE_ENGINE
def test_an_error_on_our_side(log: io.StringIO, app, newsroom, monkeypatch):
    def fails(*args: Any, **more: Any) -> None:
        raise RuntimeError(f"{args} {more}")

    monkeypatch.setattr(newsroom.letterbox, "post", fails)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    browser = app.test_client()
    sent = LETTER | {"remarks": CANARY, "made": "x"}
    answer = browser.post("/api/v1/letters", json=sent | {"consent": True})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    clean(log)
