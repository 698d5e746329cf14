"""Where somebody may be led after log-in: within this site."""

from urllib.parse import unquote


def local_path(wanted: str | None) -> str | None:
    r"""The wanted address where it is a path of this site; None for anything else.

    Browsers take backslashes for slashes and drop control characters, so that `/\evil` and
    `/<TAB>/evil` lead to another host; both are refused, written plainly or percent-encoded.
    """
    if not wanted or len(wanted) > 2000 or not wanted.startswith("/"):
        return None
    path = wanted.partition("?")[0]
    for form in (wanted, unquote(path)):
        if form.startswith("//") or "\\" in form or not form.isprintable():
            return None
    return wanted if " " not in wanted else None
