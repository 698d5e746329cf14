"""Settle the rules of a column: a chief's deed, noted in the log."""

import logging
from collections.abc import Mapping
from typing import Any

from feedback.domain.column import Column
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused, Stale
from feedback.store import site_reading
from feedback.store.work import Work

log = logging.getLogger(__name__)


def settle(column: Column, rules: Mapping[str, Any], by: Editor, version: int | None) -> list[str]:
    """Give the column these rules (as `read_rules` read them); returns which ones changed.

    Another site is looked at anew, from its first page on. Raises NotAllowed, Stale.
    """
    by.require(Deed.SETTINGS)
    if version is not None and version != column.version:
        raise Stale("Somebody else has changed the settings meanwhile.", column.version)
    changed = [name for name, value in rules.items() if getattr(column, name) != value]
    for name in changed:
        setattr(column, name, rules[name])
    if "site_url" in changed and "articles_url" not in changed:
        column.articles_url = ""
    if {"site_url", "articles_url"} & set(changed):
        column.articles_kind, column.articles_problem = "", ""
        column.articles_read_at = None
    if changed:
        log.info("settings of column %s changed by account %s: %s", column.id, by.id, changed)
    return changed


def set_up(
    work: Work, column: Column, rules: Mapping[str, Any], by: Editor, version: int | None
) -> None:
    """The first chief has answered what a newsroom is asked at its first start.

    Raises NotAllowed, Stale.
    """
    settle(column, rules, by, version)
    column.set_up_at = work.now


def read_site_now(work: Work, column: Column, by: Editor) -> None:
    """Let the worker read the site's articles at once. Raises NotAllowed, Refused."""
    by.require(Deed.SETTINGS)
    if not column.site_url and not column.articles_url:
        raise Refused("Save the address of your site first.", "fields", {"field": "site_url"})
    site_reading.ask_again(work, column.id)
