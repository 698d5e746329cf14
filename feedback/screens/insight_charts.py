"""Bars drawn on the server by pygal, as pictures that follow the reader's light or dark.

A picture has its own address, so that its style sheet is its own: the page's rules allow none
inside. What pygal adds beside the drawing (a script for tool tips, remarks) is taken out.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
WIDE, NARROW = 760, 340  # as the page's columns are
LYING, LYING_WIDE, LYING_NARROW = 380, 700, 290
BAR = 30  # height of a bar that lies
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_LABEL, MOST_LABEL_WIDE = 20, 60  # characters
MOST_LABELS = {WIDE: 8, NARROW: 3}
# The tokens of static/css/tokens.css: a picture cannot read the page's.
COLORS = """
svg text { fill: #454b52 !important; font-family: system-ui, Roboto, sans-serif !important; }
svg * { transition: none !important; }
svg .text-overlay text.value { text-anchor: start !important; }
svg .axis .line, svg .axis .guides.line { stroke: #d7dbdf !important; }
svg .rect { fill: #1a4f9c !important; fill-opacity: 1 !important; stroke: none !important; }
@media (prefers-color-scheme: dark) {
  svg text { fill: #c0c4c8 !important; }
  svg .axis .line, svg .axis .guides.line { stroke: #343a40 !important; }
  svg .rect { fill: #8db7f4 !important; }
}
"""


@dataclass(frozen=True)
class Bars:
    """What a picture shows: labels with their numbers; `is_lying` where labels are words."""

    labels: Sequence[str]
    numbers: Sequence[int]
    is_lying: bool
    is_wide: bool = False  # has room for long labels


def draw(bars: Bars, *, is_narrow: bool) -> bytes:
    """The picture as SVG."""
    pygal = _library()
    width = NARROW if is_narrow else WIDE
    kind = pygal.HorizontalBar if bars.is_lying else pygal.Bar
    wide = _lying(bars, is_narrow=is_narrow) if bars.is_lying else width
    chart = kind(
        style=pygal.style.Style(
            background="transparent",
            plot_background="transparent",
            font_family="sans-serif",
            label_font_size=12,
            major_label_font_size=12,
            value_font_size=12,
        ),
        js=[],
        width=wide,
        height=len(bars.labels) * BAR + 16 if bars.is_lying else 230,
        margin=4,
        spacing=6,
        show_legend=False,
        print_values=bars.is_lying,
        print_values_position="top",
        range=(0, max([*bars.numbers, 1]) * (1.15 if bars.is_lying else 1)),
        min_scale=1,
        max_scale=5,
        explicit_size=True,
        disable_xml_declaration=True,
        pretty_print=False,
    )
    chart.value_formatter = lambda number: f"{number:,.0f}"
    most = MOST_LABEL_WIDE if bars.is_wide and not is_narrow else MOST_LABEL
    labels = [_short(NOT_XML.sub(" ", label), most) for label in bars.labels]
    numbers = list(bars.numbers)
    if bars.is_lying:
        labels.reverse()
        numbers.reverse()
        chart.show_x_labels = False
    else:
        step = -(-len(labels) // MOST_LABELS[width])
        chart.x_labels_major = labels[::step]
        chart.show_minor_x_labels = False
        chart.truncate_label = -1
    chart.x_labels = labels
    chart.add("", numbers)
    return _plain(chart.render())


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


@cache
def _library() -> Any:
    """pygal, which takes a tenth of a second: whoever looks at no chart does not wait for it."""
    import pygal

    # It puts a look-up for its maps into Python's own imports, of a kind that Python has given up
    # (each later import would warn); there are no maps here.
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)
    ]
    return pygal


def _lying(bars: Bars, *, is_narrow: bool) -> int:
    if is_narrow:
        return LYING_NARROW
    return LYING_WIDE if bars.is_wide else LYING


def _plain(drawn: bytes) -> bytes:
    """Without script, remarks and tool tips; with colors for light and dark."""
    root = etree.fromstring(drawn, etree.XMLParser(remove_comments=True, no_network=True))
    for tag in ("script", "title", "desc"):
        for found in list(root.iter(f"{SVG}{tag}")):
            found.getparent().remove(found)
    for tips in root.xpath("//*[contains(@class, 'tooltip-overlay')]"):
        tips.getparent().remove(tips)
    style = etree.SubElement(root, f"{SVG}style")
    style.text = COLORS
    return bytes(etree.tostring(root))
