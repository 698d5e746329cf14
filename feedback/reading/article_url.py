"""Addresses: one form for all the ways to write the address of one article."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from feedback.reading.link_wrappers import unwrapped

MOST_TYPED = 4000  # characters that are looked at
MOST_KEPT = 2000  # of a canonical address
MOST_FOUND = 100
ROUNDS = 6  # wrapped in one another, or plain only once something is gone
MOST_FIELDS = 100  # of a query; more is no address of an article

SCHEME = re.compile(r"https?:/{0,3}(?=[^\s/])", re.IGNORECASE)
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*\Z")
IPV6 = re.compile(r"[0-9a-f:.]{2,45}")
# A host without a scheme: the last part has letters alone, so that "3.14" is none.
BARE = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62})\.){1,8}[^\W\d_]{2,24}\.?(?::[0-9]{1,5})?(?=[/?#]|\Z)", re.IGNORECASE
)
# "mobile" and "amp" are other doors of the same house.
DOORS = frozenset(("www", "www2", "m", "mobile", "amp", "wap"))
# Parameters that say which article it is; all others say where the reader came from.
IDS = frozenset(
    """
    p id page_id post_id article article_id articleid aid story story_id storyid nid newsid news_id
    sid itemid item_id contentid content_id docid doc_id v
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
TRACKING = re.compile(
    r"(?:utm_|pk_|mtm_|mc_|hsa_|_hs|fb_|ga_|at_|ns_|vero_|oly_|wt[._]|__|_ga|_gl|trk|spm|cmp|"
    r"sc_|s_|amp_|wpmm|wprov).*|"
    r"(?:fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|ttclid|igshid|igsh|yclid|mkt_tok|ref|"
    r"referer|referrer|ref_src|ref_url|source|src|cid|ncid|icid|ocid|mod|smid|smtyp|partner|emc|"
    r"nl|te|campaign|campaign_id|share|shared|sharetype|si|feature|via|from|spref|sr_share|"
    r"guccounter|guce_referrer|print|printable|printer|printer_friendly|pf|output|outputtype|"
    r"view|mode|format|amp|m|mobile|replytocom|comment|comments|showcomments|nocache|cachebust|"
    r"rand|random|timestamp|sessionid|phpsessid|jsessionid|s|t|sh|st|rss|feed|xtor|ved|usg|sa|ei|"
    r"gift|unlocked_article_code|accesstoken|token|email|e|eid|mibextid|li|dgcid|taid)",
    re.IGNORECASE,
)
# Other views of the same page, at the end of its path.
VIEWS = re.compile(
    r"(?:/(?:amp|print|printer|printable|print-view|feed|rss|trackback|comments|all|full|share|"
    r"email|comment-page-[0-9]{1,4}|page/[0-9]{1,3})|/(?:index|default)\.(?:html?|php|aspx?|jsp))\Z",
    re.IGNORECASE,
)
AMP_FILE = re.compile(r"[._-]amp(?=\.html?\Z|\Z)", re.IGNORECASE)
AMP_LEAD = re.compile(r"\A/amp(?=/.)", re.IGNORECASE)
WORD_BREAK = re.compile("[-_+]|%20")
SLUG_WORDS = 3  # in the last part of a path: enough to name an article
ROUND_IT = "<>\"'“”‘’«»()[]{}*_` \t\r\n"
BEHIND_IT = ".,;:!?…'\"”’»>*_"

LINK = re.compile(
    r"https?://[^\s<>\"“”]{1,2000}|\bwww\.[^\s<>\"“”]{1,2000}|"
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,6}"
    r"(?:com|org|net|gov|edu|mil|info|news|io|co|us|uk|ca|au|de|tv|biz|me|app|blog|site|online|shop|"
    r"xyz|ru|cn|eu)\b(?![\w@-])(?:[/?#][^\s<>\"“”]{0,2000})?",
    re.IGNORECASE,
)


def canonical(given: str) -> str | None:
    """The one form of an address: https, plain host, path, and what in the query names a page.

    None where `given` is no address of the web. Never raises and looks nothing up: an inner
    address becomes a form that no article has.
    """
    address = given[:MOST_TYPED]
    for _ in range(ROUNDS):
        found = _find(address)
        plain = _plain(found) if found else None
        if plain is None or plain == address:
            return plain
        address = plain
    return address


def find_urls(text: str) -> list[str]:
    """The web addresses in a text, as they stand there, each once; 100 at most."""
    found: dict[str, None] = {}
    for link in _links(text):
        found.setdefault(link)
        if len(found) == MOST_FOUND:
            break
    return list(found)


def _links(text: str) -> Iterator[str]:
    for match in LINK.finditer(text):
        yield _bare_end(match[0])


def _bare_end(link: str) -> str:
    """Without the sentence's own marks behind it; a bracket stays if it was opened inside."""
    link = link.rstrip(BEHIND_IT)
    for opening, closing in ("()", "[]"):
        while link.endswith(closing) and link.count(closing) > link.count(opening):
            link = link[:-1].rstrip(BEHIND_IT)
    return link


def _find(given: str) -> str | None:
    """The address in what was typed, with a scheme."""
    typed = given.strip(ROUND_IT).lstrip("/")
    start = SCHEME.match(typed)
    has_address = " " not in typed and "@" not in typed.partition("/")[0]
    if start is None and has_address and BARE.match(typed):
        return f"https://{_bare_end(typed)}"
    start = start or SCHEME.search(typed)
    if start is None:
        return None
    rest = _bare_end(typed[start.end() :].split(maxsplit=1)[0])
    return f"https://{rest}" if rest else None


def _plain(address: str) -> str | None:
    """One round of making an address plain."""
    try:
        parts = urlsplit(unwrapped(address))
        host, port = _host(parts), parts.port
        path = _path(parts.path)
        query = _query(parts.query, has_name=_has_name(path))
    except ValueError:  # also of half characters, which no address can hold
        return None
    if host is None:
        return None
    if parts.path == parts.path.upper() and _has_name(path):
        path = path.lower()  # typed in capitals throughout
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    plain = f"https://{place}{path}"
    if query:
        plain += f"?{query}" if path else f"/?{query}"
    return plain if len(plain) <= MOST_KEPT else None


def _host(parts: SplitResult) -> str | None:
    """In small ASCII letters, by its front door; None where no host can be called so."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]" if IPV6.fullmatch(host) else None
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    labels = host.lower().split(".")
    while len(labels) > 2 and labels[0] in DOORS:
        labels.pop(0)
    host = ".".join(labels)
    return host if HOST.match(host) else None


def _path(path: str) -> str:
    """Without dots, doubled slashes, other views of the page, a slash at the end."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in ("", "."):
            kept.append(quote(unquote(part, errors="replace"), safe="-._~!$&'()*+,;=:@"))
    plain = "/" + "/".join(kept) if kept else ""
    before = None
    while before != plain:
        before = plain
        plain = AMP_FILE.sub("", AMP_LEAD.sub("", VIEWS.sub("", plain)))
    return plain


def _has_name(path: str) -> bool:
    """Whether the path ends in words, as in /2024/02/01/the-bill-comes-due."""
    last = path.rpartition("/")[2]
    return len([word for word in WORD_BREAK.split(last) if word]) >= SLUG_WORDS


def _query(query: str, *, has_name: bool) -> str:
    """What names the article; where the path does so already, only numbers of articles."""
    pairs = parse_qsl(query, keep_blank_values=False, max_num_fields=MOST_FIELDS)
    kept = sorted(
        {
            (key.lower(), value)
            for key, value in pairs
            if key.lower() in IDS or not (has_name or TRACKING.fullmatch(key))
        }
    )
    return urlencode(kept)
