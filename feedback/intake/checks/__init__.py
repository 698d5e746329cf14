"""The checks, in the order in which the page shows them; each is pure, named, versioned.

A check whose rule the house does not ask leaves no finding at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from feedback.domain.finding import Finding
from feedback.domain.house_rules import AiPolicy, Strictness
from feedback.intake.checks import (
    article,
    blackout,
    claims,
    contact,
    disposable,
    election,
    exclusive,
    group,
    hidden,
    language,
    length,
    links,
    machine,
    place,
    quota,
    region,
    sender,
    shouting,
    signature,
    slurs,
    spam,
    threats,
    withheld,
)
from feedback.intake.checks.context import Checked


def _always(_letter: Checked) -> bool:
    return True


@dataclass(frozen=True)
class Check:
    """A check's name, the version of its rule, the rule, and whether the house asks it."""

    name: str
    version: int
    run: Callable[[Checked], Finding]
    is_asked: Callable[[Checked], bool] = _always


def _has_quota(letter: Checked) -> bool:
    return letter.rules.quota is not Strictness.OFF and letter.rules.quota_letters > 0


CHECKS: tuple[Check, ...] = (
    Check("withheld", withheld.VERSION, withheld.check),
    Check("sender", sender.VERSION, sender.check, lambda one: one.auth is not None),
    Check("threats", threats.VERSION, threats.check, lambda one: bool(one.rules.threats)),
    Check("slurs", slurs.VERSION, slurs.check, lambda one: bool(one.rules.slurs)),
    Check("article", article.VERSION, article.check),
    Check("signature", signature.VERSION, signature.check),
    Check("place", place.VERSION, place.check),
    Check("region", region.VERSION, region.check, lambda one: bool(one.rules.states)),
    Check("length", length.VERSION, length.check),
    Check("quota", quota.VERSION, quota.check, _has_quota),
    Check("blackout", blackout.VERSION, blackout.check, lambda one: bool(one.rules.blackouts)),
    Check(
        "election", election.VERSION, election.check, lambda one: one.rules.election_on is not None
    ),
    Check(
        "group",
        group.VERSION,
        group.check,
        lambda one: one.rules.group_letters is not Strictness.OFF,
    ),
    Check(
        "exclusive",
        exclusive.VERSION,
        exclusive.check,
        lambda one: one.rules.exclusivity is not Strictness.OFF,
    ),
    Check(
        "machine",
        machine.VERSION,
        machine.check,
        lambda one: one.rules.ai_policy is not AiPolicy.SILENT,
    ),
    Check("language", language.VERSION, language.check),
    Check("claims", claims.VERSION, claims.check),
    Check("contact", contact.VERSION, contact.check),
    Check("links", links.VERSION, links.check),
    Check("shouting", shouting.VERSION, shouting.check),
    Check("hidden", hidden.VERSION, hidden.check),
    Check("disposable", disposable.VERSION, disposable.check, lambda one: bool(one.email_host)),
    Check("spam", spam.VERSION, spam.check, lambda one: one.learned is not None),
)

__all__ = ["CHECKS", "Check", "Checked"]
