"""A reader writes by the form: what is shown, what is taken, what comes back and why."""

from datetime import timedelta

import pytest

from feedback.domain.letter import Channel
from feedback.domain.state import State
from feedback.domain.submission import CONSENT_VERSION
from tests.channel.reader import LETTER, Shown
from tests.factories.article import an_article


def test_the_form_says_what_it_asks_for_and_ticks_nothing(reader):
    shown = reader.opens("/letters/new")
    fields = shown.form_of("/letters").fields
    asked = {"article", "remarks", "name", "town", "state", "country", "email", "consent"}
    may_be = {"phone", "affiliation", "withhold_name", "withhold_reason"}
    assert asked | may_be | {"submission_key", "csrf_token"} <= set(fields)
    assert "consent" not in shown.form("/letters")
    assert "withhold_name" not in shown.form("/letters")
    assert fields["country"] == "United States"


def test_a_letter_is_taken_and_leads_to_a_page_of_its_own(reader, store, stored):
    article = an_article(store, "Working Group With Beijing")
    answer = reader.writes(phone="509 555 0100", affiliation="I sell shoes.")
    assert answer.status_code == 303
    assert answer.location.startswith("/letters/")
    (letter,) = stored()
    assert (letter.channel, letter.state) == (Channel.WEB, State.RECEIVED)
    assert letter.article_id == article.id
    assert letter.original.remarks == LETTER["remarks"]
    assert letter.original.consent == CONSENT_VERSION
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert (letter.contact.email, letter.contact.phone) == ("jane@example.com", "509 555 0100")
    assert letter.affiliation == "I sell shoes."
    assert letter.ref in reader.opens(answer.location).main


@pytest.mark.parametrize("field", ["article", "remarks", "name", "email", "consent"])
def test_what_is_missing_is_said_beside_its_field(reader, stored, field):
    for value in ("", None, "   "):  # empty, absent, spaces
        shown = Shown(reader.writes(**{field: value}))
        assert shown.status == 422
        assert shown.errors == [field]
        assert shown.title.startswith("Error: ")
        assert (shown.error(field), f"#{field}") in shown.links().items()
    assert stored() == []


def test_neither_town_nor_state_is_too_little(reader, stored):
    shown = Shown(reader.writes(town="", state=""))
    assert (shown.status, shown.errors) == (422, ["town"])
    assert reader.again(shown, state="Ohio").status_code == 303
    assert [one.signature.printed() for one in stored()] == ["Jane Q. Reader, Ohio"]


def test_abroad_a_country_is_enough(reader, stored):
    assert reader.writes(town="", state="", country="Ukraine").status_code == 303
    assert [one.signature.printed() for one in stored()] == ["Jane Q. Reader, Ukraine"]


def test_every_value_is_kept_and_a_corrected_form_is_taken(reader, stored):
    kept = {
        "article": "the “levee” piece <b>",
        "remarks": "\nFirst & last.\n\nA second paragraph, with </textarea> in it.",
        "name": 'Anne O\'Brien "Cap" Lee',
        "town": "Coeur d’Alene",
        "state": "Wahsington",
        "country": "Narnia",
        "email": "jane@@example",
        "phone": "+1 (509) 555",
        "affiliation": "none",
        "withhold_name": "y",
        "withhold_reason": "My employer",
    }
    shown = Shown(reader.writes(**kept))
    assert shown.status == 422
    assert shown.errors == ["country", "email"]
    form = shown.form("/letters")
    # A browser drops the line break that begins a text area, the page has one for it to drop.
    assert form.pop("remarks").replace("\r\n", "\n").removeprefix("\n") == kept["remarks"]
    assert {name: form[name] for name in kept if name != "remarks"} == {
        name: value for name, value in kept.items() if name != "remarks"
    }
    assert form["consent"] == "y"
    right = {"state": "Idaho", "country": "US", "email": "jane@example.com"}
    assert reader.sends(shown.form("/letters") | right).status_code == 303
    (letter,) = stored()
    assert letter.original.remarks == kept["remarks"].strip()
    assert letter.signature.printed() == "Name withheld, Coeur d’Alene, Idaho"
    assert letter.withhold_reason == "My employer"


def test_a_withheld_name_says_so_beside_the_button_already(reader):
    shown = Shown(reader.writes(withhold_name="on", email=""))
    assert "—Name withheld, Spokane, Wash." in shown.words_of("printed-as")


def test_the_signature_stands_by_the_button_once_something_was_typed(reader):
    first = reader.opens("/letters/new").words_of("printed-as")
    assert "your name, town and state" in first
    again = Shown(reader.writes(email="", town="Portland", state="oregon"))
    assert again.words_of("printed-as") == "Printed as —Jane Q. Reader, Portland, Ore."


def test_the_signature_is_worked_out_for_the_script_as_it_prints(reader):
    asked = {"name": "Jane Reader", "town": "Boston", "state": "MA", "country": "US"}
    answer = reader.browser.post("/letters/printed-as", data=asked)
    assert answer.json == {"printed": "Jane Reader, Boston"}
    nobody = reader.browser.post("/letters/printed-as", data=asked | {"name": " "})
    assert nobody.json == {"printed": ""}


def test_a_text_that_is_a_little_too_long_comes_back_whole(reader, stored):
    long = "word " * 4000 + "and one"
    shown = Shown(reader.writes(remarks=long))
    assert (shown.status, shown.errors) == (422, ["remarks"])
    assert shown.form("/letters")["remarks"].strip() == long
    assert "20,000" in shown.error("remarks")
    assert stored() == []


def test_letters_of_any_script_up_to_the_limit_are_taken(reader, stored):
    long = "漢字かな。" * 4000
    assert reader.writes(remarks=long).status_code == 303
    assert stored()[0].original.remarks == long


def test_a_form_that_comes_back_at_once_is_shown_again_and_then_taken(reader, stored):
    shown = Shown(reader.writes(takes=timedelta(seconds=2)))
    assert shown.status == 422
    assert shown.errors == []
    assert "three seconds" in shown.main
    assert stored() == []
    assert reader.sends(shown.form("/letters")).status_code == 303
    assert len(stored()) == 1


def test_three_seconds_are_enough(reader):
    assert reader.writes(takes=timedelta(seconds=3)).status_code == 303


def test_a_form_without_our_own_time_counts_as_too_soon(reader):
    for made in (None, "", "tomorrow", "MTc.abc"):
        assert reader.writes(made=made).status_code == 422


def test_an_unknown_article_never_refuses_a_letter(reader, stored):
    answer = reader.writes(article="something I heard on the radio")
    assert answer.status_code == 303
    (letter,) = stored()
    assert letter.missing == ["article"]
    assert letter.article_given == "something I heard on the radio"


def test_the_text_of_the_form_page_may_be_kept_by_nobody(reader):
    response = reader.opens("/letters/new").response
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]
