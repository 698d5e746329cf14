"""Which browser somebody uses, in words: “Firefox on Windows”."""

from feedback.accounts.passwords import N_

MOST_READ = 400  # characters of what a browser says about itself
# The first word that is found counts: most browsers also name those before them.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN = N_("A browser that does not say its name")


def in_words(user_agent: str) -> str:
    """Browser and system of a User-Agent header; whatever it says, only our names come out."""
    said = user_agent[:MOST_READ]
    browser = next((name for mark, name in BROWSERS if mark in said), "")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or UNKNOWN
