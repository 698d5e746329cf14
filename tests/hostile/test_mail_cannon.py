"""Forms filled in with strangers' addresses are no way to flood them (HOSTILE, H12).

The incident behind it: in 2025 acknowledgements with subjects of the attackers' choosing left the
desks of large brands for the mailboxes of strangers.
"""

from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from feedback.worker import Worker
from tests.api.asking import LETTER as API_LETTER
from tests.channel.reader import Reader

CHOSEN = "BUY Qzpills at evil.test"


def sent(newsroom: Any) -> list[EmailMessage]:
    """The mails that have left, oldest first."""
    Worker(newsroom).postman.turn()
    files = sorted(newsroom.outbox_folder.glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def test_an_address_gets_one_receipt_a_day_however_often_it_is_typed(
    reader: Reader, client: Any, newsroom: Any, clock: Any
) -> None:
    spellings = ["stranger@example.com", "STRANGER@example.com", "Stranger@EXAMPLE.com"]
    for number in range(6):
        email = spellings[number % 3]
        assert reader.writes(email=email, remarks=f"{number} {CHOSEN}").status_code == 303
        body = API_LETTER | {"email": email, "remarks": f"{number}"}
        assert client.post("/api/v1/letters", json=body).status_code == 201
    reader.writes(email="other@example.com")
    to = Counter(mail["To"].lower() for mail in sent(newsroom))
    assert to == {"stranger@example.com": 1, "other@example.com": 1}
    clock.advance(timedelta(hours=24, minutes=1))
    reader.writes(email="stranger@example.com")
    to = Counter(mail["To"].lower() for mail in sent(newsroom))
    assert to["stranger@example.com"] == 2


def test_a_receipt_has_no_word_that_its_sender_chose(reader: Reader, newsroom: Any) -> None:
    chosen = dict.fromkeys(("article", "remarks", "name", "town", "affiliation"), CHOSEN)
    answer = reader.writes(**chosen, phone="Qzpills", withhold_reason=CHOSEN, withhold_name="y")
    assert answer.status_code == 303
    (mail,) = sent(newsroom)
    bodies = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/plain"]
    bodies += [part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"]
    for text in (str(mail["Subject"]), mail.as_string(), *bodies):
        assert "Qzpills" not in text
        assert "evil.test" not in text
    assert len(mail.get_all("To")) == 1
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_robots_letter_writes_to_nobody(reader: Reader, newsroom: Any) -> None:
    reader.writes(homepage="https://pills.example.com")
    assert sent(newsroom) == []
