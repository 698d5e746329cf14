"""What robots, attackers and broken browsers send to the form: refused kindly or taken whole."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import quote_from_bytes, urlencode

import pytest

from feedback.domain.errors import Unreachable
from feedback.domain.finding import Result
from feedback.domain.state import State
from tests.channel.reader import LETTER, Reader, Shown

FORM = "application/x-www-form-urlencoded"


def ready(reader: Reader) -> dict[str, str]:
    """A filled form that would be taken as it is."""
    form = reader.opens("/letters/new").form("/letters")
    reader.clock.advance(timedelta(minutes=1))
    return form | LETTER


# --- CSRF


@pytest.mark.parametrize("token", [None, "", "x" * 40, "é" * 10])
def test_a_bad_token_keeps_the_text_and_gives_a_fresh_one(reader, stored, token):
    sent = ready(reader) | {"csrf_token": token, "remarks": "Typed with care."}
    shown = Shown(reader.sends(sent))
    assert shown.status == 400
    assert shown.title.startswith("Error: ")
    assert shown.form("/letters")["remarks"].strip() == "Typed with care."
    assert shown.form("/letters")["consent"] == "y"
    assert stored() == []
    assert reader.again(shown).status_code == 303
    assert len(stored()) == 1


def test_another_browsers_token_is_refused(app_with_csrf, reader, stored):
    stranger = Reader(app_with_csrf.test_client(), reader.clock)
    shown = Shown(stranger.sends(ready(reader)))
    assert shown.status == 400
    assert stored() == []
    assert stranger.again(shown).status_code == 303


def test_a_token_of_two_hours_is_refused_with_the_text_kept(reader, stored, time_machine):
    time_machine.move_to("2026-11-09T14:30:00Z", tick=False)
    sent = ready(reader)
    time_machine.move_to("2026-11-09T16:30:00Z", tick=False)
    shown = Shown(reader.sends(sent))
    assert shown.status == 400
    assert reader.again(shown).status_code == 303
    assert len(stored()) == 1


# --- the same letter twice


def test_a_double_click_and_the_back_button_make_one_letter(reader, stored):
    sent = ready(reader)
    places = {reader.sends(sent).location for _ in range(3)}
    assert len(places) == 1
    assert len(stored()) == 1


def test_a_changed_text_under_the_same_key_is_a_second_letter_only_when_asked_for(reader, stored):
    sent = ready(reader)
    first = reader.sends(sent)
    shown = Shown(reader.sends(sent | {"remarks": "Something else."}))
    assert shown.status == 422
    assert "a letter was sent before" in shown.main
    assert shown.form("/letters")["remarks"].strip() == "Something else."
    assert len(stored()) == 1
    second = reader.again(shown)
    assert second.status_code == 303
    assert second.location != first.location
    assert len(stored()) == 2


@pytest.mark.parametrize("key", ["k" * 5000, "schlüssel", "a\tb"])
def test_an_odd_key_works_like_any_other(reader, stored, key):
    sent = ready(reader) | {"submission_key": key}
    assert reader.sends(sent).location == reader.sends(sent).location
    assert len(stored()) == 1


# --- robots


def test_the_field_that_people_do_not_see_holds_the_letter(reader, stored):
    answer = reader.writes(homepage="https://pills.example.com")
    assert answer.status_code == 303
    (letter,) = stored()
    assert letter.state is State.HELD
    assert [(f.check, f.outcome) for f in letter.findings] == [("honeypot", Result.HOLD)]
    assert "robot" not in reader.opens(answer.location).main


def test_people_and_their_helpers_pass_the_trap_by(reader):
    trap = reader.opens("/letters/new").tree.get_element_by_id("homepage")
    assert trap.get("tabindex") == "-1"
    assert trap.getparent().get("aria-hidden") == "true"
    assert trap.get("autocomplete") == "off"


def test_a_robot_is_not_told_that_it_was_too_quick(reader, stored):
    assert reader.writes(homepage="x", takes=timedelta(0)).status_code == 303
    assert stored()[0].state is State.HELD


# --- forged and broken input


def test_unknown_fields_are_ignored(reader, stored):
    forged = {"ref": "WHY-AAAAA", "version": "99", "role": "chief", "is_trapped": "1"}
    forged |= {"letter_state": "published", "channel": "paper", "received_at": "1999-01-01"}
    assert reader.sends(ready(reader) | forged).status_code == 303
    (letter,) = stored()
    assert (letter.state, letter.version, letter.channel) == (State.RECEIVED, 1, "web")
    assert letter.received_at == reader.clock.now


def test_a_field_that_comes_twice_is_refused_with_the_first_one_kept(reader, stored):
    sent = list(ready(reader).items())
    response = reader.browser.post(
        "/letters", data=urlencode([*sent, ("name", "Other")]), content_type=FORM
    )
    shown = Shown(response)
    assert (shown.status, shown.errors) == (422, ["name"])
    assert shown.form("/letters")["name"] == "Jane Q. Reader"
    assert stored() == []


@pytest.mark.parametrize("encoded", [True, False], ids=["encoded", "bare"])
def test_bytes_that_are_no_text_are_refused(reader, stored, encoded):
    form = ready(reader)
    rest = urlencode({k: v for k, v in form.items() if k != "remarks"}).encode()
    for raw in (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"abc\x80"):  # the second: a surrogate
        text = quote_from_bytes(raw).encode() if encoded else raw
        response = reader.browser.post(
            "/letters", data=rest + b"&remarks=" + text, content_type=FORM
        )
        assert response.status_code == 400
    assert stored() == []


def test_nothing_invisible_and_no_half_character_is_stored(reader, stored):
    odd = "a\x00b \u202ecba\u202c \u200bzero e" + "\u0301" * 5000
    assert reader.writes(remarks=odd, name="Jane\u202e\x00 Reader").status_code == 303
    (letter,) = stored()
    assert "\x00" not in letter.original.remarks
    assert len(letter.original.remarks) < 100
    assert letter.name == "Jane Reader"


def test_what_is_no_form_is_refused(reader, stored):
    for kind in ("application/json", "text/plain", "application/octet-stream", ""):
        response = reader.browser.post("/letters", data=b'{"remarks": "x"}', content_type=kind)
        assert response.status_code == 415
    assert stored() == []


def test_a_form_sent_in_parts_is_a_form(reader, stored):
    response = reader.browser.post(
        "/letters", data=ready(reader), content_type="multipart/form-data"
    )
    assert response.status_code == 303
    assert len(stored()) == 1


def test_a_file_in_place_of_a_field_is_not_taken(reader, stored):
    sent = ready(reader) | {"remarks": (BytesIO(b"x" * 100), "letter.txt")}
    response = reader.browser.post("/letters", data=sent, content_type="multipart/form-data")
    assert (response.status_code, Shown(response).errors) == (422, ["remarks"])
    assert stored() == []


def test_a_body_over_256_kib_is_refused_early(reader, stored):
    for kind in (FORM, "multipart/form-data; boundary=x"):
        response = reader.browser.post("/letters", data=b"a=" + b"b" * 300_000, content_type=kind)
        assert response.status_code == 413
    assert stored() == []


def test_a_megabyte_of_letter_is_too_large(reader):
    response = reader.writes(remarks="word " * 220_000)
    assert response.status_code == 413
    assert "20,000 characters" in Shown(response).main


def test_long_names_and_addresses_come_back_with_a_sentence(reader, stored):
    long = {
        "name": "N" * 5000,
        "town": "T" * 300,
        "email": "a" * 250 + "@example.com",
        "article": "x" * 9000,
        "affiliation": "y" * 300,
    }
    shown = Shown(reader.writes(**long))
    assert shown.status == 422
    assert shown.errors == ["article", "name", "town", "email", "affiliation"]
    assert shown.form("/letters")["name"] == "N" * 5000
    assert stored() == []


def test_a_bad_address_is_refused(reader, stored):
    header = "a@example.com\r\nBcc: x@example.org"
    for email in ("a@b", "a@@b.com", header, "@example.com", "a b@example.com"):
        shown = Shown(reader.writes(email=email))
        assert (shown.status, shown.errors) == (422, ["email"])
    assert stored() == []


def test_markup_and_templates_are_only_words(reader, stored):
    text = "{{7*7}} {0.__class__} %s <script>alert(1)</script> & <b>bold</b>"
    answer = reader.writes(remarks=text, article="javascript:alert(1)", name="<i>Jane</i>")
    page = reader.opens(answer.location)
    assert text in page.main
    assert "<script>alert" not in page.response.text
    assert stored()[0].original.remarks == text


def test_the_form_opens_whatever_article_is_asked_for(reader):
    odd = ("x" * 9000, "%ff", "%00", "%ed%a0%80", "javascript:alert(1)", "http://169.254.169.254/x")
    words = ("' OR 1=1--", '"', "NEAR(", "<script>", "https://[", "a AND", "col:x", "*")
    for article in (*odd, *words):
        shown = reader.opens(f"/letters/new?article={article}")
        assert shown.status == 200
        assert len(shown.form("/letters")["article"]) <= 2000


# --- the door under load


def test_too_many_are_told_when_to_come_back(settings, store, clock):
    from dataclasses import replace

    from feedback.app import create_app
    from feedback.newsroom import Newsroom
    from feedback.store.letterbox import Letterbox

    limited = create_app(Newsroom(replace(settings, limits="normal"), store, Letterbox(store)))
    reader = Reader(limited.test_client(), clock)
    codes = [reader.sends({"remarks": "x"}).status_code for _ in range(21)]
    assert codes == [400] * 20 + [429]
    answer = reader.sends({"remarks": "x"})
    assert int(answer.headers["Retry-After"]) > 0


def test_a_database_that_does_not_answer_leaves_the_text_on_the_page(reader, newsroom, monkeypatch):
    sent = ready(reader)

    def fails(*_args):
        raise Unreachable("The database does not answer.")

    monkeypatch.setattr(newsroom.letterbox, "post", fails)
    monkeypatch.setattr(newsroom.store, "read", fails)
    monkeypatch.setattr("feedback.newsroom.COLUMN_KEPT", 0.0)
    shown = Shown(reader.sends(sent))
    assert shown.status == 503
    assert shown.form("/letters")["remarks"].strip() == LETTER["remarks"]
    assert reader.opens("/editions/").status == 503
    monkeypatch.undo()
    assert reader.again(shown).status_code == 303
