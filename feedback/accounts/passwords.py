"""What a password must be, how it is kept.

Rules after NIST SP 800-63B and OWASP ASVS 5.0, 6.2: length counts, composition does not; common
ones are refused; any character may stand in it; it may be pasted.
"""

import secrets
import unicodedata
from typing import Literal

from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 128
NORMAL_FORM: Literal["NFKC"] = "NFKC"

# argon2id with the numbers of the OWASP password storage cheat sheet: 19 MiB a try, so that a
# burst of log-ins does not eat the memory of a small server.
TIME_COST, MEMORY_KIB, PARALLELISM = 2, 19 * 1024, 1
_HASHER = PasswordHasher(TIME_COST, MEMORY_KIB, PARALLELISM)

# Passwords of twelve and more characters that head the published lists of leaked ones are a
# word out of this list, written once or several times, with digits or marks around it.
COMMON_WORDS = frozenset(
    """
    0123456789 123123 1234567890 12345678 987654321 1q2w3e4r5t 1qaz2wsx aaaaaa abc abcdef
    abcdefgh abcdefghijkl abcdefghijklm administrator admin baseball basketball changeme
    computer correcthorsebatterystaple dragon editor editorial feedback football hello
    iloveyou internet jesuschrist jordan killer letmein liverpool login manchester master
    michelle michael monkey newspaper newsroom p@ssw0rd p@ssword pa55word passw0rd password
    passphrase princess qazwsxedc qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl
    asdfghjkl zxcvbnm secret shadow spiderman starwars sunshine superman trustno trustnoone
    unknown user wehearyou welcome whatever
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext's tools look for
    """Mark a sentence for translation where it is shown; gettext's tools know the name."""
    return sentence


TOO_SHORT = N_("Use at least 12 characters; a few words in a row are easy to remember.")
TOO_LONG = N_("Use at most 128 characters.")
TOO_COMMON = N_("This password is among the first that anybody would try. Choose another.")
TOO_NEAR = N_("Do not use your name or your email address as the password.")


def normalize(password: str) -> str:
    """The password in Unicode's NFKC, so that each keyboard gives the same characters."""
    return unicodedata.normalize(NORMAL_FORM, password)


def problem(password: str, email: str = "", name: str = "") -> str | None:
    """What is wrong with a new password, as a sentence for its owner; None where it will do.

    `password` is taken in the normal form.
    """
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    low = "".join(password.casefold().split())  # a space makes no word another one
    core = low.strip("0123456789!?.,;:_-+*#@$%&/()=") or low
    if len(set(low)) < 4 or any(_repeats(low, w) or _repeats(core, w) for w in COMMON_WORDS):
        return TOO_COMMON
    own = {email.casefold(), email.casefold().partition("@")[0], "".join(name.casefold().split())}
    if low in own or core in own:
        return TOO_NEAR
    return None


def _repeats(text: str, word: str) -> bool:
    return len(text) % len(word) == 0 and text == word * (len(text) // len(word))


def hash_password(password: str) -> str:
    """argon2id hash of a password in the normal form."""
    return _HASHER.hash(password)


def random_password() -> str:
    """A password nobody can guess, 20 characters, 120 bits."""
    return secrets.token_urlsafe(15)
