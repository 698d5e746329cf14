"""Tokens of programs: seen once, kept as a digest, dead at once when revoked."""

from datetime import timedelta

import pytest

from feedback.accounts import tokens
from feedback.domain.editor import Role
from feedback.domain.errors import NotFound, Refused
from tests.desk.desk import ONE_ENGINE

pytestmark = ONE_ENGINE


def asks(client, authorization: str | None) -> int:
    headers = {"Authorization": authorization} if authorization else {}
    return client.get("/api/v1/desk/letters", headers=headers).status_code


def test_a_token_opens_the_api_with_its_role(client, token) -> None:
    for role in Role:
        assert asks(client, f"Bearer {token(role)}") == 200
    reader = {"Authorization": f"Bearer {token(Role.READER_EDITOR)}"}
    assert client.get("/api/v1/desk/letters?contacts=1", headers=reader).status_code == 403


def test_anything_else_opens_nothing(client, token) -> None:
    good = token()
    for wrong in (
        None, good, f"Basic {good}", f"Token {good}", "Bearer", "Bearer ", f"Bearer {good[:-1]}",
        f"Bearer {good}x", f"Bearer {good.swapcase()}", f"Bearer {good} {good}", "Bearer why_",
        "Bearer why_' OR 1=1--", "Bearer \x80\xff",
    ):  # fmt: skip
        assert asks(client, wrong) == 401, wrong
    assert client.get(f"/api/v1/desk/letters?token={good}").status_code == 401


def test_revoked_it_is_dead_at_once(client, token, store) -> None:
    good = token()
    with store.work() as work:
        tokens.revoke(work.session, "program 1", work.now)
        again = tokens.revoke(work.session, "program 1", work.now + timedelta(days=1))
        assert again.revoked_at == work.now, "twice changes nothing"
        with pytest.raises(NotFound):
            tokens.revoke(work.session, "program 9", work.now)
    assert asks(client, f"Bearer {good}") == 401


def test_it_is_kept_as_a_digest_and_its_name_once(token, store) -> None:
    good = token()
    with store.work() as work:
        (kept,) = tokens.list_tokens(work.session)
        assert good not in repr(vars(kept))
        assert len(good) >= len(tokens.PREFIX) + 43
        with pytest.raises(Refused, match="already"):
            tokens.add(work.session, " program  1 ", Role.CHIEF, work.now)
        for name in ("", "  ", "x" * 121):
            with pytest.raises(Refused):
                tokens.add(work.session, name, Role.CHIEF, work.now)
        tokens.revoke(work.session, "program 1", work.now)
        fresh = tokens.add(work.session, "program 1", Role.CHIEF, work.now)
        assert tokens.authenticate(work.session, good) is None
        holder = tokens.authenticate(work.session, fresh)
        assert holder is not None
        assert (holder.id, holder.role) == (None, Role.CHIEF)


def test_the_day_of_its_last_use_is_noted(client, token, store, clock) -> None:
    good = token()
    for days in (0, 0, 1):
        clock.advance(timedelta(days=days))
        assert asks(client, f"Bearer {good}") == 200
        with store.read() as work:
            assert tokens.list_tokens(work.session)[0].last_used_on == clock.now.date()
