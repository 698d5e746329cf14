"""References like WHY-7Q2KD: short, readable on the telephone, opening nothing."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
LENGTH = 5
PATTERN = re.compile(r"[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{5,12}")


def new_reference(prefix: str, length: int = LENGTH) -> str:
    """A reference by chance; the store refuses one that is taken, then draw again."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


def as_reference(text: str) -> str | None:
    """The reference that a person typed (any case, spaces around it), else None."""
    found = PATTERN.fullmatch(text.strip().upper())
    return found.group() if found else None
