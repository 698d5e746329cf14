"""Single sign-on: lets in whom the provider vouches for whole, and nobody else."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from joserfc.jwk import OctKey, RSAKey

from feedback.config import BadSetting, Settings
from feedback.domain.editor import Role
from tests.accounts.person import Person
from tests.accounts.provider import CLIENT, SECRET, Provider
from tests.accounts.test_second_step import sets_up
from tests.desk.desk import ONE_ENGINE
from tests.factories import an_account


@pytest.fixture
def provider(clock) -> Iterator[Provider]:
    with Provider(clock) as one:
        yield one


@pytest.fixture
def somebody(app_with, provider) -> Callable[..., Person]:
    def make(**changed: object) -> Person:
        chosen = {
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
        }
        return Person(app_with(**chosen | changed))

    return make


def signs_on(person: Person, provider: Provider, then: str = "") -> str:
    """Go out to the provider and come back; where that leads."""
    out = person.opens("/desk/login/sso", query_string={"next": then} if then else {})
    back = person.opens("/desk/login/sso/back", query_string=provider.meets(out.location))
    assert back.status_code in (302, 303)
    return back.location


@ONE_ENGINE
def test_whoever_is_vouched_for_comes_in(somebody, ann, provider) -> None:
    person = somebody()
    assert "Single sign-on" in person.opens("/desk/login").text
    assert signs_on(person, provider, "/desk/outbox") == "/desk/outbox"
    assert person.is_in
    asked = provider.asked
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert asked["redirect_uri"] == "http://localhost/desk/login/sso/back"
    assert provider.wrong == []


@ONE_ENGINE
def test_a_second_step_is_asked_for_all_the_same(somebody, ann, provider, clock) -> None:
    first = somebody()
    first.logs_in("ann@example.com")
    app = sets_up(first, clock)
    clock.advance(timedelta(seconds=30))
    person = somebody()
    assert signs_on(person, provider, "/desk/outbox") == "/desk/login/code"
    assert not person.is_in
    answer = person.sends("/desk/login/code", code=app.code)
    assert answer.location == "/desk/outbox"
    assert person.is_in


WRONG = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "several audiences, for another": {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": {"iss": "http://127.0.0.1:1"},
    "expired": {"exp": 1_700_000_000},
    "no end": {"exp": None},
    "an address that is not verified": {"email_verified": False},
    "an address of which nothing is said": {"email_verified": None},
    "verified in words": {"email_verified": "true"},
    "no address": {"email": None},
    "what is no address": {"email": "ann"},
    "somebody unknown": {"email": "nobody@example.com"},
    "somebody who was let go": {"email": "gone@example.com"},
}


@ONE_ENGINE
def test_what_does_not_fit_lets_nobody_in(somebody, ann, provider, store, subtests) -> None:
    an_account(store, email="gone@example.com", active=False)
    person = somebody()
    for name, claims in WRONG.items():
        with subtests.test(name=name):
            provider.claims = claims
            assert signs_on(person, provider) == "/desk/login"
            assert not person.is_in
    provider.claims = {}
    provider.shown = RSAKey.generate_key(2048, {"kid": "one"})
    assert signs_on(person, provider) == "/desk/login", "signed by another key"
    provider.key, provider.algorithm = OctKey.import_key(SECRET), "HS256"
    assert signs_on(person, provider) == "/desk/login", "signed by the shared secret"
    assert not person.is_in


@ONE_ENGINE
def test_what_comes_back_is_what_went_out_and_once(somebody, ann, provider) -> None:
    person, other = somebody(), somebody()
    brought = provider.meets(person.opens("/desk/login/sso").location)
    for sent in ({}, {"code": "x"}, brought | {"state": "x"}, brought | {"state": "é"}):
        assert other.opens("/desk/login/sso/back", query_string=sent).location == "/desk/login"
        assert not other.is_in
    assert other.opens("/desk/login/sso/back", query_string=brought).location == "/desk/login"
    assert person.opens("/desk/login/sso/back", query_string=brought).location == "/desk/"
    assert person.is_in
    late = somebody()
    assert late.opens("/desk/login/sso/back", query_string=brought).location == "/desk/login"


@ONE_ENGINE
def test_unknown_people_of_the_houses_domains_are_taken_on(somebody, provider, account) -> None:
    chosen = {"oidc_domains": ("paper.example.com",), "oidc_role": "reader_editor"}
    provider.claims = {"email": "New@paper.example.com", "name": "Nell New"}
    person = somebody(**chosen)
    signs_on(person, provider)
    assert person.is_in
    kept = account("new@paper.example.com")
    assert (kept.name, kept.role) == ("Nell New", Role.READER_EDITOR)
    stranger = somebody(**chosen)
    for address in (
        "x@evil.example.com",
        "x@evil.paper.example.com",
        "x@paper.example.com.evil.example.com",
    ):
        provider.claims = {"email": address}
        signs_on(stranger, provider)
        assert not stranger.is_in


@ONE_ENGINE
def test_a_provider_that_is_down_is_told(somebody, ann, provider) -> None:
    person = somebody(oidc_issuer="http://127.0.0.1:9")
    assert person.opens("/desk/login/sso").location == "/desk/login"
    assert "does not answer" in person.opens("/desk/login").text


@ONE_ENGINE
def test_without_settings_there_is_none(person) -> None:
    assert person().opens("/desk/login/sso").status_code == 404
    assert "Single sign-on" not in person().opens("/desk/login").text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"ISSUER": "https://x.test"}, "FEEDBACK_OIDC_CLIENT_ID is missing"),
        ({"DOMAINS": "x.test"}, "FEEDBACK_OIDC_ROLE is missing"),
        ({"DOMAINS": "x.test", "ROLE": "editor"}, "FEEDBACK_OIDC_ISSUER is missing"),
        ({"ROLE": "chief"}, "must be one of"),
        ({"ISSUER": "http://x.test"}, "https://"),
    ],
)
def test_half_of_it_stops_the_start_with_one_line(tmp_path, given, says) -> None:
    named = {f"FEEDBACK_OIDC_{name}": value for name, value in given.items()}
    with pytest.raises(BadSetting, match=says) as told:
        Settings.load(named, tmp_path)
    assert "\n" not in str(told.value)
