"""Pages of an invented newspaper's site, in the ways in which sites list their articles."""

import json

from tests.articles.site import Page, Site

HEADLINES = ("Town Library to Cut Sunday Hours", "Who Pays for the Levee?", "Snow Plows Idle")


def slug(headline: str) -> str:
    """The last part of an article's address."""
    return "-".join("".join(c for c in headline.lower() if c.isalnum() or c == " ").split())


def address(site: Site, headline: str) -> str:
    """Where an article stands."""
    return f"{site.url}/2026/03/02/{slug(headline)}/"


def rss(site: Site, headlines: tuple[str, ...] = HEADLINES) -> str:
    """A feed with headlines, an author and a day."""
    items = "".join(
        f"<item><title>{one}</title><link>{address(site, one)}</link>"
        "<dc:creator>Nora Quill</dc:creator><pubDate>Mon, 02 Mar 2026 09:00:00 -0500</pubDate>"
        "</item>"
        for one in headlines
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Ledger</title>{items}</channel></rss>"
    )


def sitemap(site: Site, headlines: tuple[str, ...] = HEADLINES) -> str:
    """A plain sitemap: addresses alone."""
    urls = "".join(f"<url><loc>{address(site, one)}</loc></url>" for one in headlines)
    about = f"<url><loc>{site.url}/about/</loc></url>"
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{about}{urls}</urlset>'


def posts(site: Site, number: int) -> list[dict[str, object]]:
    """Posts as WordPress gives them."""
    return [
        {
            "link": f"{site.url}/2026/03/02/story-number-{n}-of-the-town/",
            "title": {"rendered": f"Story Number {n} of the Town"},
            "date": "2026-03-02T09:00:00",
            "_embedded": {"author": [{"name": "Sam Pressman"}]},
        }
        for n in range(number)
    ]


def wordpress(site: Site, number: int, home: str = "<html><head></head></html>") -> dict[str, Page]:
    """The pages of a WordPress site with that many posts."""
    all_posts, pages = posts(site, number), {"/": home}
    for page in range(1, number // 100 + 2):
        some = all_posts[(page - 1) * 100 : page * 100]
        path = (
            f"/wp-json/wp/v2/posts?per_page=100&page={page}&_embed=author"
            "&_fields=link%2Ctitle%2Cdate%2Cstatus%2C_links%2C_embedded"
        )
        pages[path] = json.dumps(some) if some else (400, {}, b'{"code":"rest_post_invalid_page"}')
    return pages
