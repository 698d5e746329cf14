"""Messages as readers' mail programs make them, each with the letter that is in it.

Put together from parts that vary on their own: how a program quotes, how it encodes, how people
sign and say where they live. `MESSAGES` are all of them, by a name that says what is in each.
"""

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass

LETTER = (
    "The county counts its boats every May. It should count its sandbags.\n\n"
    "My street was under water twice in 2024, and nobody said “sorry” to us."
)
QUOTED = "Who Pays for the Levee? A report by Nora Quill.\nRead more: https://news.example.com/x"


@dataclass(frozen=True)
class Message:
    """`raw` is the mail; the others are what is to be read in it (None: nothing is said)."""

    raw: bytes
    text: str = LETTER
    name: str | None = "Jane Q. Reader"
    town: str | None = "Spokane"
    state: str | None = "Wash."
    country: str | None = None
    address: str | None = "jane@example.com"


MESSAGES: dict[str, Message] = {}


def head(kind: str = "text/plain; charset=utf-8", coding: str = "8bit", **more: str) -> str:
    fields = {
        "From": "Jane Reader <jane@example.com>",
        "To": "letters@example.com",
        "Subject": "Re: Who Pays for the Levee?",
        "Message-ID": "<1@example.com>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": coding,
    }
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n"


SIGNED = "Jane Q. Reader\nSpokane, Wash."


def add(what: str, body: str, signed: str = SIGNED, **expected: object) -> None:
    raw = head() + body.replace("{letter}", LETTER).replace("{signed}", signed)
    MESSAGES[what] = Message(raw.encode(), **expected)  # type: ignore[arg-type]  # by their names


# --- how programs quote what they answer

INTROS = {
    "gmail": "On Tue, Mar 3, 2026 at 9:14 AM The Example <letters@example.com> wrote:",
    "gmail, broken": "On Tue, Mar 3, 2026 at 9:14 AM The Example Newsletter\n<letters@example.com> wrote:",
    "apple": "On Mar 3, 2026, at 9:14 AM, The Example <letters@example.com> wrote:",
    "thunderbird": "On 3/3/26 9:14 AM, The Example wrote:",
    "yahoo": "On Tuesday, March 3, 2026 at 09:14:21 AM CST, The Example <letters@example.com> wrote:",
    "mutt": "On Tue, Mar 03, 2026 at 09:14:21AM -0600, The Example wrote:",
    "spanish": "El mar, 3 mar 2026 a las 9:14, The Example (<letters@example.com>) escribió:",
    "german": "Am Di., 3. März 2026 um 09:14 Uhr schrieb The Example <letters@example.com>:",
    "german, thunderbird": "Am 03.03.26 um 09:14 schrieb The Example:",
    "french": "Le mar. 3 mars 2026 à 09:14, The Example <letters@example.com> a écrit :",
    "italian": "Il giorno mar 3 mar 2026 alle ore 09:14 The Example <letters@example.com> ha scritto:",
    "portuguese": "Em ter., 3 de mar. de 2026 às 09:14, The Example <letters@example.com> escreveu:",
    "dutch": "Op di 3 mrt 2026 om 09:14 schreef The Example <letters@example.com>:",
    "polish": "wt., 3 mar 2026 o 09:14 The Example <letters@example.com> napisał(a):",
    "gmail, iso": "2026-03-03 9:14 GMT-06:00 The Example <letters@example.com>:",
}
BLOCKS = {
    "outlook": "________________________________\nFrom: The Example <letters@example.com>\n"
    "Sent: Tuesday, March 3, 2026 9:14 AM\nTo: Jane Reader <jane@example.com>\n"
    "Subject: Who Pays for the Levee?",
    "outlook, old": "-----Original Message-----\nFrom: The Example [mailto:letters@example.com]\n"
    "Sent: Tuesday, March 3, 2026 9:14 AM\nTo: Jane Reader\nSubject: Who Pays for the Levee?",
    "outlook, plain": "From: The Example <letters@example.com>\nDate: Tuesday, March 3, 2026 at 9:14 AM\n"
    "To: Jane Reader <jane@example.com>\nSubject: Who Pays for the Levee?",
    "outlook, stars": "*From:* The Example <letters@example.com>\n*Sent:* Tuesday, March 3, 2026 9:14 AM\n"
    "*To:* Jane Reader <jane@example.com>\n*Subject:* Who Pays for the Levee?",
    "aol": "-----Original Message-----\nFrom: The Example <letters@example.com>\nTo: jane@example.com\n"
    "Sent: Tue, Mar 3, 2026 9:14 am\nSubject: Who Pays for the Levee?",
    "outlook, german": "Von: The Example <letters@example.com>\nGesendet: Dienstag, 3. März 2026 09:14\n"
    "An: Jane Reader <jane@example.com>\nBetreff: Who Pays for the Levee?",
    "outlook, spanish": "De: The Example <letters@example.com>\nEnviado: martes, 3 de marzo de 2026 9:14\n"
    "Para: Jane Reader <jane@example.com>\nAsunto: Who Pays for the Levee?",
    "outlook, french": "De : The Example <letters@example.com>\nEnvoyé : mardi 3 mars 2026 09:14\n"
    "À : Jane Reader <jane@example.com>\nObjet : Who Pays for the Levee?",
    "proton": "------- Original Message -------\nOn Tuesday, March 3rd, 2026 at 9:14 AM, "
    "The Example <letters@example.com> wrote:",
    "zoho": "---- On Tue, 03 Mar 2026 09:14:21 -0600 The Example <letters@example.com> wrote ----",
}
for client, intro in INTROS.items():
    marked = "\n".join(f"> {line}" for line in QUOTED.split("\n"))
    add(f"{client}: answer on top", f"{{letter}}\n\n{{signed}}\n\n{intro}\n\n{marked}\n")
    add(f"{client}: answer below", f"{intro}\n\n{marked}\n\n{{letter}}\n\n{{signed}}\n")
    add(f"{client}: unmarked quote", f"{{letter}}\n\n{{signed}}\n\n{intro}\n\n{QUOTED}\n")
for client, block in BLOCKS.items():
    add(f"{client}: block", f"{{letter}}\n\n{{signed}}\n\n{block}\n\n{QUOTED}\n")

# --- what stands under a letter beside its writer

ENDS = {
    "iphone": "Sent from my iPhone",
    "ipad": "Sent from my iPad",
    "android": "Sent from my Galaxy",
    "verizon": "Sent from my Verizon, Samsung Galaxy smartphone",
    "outlook for ios": "Get Outlook for iOS",
    "outlook for ios, link": "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "mail for windows": "Sent from Mail for Windows",
    "yahoo": "Sent from Yahoo Mail for iPhone",
    "yahoo, link": "Sent from Yahoo Mail for iPhone<https://more.att.com/currently/imap>",
    "proton": "Sent with Proton Mail secure email.",
    "aol": "Sent from the all new AOL app for iOS",
    "spanish": "Enviado desde mi iPhone",
    "german": "Von meinem iPhone gesendet",
    "french": "Envoyé de mon iPhone",
    "avast": "Virus-free.www.avast.com",
    "block": "-- \nJane Reader, CPA\nReader & Sons\n(509) 555-0100",
    "confidential": "CONFIDENTIALITY NOTICE: This e-mail is for the sole use of the intended recipient.",
    "this email": "This email and any attachments are confidential and intended solely for the "
    "use of the individual to whom they are addressed.",
    "think": "Please consider the environment before printing this email.",
}
for ending, words in ENDS.items():
    add(f"end: {ending}", f"{{letter}}\n\n{{signed}}\n\n{words}\n")

# --- how people sign

SIGNS: dict[str, tuple[str, dict[str, object]]] = {
    "two lines": (SIGNED, {}),
    "sincerely": ("Sincerely,\nJane Q. Reader\nSpokane, Wash.", {}),
    "sincerely, blank": ("Sincerely,\n\nJane Q. Reader\nSpokane, Wash.", {}),
    "respectfully": ("Respectfully submitted,\n\nJane Q. Reader\n\nSpokane, Wash.", {}),
    "one line": ("Jane Q. Reader, Spokane, Wash.", {}),
    "dash": ("—Jane Q. Reader, Spokane, Wash.", {}),
    "hyphens": ("-- Jane Q. Reader, Spokane, Wash.", {}),
    "hyphen": ("- Jane Q. Reader, Spokane, Wash.", {}),
    "postal": ("Jane Q. Reader\nSpokane, WA", {"state": "WA"}),
    "zip": ("Jane Q. Reader\nSpokane, WA 99201", {"state": "WA"}),
    "street": ("Jane Q. Reader\n12 W. Main St.\nSpokane, WA 99201\n509-555-0100", {"state": "WA"}),
    "in full": ("Jane Q. Reader\nSpokane, Washington", {"state": "Washington"}),
    "no comma": ("Jane Q. Reader\nSpokane WA", {"state": "WA"}),
    "state alone": ("Jane Q. Reader\nIdaho", {"town": None, "state": "Idaho"}),
    "town alone": ("Jane Q. Reader\nSpokane", {"state": None}),
    "two words": ("Jane Q. Reader\nDeer Park, Wash.", {"town": "Deer Park"}),
    "saint": ("Jane Q. Reader\nSt. Louis, Mo.", {"town": "St. Louis", "state": "Mo."}),
    "capital": ("Jane Q. Reader\nWashington, D.C.", {"town": "Washington", "state": "D.C."}),
    "new york": ("Jane Q. Reader\nNew York, N.Y.", {"town": "New York", "state": "N.Y."}),
    "military": ("Jane Q. Reader\nAPO, AE 09012", {"town": "APO", "state": "AE"}),
    "abroad": (
        "Jane Q. Reader\nKyiv, Ukraine", {"town": "Kyiv", "state": None, "country": "Ukraine"}
    ),
    "canada": (
        "Jane Q. Reader\nToronto, Canada",
        {"town": "Toronto", "state": None, "country": "Canada"},
    ),
    "junior": ("Max Writer Jr.\nSpokane, Wash.", {"name": "Max Writer Jr."}),
    "junior, comma": ("Max Writer, Jr.\nSpokane, Wash.", {"name": "Max Writer, Jr."}),
    "doctor": ("Dr. Ann Lee\nSpokane, Wash.", {"name": "Dr. Ann Lee"}),
    "degree": ("Ann Lee, M.D.\nSpokane, Wash.", {"name": "Ann Lee, M.D."}),
    "initials": ("J. Q. Reader\nSpokane, Wash.", {"name": "J. Q. Reader"}),
    "nickname": ("Al “Cap” Lee\nSpokane, Wash.", {"name": "Al “Cap” Lee"}),
    "apostrophe": ("Sean O’Brien\nSpokane, Wash.", {"name": "Sean O’Brien"}),
    "hyphenated": ("Ann-Marie Lee-Jones\nSpokane, Wash.", {"name": "Ann-Marie Lee-Jones"}),
    "small words": ("Maria de la Cruz\nSpokane, Wash.", {"name": "Maria de la Cruz"}),
    "accents": ("José Núñez\nSpokane, Wash.", {"name": "José Núñez"}),
    "couple": ("Randy and Peg Malloy\nLimon, Colo.",
               {"name": "Randy and Peg Malloy", "town": "Limon", "state": "Colo."}),
    "two signers": ("Jane Reader and Max Writer\nSpokane, Wash.",
                    {"name": "Jane Reader and Max Writer"}),
    "labels": ("Name: Jane Q. Reader\nTown, State: Spokane, Wash.", {}),
    "labels, apart": ("Name: Jane Q. Reader\nTown: Spokane\nState: Wash.", {}),
    "city": ("Name: Jane Q. Reader\nCity, State: Spokane, WA", {"state": "WA"}),
    "telephone": ("Jane Q. Reader\nSpokane, Wash.\nPhone: (509) 555-0100", {}),
    "address under it": ("Jane Q. Reader\nSpokane, Wash.\njane@example.com", {}),
    "thanks": ("Thank you for your time.\n\nJane Q. Reader\nSpokane, Wash.", {}),
    "from": ("Jane Q. Reader from Spokane, Wash.", {}),
    "of": ("Jane Q. Reader of Spokane, Wash.", {}),
    "brackets": ("Jane Q. Reader (Spokane, Wash.)", {}),
    "small": ("jane q. reader\nspokane, wash.",
              {"name": "jane q. reader", "town": "spokane", "state": "wash."}),
    "capitals": ("JANE Q. READER\nSPOKANE, WASH.",
                 {"name": "JANE Q. READER", "town": "SPOKANE", "state": "WASH."}),
    "lives": ("I live in Spokane, Wash.\n\nJane Q. Reader",
              {"text": LETTER + "\n\nI live in Spokane, Wash."}),
    "resident": ("As a resident of Spokane, Wash., I know.\n\nJane Q. Reader",
                 {"text": LETTER + "\n\nAs a resident of Spokane, Wash., I know."}),
    "from the sender": ("", {"name": None, "town": None, "state": None}),
}  # fmt: skip
for form, (signed, expected) in SIGNS.items():
    add(f"signed: {form}", "{letter}\n\n{signed}\n", signed, **expected)

# --- how text is encoded

WHOLE = f"{LETTER}\n\n{SIGNED}\n"
PLAIN: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "windows-1252": lambda text: text.encode("cp1252"),
    "iso-8859-1, of Windows": lambda text: text.encode("cp1252"),
    "utf-16": lambda text: text.encode("utf-16"),
    "macintosh": lambda text: text.encode("mac_roman"),
}
for charset, encode in PLAIN.items():
    named = charset.partition(",")[0]
    for coding, wrap in (("quoted-printable", quopri.encodestring), ("base64", base64.encodebytes)):
        top = head(f"text/plain; charset={named}", coding).encode()
        MESSAGES[f"{charset}, {coding}"] = Message(top + wrap(encode(WHOLE)))
MESSAGES["no charset, utf-8"] = Message(head("text/plain").encode() + WHOLE.encode())
MESSAGES["no charset, cp1252"] = Message(head("text/plain").encode() + WHOLE.encode("cp1252"))
MESSAGES["unknown charset"] = Message(
    head("text/plain; charset=x-unknown").encode() + WHOLE.encode()
)
MESSAGES["wrong charset"] = Message(
    head("text/plain; charset=us-ascii", "7bit").encode() + WHOLE.encode()
)
MESSAGES["wrong coding"] = Message(head(coding="x-whatever").encode() + WHOLE.encode())
MESSAGES["line ends of Windows"] = Message((head() + WHOLE).replace("\n", "\r\n").encode())
MESSAGES["mbox line"] = Message(
    b"From jane@example.com Tue Mar  3 09:14:21 2026\n" + (head() + WHOLE).encode()
)

# --- HTML

PARAGRAPHS = "".join(f"<p>{part}</p>" for part in LETTER.split("\n\n"))
DIVS = "".join(f"<div>{part}</div><div><br></div>" for part in LETTER.split("\n\n"))
PAGES = {
    "paragraphs": f"<html><body>{PARAGRAPHS}<p>Jane Q. Reader<br>Spokane, Wash.</p></body></html>",
    "gmail": f'<div dir="ltr">{DIVS}<div>Jane Q. Reader</div><div>Spokane, Wash.</div></div>'
    '<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 9:14 AM '
    "The Example &lt;letters@example.com&gt; wrote:<br></div><blockquote>Who pays?</blockquote></div>",
    "outlook": f'<html><head><style>p {{margin:0}}</style></head><body><div class="WordSection1">'
    f'{PARAGRAPHS}<p class="MsoNormal">Jane Q. Reader<br>Spokane, Wash.</p>'
    '<div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> The Example '
    "&lt;letters@example.com&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 9:14 AM<br><b>To:</b> Jane"
    "<br><b>Subject:</b> Who Pays?</p></div><p>Old words.</p></div></body></html>",
    "apple": f"<html><body>{DIVS}<div>Jane Q. Reader</div><div>Spokane, Wash.</div><br>"
    "<div>Sent from my iPhone</div><div><blockquote type=\"cite\">On Mar 3, 2026, at 9:14 AM, "
    "The Example &lt;letters@example.com&gt; wrote:<br><br>Old words.</blockquote></div></body></html>",
    "script": f"<html><script>alert('x')</script><body>{PARAGRAPHS}<p>Jane Q. Reader<br>"
    "Spokane, Wash.</p><img src=x onerror=alert(1)></body></html>",
}  # fmt: skip
for page, html in PAGES.items():
    top = head("text/html; charset=utf-8")
    MESSAGES[f"html: {page}"] = Message((top + html).encode())
both = (
    f"--b\nContent-Type: text/plain; charset=utf-8\n\n{WHOLE}\n--b\n"
    f"Content-Type: text/html; charset=utf-8\n\n{PAGES['gmail']}\n--b--\n"
)
MESSAGES["alternative"] = Message((head('multipart/alternative; boundary="b"') + both).encode())
MESSAGES["alternative in mixed"] = Message(
    (
        head('multipart/mixed; boundary="m"')
        + f'--m\nContent-Type: multipart/alternative; boundary="b"\n\n{both}\n--m\n'
        "Content-Type: image/png; name=a.png\nContent-Disposition: attachment\n\nxx\n--m--\n"
    ).encode()
)
MESSAGES["empty plain part"] = Message(
    (
        head('multipart/alternative; boundary="b"')
        + "--b\nContent-Type: text/plain; charset=utf-8\n\n \n--b\n"
        f"Content-Type: text/html; charset=utf-8\n\n{PAGES['paragraphs']}\n--b--\n"
    ).encode()
)

# --- handed on by a colleague

HANDED = {
    "gmail": "---------- Forwarded message ---------\nFrom: Jane Reader <jane@example.com>\n"
    "Date: Tue, Mar 3, 2026 at 9:14 AM\nSubject: The levee\nTo: <ed@example.com>\n\n\n",
    "apple": "Begin forwarded message:\n\nFrom: Jane Reader <jane@example.com>\nSubject: The levee\n"
    "Date: March 3, 2026 at 9:14:21 AM CST\nTo: ed@example.com\n\n",
    "outlook": "________________________________\nFrom: Jane Reader <jane@example.com>\n"
    "Sent: Tuesday, March 3, 2026 9:14 AM\nTo: Ed <ed@example.com>\nSubject: The levee\n\n",
    "thunderbird": "-------- Forwarded Message --------\nSubject: The levee\n"
    "Date: Tue, 3 Mar 2026 09:14:21 -0600\nFrom: Jane Reader <jane@example.com>\n"
    "To: ed@example.com\n\n\n",
}
FROM_ED = {"From": "Ed Itor <ed@example.com>", "Subject": "Fwd: The levee"}
for client, block in HANDED.items():
    MESSAGES[f"handed on: {client}"] = Message((head(**FROM_ED) + block + WHOLE).encode())
    MESSAGES[f"handed on with a word: {client}"] = Message(
        (head(**FROM_ED) + "For the letters page.\n\nEd\n\n" + block + WHOLE).encode()
    )
INNER = head() + WHOLE
MESSAGES["handed on as a mail"] = Message(
    (
        head('multipart/mixed; boundary="b"', **FROM_ED)
        + f"--b\nContent-Type: text/plain\n\nFYI\n--b\nContent-Type: message/rfc822\n\n{INNER}\n--b--\n"
    ).encode()
)
MESSAGES["handed on as a mail alone"] = Message(
    (
        head('multipart/mixed; boundary="b"', **FROM_ED)
        + f"--b\nContent-Type: message/rfc822\n\n{INNER}\n--b--\n"
    ).encode()
)

# --- sentences that only look like the end of a letter

KEPT = {
    "on the other hand": "On the other hand, he wrote: nothing of it is true. We shall see in 2027.",
    "from and to": "From: the river. To: the sea. So it goes in spring.",
    "dash line": "We want three things\n-- a wall\n-- a pump\n-- a word.",
    "quote of the article": "The report said: “Who pays?” I ask it too.",
}
for what, sentence in KEPT.items():
    rejoined = sentence
    add(
        f"kept: {what}", f"{{letter}}\n\n{sentence}\n\n{{signed}}\n", text=f"{LETTER}\n\n{rejoined}"
    )
