"""Whatever stands in the form: taken whole, or refused with the text kept; it never breaks."""

import secrets
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.channel.web_form import FIELDS
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter
from tests.channel.reader import LETTER, Shown

KEEPS_TRYING = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ODD = st.sampled_from(
    ["", " ", "\x00", "\u202e", "\ufeff", "e\u0301", "<b>", "'", '"', "%s", "{0}", "{{7*7}}",
     "javascript:alert(1)", "http://127.0.0.1/", "=1+1", "\r\nBcc: x@example.org", "𝒳", "\u200d",
     "a" * 300, "US", "WA", "a@example.com", "y", "true", "none", "1", "-1", "9" * 30]
)  # fmt: skip
TEXT = st.one_of(ODD, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))


def count(store) -> int:
    """How many letters there are."""
    with store.read() as work:
        return letters.count(work, LetterFilter()).number


@KEEPS_TRYING
@given(changed=st.dictionaries(st.sampled_from(FIELDS), TEXT, min_size=1, max_size=6))
def test_any_values(reader, store, changed):
    form = reader.opens("/letters/new").form("/letters")
    reader.clock.advance(timedelta(minutes=1))
    before = count(store)
    sent = form | LETTER | {"submission_key": secrets.token_urlsafe(8)} | changed
    answer = reader.sends(sent)
    assert answer.status_code in (303, 400, 422)
    if answer.status_code == 303:
        assert count(store) in (before, before + 1)  # an odd key may have come before
        assert reader.opens(answer.location).status == 200
    else:
        assert count(store) == before
        kept = Shown(answer).form("/letters")
        assert set(LETTER) - {"consent"} <= set(kept)


@KEEPS_TRYING
@given(body=st.binary(max_size=300), kind=st.sampled_from(["", "; charset=utf-16", "; boundary=x"]))
def test_any_bytes(reader, store, body, kind):
    before = count(store)
    for form in ("application/x-www-form-urlencoded", "multipart/form-data"):
        answer = reader.browser.post("/letters", data=body, content_type=form + kind)
        assert 400 <= answer.status_code < 500
    assert count(store) == before
