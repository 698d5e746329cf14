"""The builder's page sends an edition to WordPress and says what became of it."""

import dataclasses

import pytest

from feedback.domain.editor import Role
from feedback.export.deliver import bring_due
from feedback.export.targets.known import targets_of
from tests.export.wordpress_site import PASSWORD, USER, a_wordpress
from tests.factories import an_edition, approved
from tests.screens.desk_page import open_page

PAGE = "/desk/editions/eggs"


@pytest.fixture
def wordpress(newsroom, monkeypatch):
    """A WordPress site that the settings name."""
    with a_wordpress() as site:
        named = {"wordpress_url": site.url, "wordpress_user": USER, "wordpress_password": PASSWORD}
        monkeypatch.setattr(newsroom, "settings", dataclasses.replace(newsroom.settings, **named))
        yield site


@pytest.fixture
def edition(store):
    return an_edition(store, slug="eggs", groups=[(None, [approved(store)])])


def test_an_edition_is_sent_and_the_page_says_where_it_is(log_in, store, wordpress, edition):
    editor = log_in(Role.EDITOR)
    page = open_page(editor, PAGE).press("Send to WordPress")
    assert "It is on its way" in page.says
    assert "On its way" in page.main
    with targets_of((wordpress.url, USER, PASSWORD)) as targets:
        bring_due(store, targets)
    page = open_page(editor, PAGE)
    assert "Delivered" in page.main
    assert page.link("See it there") == wordpress.posts[1]["link"]
    assert "Send to WordPress again" in page.buttons


def test_what_is_not_ready_is_said(log_in, store, wordpress):
    an_edition(store, slug="eggs")
    page = open_page(log_in(Role.EDITOR), PAGE).press("Send to WordPress")
    assert "Not sent: There is no letter in it yet." in page.says


def test_without_a_site_there_is_no_button_and_no_way(log_in, edition):
    editor = log_in(Role.EDITOR)
    assert "Send to WordPress" not in open_page(editor, PAGE).buttons
    assert editor.post(f"{PAGE}/deliveries", data={"to": "wordpress"}).status_code == 404


def test_who_only_reads_cannot_send(log_in, wordpress, edition):
    reader = log_in(Role.READER_EDITOR)
    assert "Send to WordPress" not in open_page(reader, PAGE).buttons
    assert reader.post(f"{PAGE}/deliveries", data={"to": "wordpress"}).status_code == 403
