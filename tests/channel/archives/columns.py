"""Exports of WordPress for tests."""

from pathlib import Path
from xml.sax.saxutils import escape

OURS = (Path(__file__).parents[2] / "golden/edition/wordpress.html").read_text()
CLASSIC = """\
<em>Editor's note: We asked about trains.—Ann Editor</em>

[caption id="1"]<img src="x.png"> A train—so long, Max[/caption]

<strong>Dear Daily Signal:</strong> Regarding <a href="https://news.example.com/trains?a=1&amp;b=2">the
trains</a>, I like them.

They run on time. As it was said: &#8220;All aboard.&#8221;&#8212;Abraham Lincoln

So be it.<strong>&#8212;Jane Q. Reader, Spokane, Wash.</strong>

***

Buses are better.

&#8212;Max Writer, Paris, Ohio

&nbsp;

Write us at letters@example.com.
"""


def an_item(
    title: str = "We Hear You: Trains",
    html: str = CLASSIC,
    *,
    number: int = 1,
    at: str = "2019-03-02 23:30:00",
    gmt: str = "2019-03-03 04:30:00",
    kind: str = "post",
    status: str = "publish",
    categories: tuple[str, ...] = ("Opinion",),
) -> str:
    """One post as WordPress writes it."""
    listed = "".join(f'<category domain="category"><![CDATA[{c}]]></category>' for c in categories)
    return f"""<item>
<title>{escape(title)}</title>
<link>https://news.example.com/?p={number}</link>
<guid isPermaLink="false">https://news.example.com/?p={number}</guid>
<description></description>
<content:encoded><![CDATA[{html.replace("]]>", "]]]]><![CDATA[>")}]]></content:encoded>
<excerpt:encoded><![CDATA[Max—so short]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[{at}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{gmt}]]></wp:post_date_gmt>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
{listed}
</item>
"""


def an_export(*items: str) -> str:
    """A whole file."""
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>News</title><wp:wxr_version>1.2</wp:wxr_version>
{"".join(items)}</channel></rss>
"""
