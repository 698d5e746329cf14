"""Addresses inside other addresses: what mail filters, search engines and archives wrap."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

# Host (by its end), path (by its beginning), and the parameter that has the address.
BY_PARAMETER = (
    ("safelinks.protection.outlook.com", "/", "url"),
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("www.google.com", "/url", "url"),
    ("www.google.com", "/url", "q"),
    ("news.google.com", "/", "url"),
    ("out.reddit.com", "/", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("www.linkedin.com", "/redir/redirect", "url"),
    ("translate.google.com", "/", "u"),
)
# Host (by its end) and what stands in its path before the address itself.
BY_PATH = (
    ("www.google.com", re.compile(r"\A/amp/(?:s/)?")),
    (".cdn.ampproject.org", re.compile(r"\A/(?:[a-z]/)?(?:s/)?")),
    ("web.archive.org", re.compile(r"\A/web/[0-9]{4,14}[a-z_]{0,4}/")),
    ("urldefense.com", re.compile(r"\A/v3/__")),
)
HTTP = re.compile(r"\Ahttps?:/{1,2}", re.IGNORECASE)


def unwrapped(address: str) -> str:
    """The address inside, with a scheme; the address itself where it wraps none.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    for end, lead, name in BY_PARAMETER:
        if host.endswith(end) and parts.path.startswith(lead):
            inner = parse_qs(parts.query, max_num_fields=60).get(name, [""])[0]
            if HTTP.match(inner):
                return inner
    for end, before in BY_PATH:
        if host.endswith(end) and (found := before.match(parts.path)):
            rest = parts.path[found.end() :].partition("__;")[0]
            query = f"?{parts.query}" if parts.query and "urldefense" not in host else ""
            inner = HTTP.sub("", unquote(rest)) + query
            if "." in inner.partition("/")[0]:
                return f"https://{inner}"
    return address
