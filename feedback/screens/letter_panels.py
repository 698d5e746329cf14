"""What asks for more before it is done: its form takes the place of the buttons."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from feedback.accounts.guard import current_editor
from feedback.desk.decide import DECLINE_REASONS, MOST_HOLD
from feedback.desk.edit import EDITABLE
from feedback.desk.edit_values import TEXT
from feedback.desk.route_on import may_route_on
from feedback.domain.article import Article
from feedback.domain.editor import Deed, Editor
from feedback.domain.letter import Letter
from feedback.domain.other_desk import OtherDesk
from feedback.domain.verification import EDITORS_METHODS, Outcome
from feedback.intake.article_match import match_article
from feedback.newsroom import newsroom
from feedback.screens.edit_aids import aids_of
from feedback.screens.edit_form import EditForm, form_of, with_house_style
from feedback.screens.finding_lines import may_ask
from feedback.screens.gate_lines import may_override
from feedback.screens.letter_buttons import buttons_of, grave_steps, may_place
from feedback.store import drafts, editions, proposals
from feedback.store.work import Work

PANELS = {
    "hold": "desk/panels/hold.html",
    "decline": "desk/panels/decline.html",
    "withdraw": "desk/panels/withdraw.html",
    "kill": "desk/panels/kill.html",
    "place": "desk/panels/place.html",
    "verify": "desk/panels/verify.html",
    "override": "desk/panels/override.html",
    "article": "desk/panels/article.html",
    "source": "desk/panels/source.html",
    "route": "desk/panels/route.html",
}
Offer = dict[str, object]


def may_edit(letter: Letter, editor: Editor) -> bool:
    """Whether text, signature or article can be changed by this editor now."""
    return letter.state in EDITABLE and editor.may(Deed.DRAFT_EDIT)


def may_open(letter: Letter, editor: Editor, do: str) -> bool:
    """Whether a panel (or “edit”) is open to this editor in the letter's state."""
    rules: dict[str, Callable[[], bool]] = {
        "edit": lambda: may_edit(letter, editor),
        "tidy": lambda: may_edit(letter, editor),
        "article": lambda: may_edit(letter, editor),
        "source": lambda: may_ask(letter, editor),
        "route": lambda: may_route_on(letter, editor),
        "verify": lambda: editor.may(Deed.VERIFY),
        "override": lambda: may_override(letter, editor),
        "place": lambda: may_place(letter, editor),
        "withdraw": lambda: "withdraw" in grave_steps(letter, editor),
        "kill": lambda: "kill" in grave_steps(letter, editor),
        "hold": lambda: "hold" in _bar(letter, editor),
        "decline": lambda: "decline" in _bar(letter, editor),
    }
    return do in rules and rules[do]()


def offered(work: Work, letter: Letter, do: str, typed: Mapping[str, str]) -> Offer:
    """What the open form has to choose from; `typed` is what was sent with it before."""
    offers: dict[str, Callable[[], Offer]] = {
        "edit": lambda: _edited(_form(work, letter, typed), letter),
        "tidy": lambda: _edited(with_house_style(_form(work, letter, typed)), letter),
        "hold": lambda: _days(work, letter),
        "decline": lambda: {"reasons": DECLINE_REASONS},
        "route": lambda: {"desks": _desks(letter)},
        "place": lambda: {"drafts": editions.drafts(work)},
        "verify": lambda: {"methods": EDITORS_METHODS, "outcomes": list(Outcome)},
        "article": lambda: {"may_be": _may_be(work, letter, typed.get("article"))},
    }
    return offers[do]() if do in offers else {}


def _form(work: Work, letter: Letter, typed: Mapping[str, str]) -> EditForm:
    draft = drafts.of_editor(work, letter.id, current_editor().id or 0)
    proposal = proposals.asked_for(work, letter.id, typed.get("proposal", ""))
    return form_of(letter, typed, draft, proposal)


def _edited(form: EditForm, letter: Letter) -> Offer:
    return {"form": form, "aids": aids_of(letter, form.values[TEXT])}


def _bar(letter: Letter, editor: Editor) -> set[str]:
    return {button.value for button in buttons_of(letter, editor)}


def _desks(letter: Letter) -> list[tuple[OtherDesk, str]]:
    """Every other desk with its address, which is empty while nobody has said it."""
    return [(desk, letter.column.rules.desks.get(desk.value, "")) for desk in OtherDesk]


def _days(work: Work, letter: Letter) -> Offer:
    today = work.now.astimezone(letter.column.zone).date()
    until = letter.hold_until or today + timedelta(days=letter.column.hold_days)
    return {"until": until, "first_day": today, "last_day": today + MOST_HOLD}


def _may_be(work: Work, letter: Letter, typed: str | None) -> list[tuple[Article, float | None]]:
    """Articles that the letter may answer, the likeliest first, the present one left out."""
    match = match_article(work, typed or letter.article_given, newsroom().hosts)
    found: list[tuple[Article, float | None]] = list(match.may_be)
    if match.article is not None and match.article.id not in {a.id for a, _score in found}:
        found.insert(0, (match.article, match.score))
    return [pair for pair in found if pair[0].id != letter.article_id]
