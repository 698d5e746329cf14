"""What a mail held besides the letter, and putting it back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reading.left_out import LeftOut, left_out
from feedback.reading.pasted_mail import read_mail

MAIL = "From: Jane <a@b.example>\nSubject: x\n\nThe bus is late.\n\n> You wrote.\n"


def test_what_is_quoted_stands_below_and_a_cover_note_above():
    mail = read_mail(MAIL)
    assert left_out(mail) == LeftOut("", "> You wrote.")
    assert left_out(mail, read_from=1) == LeftOut("The bus is late.", "> You wrote.")


def test_contact_data_does_not_come_back():
    left = LeftOut("Call (509) 555-0134.", "Write to a@b.example\n12 Elm Street\nCell: 555 0134")
    assert left.without_contacts() == LeftOut(
        "Call [telephone].", "Write to [email]\n[address]\n[telephone]"
    )


TEXT = st.text(st.sampled_from("ab. >\n"), max_size=60)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXT, TEXT, TEXT, st.integers(10, 200))
def test_what_is_put_back_stands_there_once_and_fits(above, below, text, most):
    left = LeftOut(above.strip(), below.strip())
    again = left.put_back(text[:most], most)
    assert len(again) <= most
    if most == 200:
        assert left.put_back(again, most) == again
