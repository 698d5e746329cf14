"""Settings: read, refused with one clear line, shown without secrets."""

import stat
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.config import PREFIX, BadSetting, Settings, setting_names

SECRETS = {
    "FEEDBACK_DATABASE_URL": "postgresql://desk:canary@db/letters",
    "FEEDBACK_SECRET_KEY": "canary-canary-canary",
    "FEEDBACK_SMTP_URL": "smtps://desk:canary@mail.example.com:465",
    "FEEDBACK_IMAP_URL": "imaps://desk:canary@mail.example.com/INBOX",
    "FEEDBACK_MAIL_OAUTH_TENANT": "newsroom",
    "FEEDBACK_MAIL_OAUTH_CLIENT_ID": "desk",
    "FEEDBACK_MAIL_OAUTH_CLIENT_SECRET": "canary",
    "FEEDBACK_WORDPRESS_URL": "https://example.com",
    "FEEDBACK_WORDPRESS_USER": "desk",
    "FEEDBACK_WORDPRESS_PASSWORD": "canary",
    "FEEDBACK_OIDC_ISSUER": "https://login.example.com/",
    "FEEDBACK_OIDC_CLIENT_ID": "desk",
    "FEEDBACK_OIDC_CLIENT_SECRET": "canary",
    "FEEDBACK_METRICS_TOKEN": "canary-canary-canary",
}


def test_bare_start_has_working_defaults(tmp_path: Path) -> None:
    settings = Settings.load({}, tmp_path)
    assert settings.data_dir == tmp_path / "instance"
    assert settings.engine_url == f"sqlite:///{tmp_path}/instance/feedback.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.is_https
    assert settings.limits == "normal"
    assert settings.smtp_url is None
    assert settings.article_hosts == ()


def test_base_url_follows_bind(tmp_path: Path) -> None:
    settings = Settings.load({"FEEDBACK_BIND": "[::1]:9000"}, tmp_path)
    assert settings.base_url == "http://[::1]:9000"
    assert (settings.host, settings.port) == ("::1", 9000)


def test_https_comes_from_base_url(tmp_path: Path) -> None:
    settings = Settings.load({"FEEDBACK_BASE_URL": "https://Letters.example.com/"}, tmp_path)
    assert settings.base_url == "https://letters.example.com"
    assert settings.is_https


def test_environment_wins_over_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# the newsroom's own\nFEEDBACK_WORKERS=3\nexport FEEDBACK_LIMITS='strict'\nOTHER=x\n"
    )
    settings = Settings.load({"FEEDBACK_WORKERS": "2", "PATH": "/bin"}, tmp_path)
    assert (settings.workers, settings.limits) == (2, "strict")
    assert settings.sources["FEEDBACK_WORKERS"] == "environment"
    assert settings.sources["FEEDBACK_LIMITS"] == ".env"
    assert settings.sources["FEEDBACK_BIND"] == "default"


def test_dollar_in_dotenv_is_literal(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FEEDBACK_METRICS_TOKEN='long-enough-${HOME}'\n")
    assert Settings.load({}, tmp_path).metrics_token == "long-enough-${HOME}"


def test_one_process_on_sqlite_however_many_workers(tmp_path: Path) -> None:
    environ = {"FEEDBACK_WORKERS": "4"}
    assert Settings.load(environ, tmp_path).web_processes == 1
    environ["FEEDBACK_DATABASE_URL"] = "postgres://db/letters"
    settings = Settings.load(environ, tmp_path)
    assert settings.web_processes == 4
    assert settings.engine_url == "postgresql://db/letters"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BIND", "8000"),
        ("BIND", "127.0.0.1:0"),
        ("BIND", "127.0.0.1:65536"),
        ("BASE_URL", "ftp://example.com"),
        ("BASE_URL", "https://example.com/letters"),
        ("BASE_URL", "https://user:secret@example.com"),
        ("WORKERS", "0"),
        ("WORKERS", "two"),
        ("WORKERS", "²"),
        ("TRUSTED_PROXIES", "-1"),
        ("DATABASE_URL", "mysql://db/letters"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "postgresql://db"),
        ("SECRET_KEY", "short"),
        ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "smtp://mail.example.com:port"),
        ("IMAP_URL", "imaps:///INBOX"),
        ("MAIL_FROM", "Letters"),
        ("ARTICLE_HOSTS", "https://example.com"),
        ("FETCH_ALLOW", "127.0.0.1:0"),
        ("LIMITS", "of"),
        ("LIMITS", "off\noff"),
        ("WORDPRESS_URL", "https://example.com"),
        ("OIDC_CLIENT_SECRET", "alone"),
    ],
)
def test_bad_value_is_refused_in_one_line(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refused:
        Settings.load({PREFIX + name: value}, tmp_path)
    line = str(refused.value)
    assert "\n" not in line
    assert PREFIX + name.partition("_")[0] in line


def test_unknown_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"FEEDBACK_SMPT_URL.*nearest is FEEDBACK_SMTP_URL"):
        Settings.load({"FEEDBACK_SMPT_URL": "smtp://mail"}, tmp_path)


def test_unparsable_dotenv_names_its_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FEEDBACK_WORKERS=1\n= nothing\n")
    with pytest.raises(BadSetting, match="line 2"):
        Settings.load({}, tmp_path)


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    settings = Settings.load(SECRETS, tmp_path)
    assert [row[0] for row in settings.rows()] == setting_names()
    shown = "\n".join(" ".join(row) for row in settings.rows())
    assert "canary" not in shown + repr(settings)
    assert "smtps://desk:***@mail.example.com:465" in shown


def test_password_that_holds_a_url_is_masked(tmp_path: Path) -> None:
    url = "postgresql://desk:p@ss:canary@db/letters?x=a@b&sslpassword=canary"
    rows = dict(row[:2] for row in Settings.load({"FEEDBACK_DATABASE_URL": url}, tmp_path).rows())
    assert "canary" not in rows["FEEDBACK_DATABASE_URL"]


def test_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    made = Settings.load({}, tmp_path).secret_key
    kept = tmp_path / "instance" / "secret_key"
    assert len(made) >= 32
    assert Settings.load({}, tmp_path).secret_key == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_secret_key_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secret_key").write_text("")
    with pytest.raises(BadSetting, match="cut short"):
        _ = Settings.load({}, tmp_path).secret_key


NAMES = st.sampled_from([name.removeprefix(PREFIX) for name in setting_names()])
VALUES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=string.printable, max_size=40),
    st.from_regex(r"(https?|smtps?|imaps?|sqlite|postgresql)://[-a-z0-9:@/?#\[\]%.]{0,30}"),
)


@given(environ=st.dictionaries(st.one_of(NAMES, st.text(max_size=12)), VALUES, max_size=4))
def test_any_environment_is_taken_or_refused_in_one_line(environ: dict[str, str]) -> None:
    given_names = {PREFIX + name: value for name, value in environ.items()}
    try:
        settings = Settings.load(given_names, Path("/nowhere"))
    except BadSetting as refused:
        says = str(refused)
    else:
        says = "one line"
        assert 1 <= settings.port <= 65535
        assert settings.base_url.startswith(("http://", "https://"))
        assert all(len(row) == 3 for row in settings.rows())
    assert len(says.splitlines()) == 1
