"""An edition becomes a draft of a WordPress site: one, whatever happens on the way."""

from datetime import timedelta

import httpx
import pytest

from feedback.domain.delivery import DeliveryState, TargetKind
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused
from feedback.edition.publish import publish, unpublish
from feedback.export.deliver import TRY_AGAIN, bring_due, order
from feedback.export.targets.known import targets_of
from feedback.export.targets.target import Never, NotNow, Post
from feedback.export.targets.wordpress import WordPress
from feedback.store import deliveries, editions
from tests.export.wordpress_site import PASSWORD, USER, a_wordpress
from tests.factories import a_letter, an_edition, an_editor, approved

PUBLISHER = an_editor(Role.PUBLISHER)
POST = Post("letters-2026-11-09", "Of Eggs", "<p>Dear editor</p>", "Eggs.", "We Hear You")


@pytest.fixture
def wordpress():
    with a_wordpress() as site:
        yield site


@pytest.fixture
def edition(store):
    """The slug of an edition with two letters that are ready."""
    an_edition(store, slug="eggs", groups=[(None, [approved(store), approved(store)])])
    return "eggs"


def ordered(store, slug="eggs", by=PUBLISHER):
    with store.work() as work:
        found = editions.by_slug(work, slug, to_change=True)
        return order(work, found, TargetKind.WORDPRESS, by).id


def brought(store, site):
    with targets_of((site.url, USER, PASSWORD)) as targets:
        return bring_due(store, targets)


def delivery(store, number):
    with store.read() as work:
        return deliveries.one(work, number)


def test_an_edition_becomes_a_draft_in_the_columns_category(store, edition, wordpress):
    number = ordered(store)
    assert brought(store, wordpress) == 1
    (post,) = wordpress.alive()
    assert post["status"] == "draft"
    assert post["categories"] == [7]
    assert "<!-- wp:paragraph -->" in post["content"]
    assert post["excerpt"]
    done = delivery(store, number)
    assert (done.state, done.remote_id) == (DeliveryState.DONE, "1")
    assert done.remote_url == post["link"]
    assert brought(store, wordpress) == 0


def test_sent_again_it_is_brought_up_to_date_in_place(store, edition, wordpress):
    ordered(store)
    brought(store, wordpress)
    wordpress.posts[1]["status"] = "publish"  # by the site's own editor
    with store.work() as work:
        editions.by_slug(work, "eggs", to_change=True).title = "Of Hens"
    ordered(store)
    brought(store, wordpress)
    (post,) = wordpress.alive()
    assert post["title"] == "Of Hens"
    assert post["status"] == "publish"


def test_a_post_that_was_deleted_over_there_is_made_anew(store, edition, wordpress):
    ordered(store)
    brought(store, wordpress)
    wordpress.posts[1]["status"] = "trash"
    ordered(store)
    brought(store, wordpress)
    assert len(wordpress.alive()) == 1


def test_two_presses_are_one_delivery(store, edition, wordpress):
    assert ordered(store) == ordered(store)
    assert brought(store, wordpress) == 1


def test_a_try_that_was_cut_off_makes_no_second_post(wordpress, monkeypatch):
    monkeypatch.setattr("feedback.export.targets.wordpress.TIMEOUT", 0.2)
    wordpress.answer_late = 0.5
    site = WordPress(wordpress.url, USER, PASSWORD)
    with pytest.raises(NotNow, match="did not answer"):
        site.put(POST, None)
    wordpress.answer_late = 0.0
    assert site.put(POST, None).remote_id == "1"
    site.close()
    assert len(wordpress.alive()) == 1


@pytest.mark.parametrize("stopped_after", ["claimed", "sent"])
def test_whoever_is_stopped_in_between_it_is_one_post(
    store, edition, wordpress, clock, stopped_after, monkeypatch
):
    ordered(store)
    if stopped_after == "claimed":
        with store.work() as work:
            deliveries.claim(work)
    else:
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr("feedback.export.deliver._write_down", _stop)
            brought(store, wordpress)
    assert brought(store, wordpress) == 0  # the lease of whoever was stopped
    clock.advance(deliveries.LEASE + timedelta(seconds=1))
    assert brought(store, wordpress) == 1
    assert len(wordpress.alive()) == 1


def _stop(*_):
    raise KeyboardInterrupt


def test_a_site_that_is_away_is_tried_again_and_given_up_in_the_end(
    store, edition, wordpress, clock
):
    number = ordered(store)
    for pause in TRY_AGAIN:
        wordpress.answers = [503]
        brought(store, wordpress)
        waits = delivery(store, number)
        assert waits.state is DeliveryState.WAITING
        assert waits.problem == "WordPress says: 503."
        clock.advance(pause)
    wordpress.answers = [503]
    brought(store, wordpress)
    assert delivery(store, number).state is DeliveryState.FAILED


def test_a_user_who_may_not_write_is_said_without_the_password(store, edition, wordpress):
    number = ordered(store)
    with targets_of((wordpress.url, USER, "wrong")) as targets:
        bring_due(store, targets)
    failed = delivery(store, number)
    assert failed.state is DeliveryState.FAILED
    assert "does not let this user write" in failed.problem
    assert "wrong" not in failed.problem


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (httpx.Response(200, text="<html>Hello</html>"), Never, "no WordPress at this address"),
        (httpx.Response(404, json={"message": "No route was found"}), Never, "No route was found"),
        (httpx.Response(429, json={}), NotNow, "429"),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example"}), Never, "302"),
    ],
)
def test_what_else_is_answered_is_said_in_a_line(answer, error, says):
    site = WordPress(
        "https://news.example.com", USER, PASSWORD, httpx.MockTransport(lambda _: answer)
    )
    with pytest.raises(error, match=says):
        site.put(POST, None)
    site.close()


def test_a_draft_with_a_letter_that_is_not_ready_does_not_leave(store, wordpress):
    shut = approved(store)
    with store.work() as work:
        work.session.get(type(shut), shut.id).is_name_changed = True
    an_edition(store, slug="eggs", groups=[(None, [shut])])
    with pytest.raises(Refused) as caught:
        ordered(store)
    assert caught.value.kind == "gates"


def test_an_empty_edition_does_not_leave(store):
    an_edition(store, slug="none")
    with pytest.raises(Refused, match="no letter"):
        ordered(store, "none")


def test_who_only_reads_sends_nothing(store, edition):
    with pytest.raises(NotAllowed):
        ordered(store, by=an_editor(Role.READER_EDITOR))


def test_a_published_edition_that_was_delivered_stays(store, edition, wordpress):
    with store.work() as work:
        publish(work, editions.by_slug(work, edition, to_change=True), PUBLISHER, None)
    ordered(store)
    brought(store, wordpress)
    with store.work() as work, pytest.raises(Refused, match="delivered already"):
        unpublish(work, editions.by_slug(work, edition, to_change=True), PUBLISHER, None)


def test_a_draft_that_was_sent_ahead_hinders_no_undo_of_its_print(store, edition, wordpress, clock):
    ordered(store)
    brought(store, wordpress)
    clock.advance(timedelta(minutes=1))
    with store.work() as work:
        publish(work, editions.by_slug(work, edition, to_change=True), PUBLISHER, None)
    with store.work() as work:
        unpublish(work, editions.by_slug(work, edition, to_change=True), PUBLISHER, None)


def test_a_withheld_name_does_not_reach_the_site(store, wordpress):
    letter = approved(store)
    with store.work() as work:
        found = work.session.get(type(letter), letter.id)
        found.is_withheld, found.withhold_reason = True, "My job."
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    with store.work() as work:
        publish(
            work,
            editions.by_slug(work, "eggs", to_change=True),
            an_editor(Role.CHIEF),
            None,
            "The chief knows why.",
        )
    ordered(store)
    brought(store, wordpress)
    assert letter.name not in str(wordpress.posts)


def test_no_letter_of_another_edition_goes_along(store, edition, wordpress):
    a_letter(store, remarks="Nobody has decided about this one.")
    ordered(store)
    brought(store, wordpress)
    assert "Nobody has decided" not in str(wordpress.posts)
