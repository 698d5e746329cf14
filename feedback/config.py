"""The settings of one installation, read once from the environment."""

import contextlib
import difflib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

from feedback import setting_values as values
from feedback.setting_values import BadSetting

__all__ = ["BadSetting", "Settings"]

PREFIX = "FEEDBACK_"
SECRET_KEY_FILE = "secret_key"
MASK = "***"

# Settings that make sense only together: each tuple is given whole or not at all.
TOGETHER = (
    ("mail_oauth_tenant", "mail_oauth_client_id", "mail_oauth_client_secret"),
    ("wordpress_url", "wordpress_user", "wordpress_password"),
    ("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
    ("oidc_domains", "oidc_role"),
)

T = TypeVar("T")


def _setting(read: Callable[[str], T], default: str = "", *, is_secret: bool = False) -> T:
    """A field of Settings: how its text is read, its default as text, whether it is masked."""
    metadata = {"read": read, "default": default, "is_secret": is_secret}
    made: Any = field(metadata=metadata, repr=not is_secret)
    return made  # type: ignore[no-any-return]  # dataclass fields are typed by what they hold


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings; a field `smtp_url` is read from `FEEDBACK_SMTP_URL`.

    Fields with a leading underscore have a property of the same name that fills the default in.
    """

    _database_url: str | None = _setting(values.database_url, is_secret=True)
    data_dir: Path = _setting(values.folder, "instance")
    _secret_key: str | None = _setting(values.secret(at_least=16), is_secret=True)
    bind: str = _setting(values.bind, "127.0.0.1:8000")
    _base_url: str | None = _setting(values.site)
    workers: int = _setting(values.whole(1, 64), "1")
    trusted_proxies: int = _setting(values.whole(0, 9), "0")
    smtp_url: str | None = _setting(values.url("smtp", "smtps"), is_secret=True)
    mail_from: str | None = _setting(values.sender)
    imap_url: str | None = _setting(values.url("imap", "imaps"), is_secret=True)
    mail_oauth_tenant: str | None = _setting(values.text)
    mail_oauth_client_id: str | None = _setting(values.text)
    mail_oauth_client_secret: str | None = _setting(values.text, is_secret=True)
    authserv_id: str | None = _setting(values.text)
    article_hosts: tuple[str, ...] = _setting(values.hosts(with_port=False))
    wordpress_url: str | None = _setting(values.url("http", "https"))
    wordpress_user: str | None = _setting(values.text)
    wordpress_password: str | None = _setting(values.text, is_secret=True)
    oidc_issuer: str | None = _setting(values.issuer)
    oidc_client_id: str | None = _setting(values.text)
    oidc_client_secret: str | None = _setting(values.text, is_secret=True)
    oidc_domains: tuple[str, ...] = _setting(values.hosts(with_port=False))
    oidc_role: str | None = _setting(values.word_of("reader_editor", "editor", "publisher"))
    limits: str = _setting(values.one_of("strict", "normal", "off"), "normal")
    metrics_token: str | None = _setting(values.secret(at_least=16), is_secret=True)
    fetch_allow: tuple[str, ...] = _setting(values.hosts(with_port=True))
    # Where each value came from, by its full name: "environment", ".env" or "default".
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Self:
        """Read the settings of `environ` (default: the process's own) and `folder`/.env.

        The environment wins over `.env`; an empty value counts as not given; a relative data
        folder lies in `folder` (default: the working folder).
        Raises BadSetting, whose text is one line, for an unknown FEEDBACK_ name, a value that
        cannot be read, half of a group that belongs together, or a `.env` that cannot be parsed.
        """
        environ = os.environ if environ is None else environ
        folder = Path.cwd() if folder is None else folder
        given = {name: (text, ".env") for name, text in _dotenv(folder / ".env").items()}
        given |= {name: (text, "environment") for name, text in environ.items()}
        given = {
            name: found for name, found in given.items() if name.startswith(PREFIX) and found[0]
        }
        _refuse_unknown(given)
        read: dict[str, Any] = {}
        sources = {}
        for one in _settings_of(cls):
            name = _name_of(one)
            text, sources[name] = given.get(name, (one.metadata["default"], "default"))
            read[one.name] = _read(name, text, one.metadata["read"])
        read["data_dir"] = folder / read["data_dir"]
        _refuse_halves(read)
        return cls(**read, sources=sources)

    @property
    def host(self) -> str:
        """The address to listen on, without the brackets of IPv6."""
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to listen on."""
        return int(self.bind.rpartition(":")[2])

    @property
    def base_url(self) -> str:
        """What every mailed and printed link begins with; no slash at its end."""
        return self._base_url or f"http://{self.bind}"

    @property
    def is_https(self) -> bool:
        """Whether readers come by https, which decides cookies and HSTS."""
        return self.base_url.startswith("https:")

    @property
    def engine_url(self) -> str:
        """The database as SQLAlchemy writes it; SQLite in the data folder unless told."""
        return self._database_url or f"sqlite:///{self.data_dir / 'feedback.db'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the letters lie in one file, which one process alone may serve."""
        return self.engine_url.startswith("sqlite:")

    @property
    def mail_oauth(self) -> tuple[str | None, str | None, str | None]:
        """Tenant, client's name and secret of a log-in to mail servers without a password."""
        return self.mail_oauth_tenant, self.mail_oauth_client_id, self.mail_oauth_client_secret

    @property
    def wordpress(self) -> tuple[str, str, str] | None:
        """Address, user and application password of the WordPress site; None where none is set."""
        if not (self.wordpress_url and self.wordpress_user and self.wordpress_password):
            return None
        return self.wordpress_url, self.wordpress_user, self.wordpress_password

    @property
    def web_processes(self) -> int:
        """How many processes may serve pages: SQLite has one writer, so one."""
        return 1 if self.is_sqlite else self.workers

    @cached_property
    def secret_key(self) -> str:
        """The key that signs links and cookies: as set, else made once and kept.

        Raises BadSetting when the data folder cannot be written or its key was cut short.
        """
        return self._secret_key or _kept_key(self.data_dir / SECRET_KEY_FILE)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """(name, value to show, source) of every setting; secrets are masked."""
        filled = {
            "_database_url": self.engine_url,
            "_base_url": self.base_url,
            "_secret_key": MASK,
        }
        for one in _settings_of(type(self)):
            name = _name_of(one)
            value = getattr(self, one.name) or filled.get(one.name, getattr(self, one.name))
            source = self.sources.get(name, "default")
            if one.name == "_secret_key" and source == "default":
                source = "data folder"
            yield name, _shown(value, is_secret=one.metadata["is_secret"]), source


def count_together(folder: Path) -> None:
    """Let this process and its copies add up their counts of requests, in files of a folder.

    prometheus-client reads this name from the environment when it is imported: call it before.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def setting_names() -> list[str]:
    """The full name of every setting, in the order of `feedback settings`."""
    return [_name_of(one) for one in _settings_of(Settings)]


def _settings_of(cls: type[Settings]) -> Iterator[Field[Any]]:
    return (one for one in fields(cls) if "read" in one.metadata)


def _name_of(one: Field[Any]) -> str:
    return PREFIX + one.name.strip("_").upper()


def _dotenv(path: Path) -> dict[str, str]:
    """The values of a `.env` file, taken literally: a `$` in a password stays a `$`."""
    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} cannot be read: {error}") from error
    for binding in bindings:
        if binding.error:
            raise BadSetting(f"{path}, line {binding.original.line}: write NAME=value")
    return {binding.key: binding.value or "" for binding in bindings if binding.key}


def _refuse_unknown(given: Mapping[str, object]) -> None:
    known = setting_names()
    for name in sorted(given):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
            raise BadSetting(f"{name!a} is no setting; the nearest is {near}")


def _refuse_halves(read: Mapping[str, Any]) -> None:
    for group in TOGETHER:
        missing = [PREFIX + name.upper() for name in group if not read[name]]
        if missing and len(missing) < len(group):
            together = ", ".join(PREFIX + name.upper() for name in group)
            raise BadSetting(f"{together} belong together: {missing[0]} is missing")
    if read["oidc_domains"] and not read["oidc_issuer"]:
        raise BadSetting(
            "FEEDBACK_OIDC_DOMAINS needs single sign-on: FEEDBACK_OIDC_ISSUER is missing"
        )


def _read(name: str, raw: str, read: Callable[[str], Any]) -> Any:
    if re.search(r"[\x00-\x1f\x7f]", raw):
        raise BadSetting(f"{name} holds a line break or another control character")
    try:
        return read(raw.strip())
    except ValueError as error:
        raise BadSetting(f"{name} {error}") from error


def _kept_key(path: Path) -> str:
    """The key in the file `path`, mode 600; made whole or not at all by whoever comes first."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent) as fresh:
                fresh.write(secrets.token_urlsafe(48))
                fresh.flush()
                os.fsync(fresh.fileno())
                # Where another process was first, its key is the one.
                with contextlib.suppress(FileExistsError):
                    os.link(fresh.name, path)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"the secret key in {path} cannot be read or made: {error}") from error
    if len(kept) < 16:
        raise BadSetting(f"the secret key in {path} was cut short; restore it from a backup")
    return kept


def _shown(value: object, *, is_secret: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    shown = str(value)
    if "://" in shown:
        return _without_password(shown)
    return MASK if is_secret else shown


def _without_password(address: str) -> str:
    """A URL whose password, also one in the query, is masked."""
    parts = urlsplit(address)
    if parts.password is not None:
        user, _, host = parts.netloc.rpartition("@")
        masked = f"{user.removesuffix(parts.password)}{MASK}@{host}"
        address = address.replace(parts.netloc, masked, 1)
    return re.sub(r"(?i)\b(\w*(?:password|secret|token)\w*)=[^&]*", rf"\1={MASK}", address)
