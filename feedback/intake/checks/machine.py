"""Help by machines that the letter declares, or that was left standing in it."""

import re

from feedback.domain.finding import Finding, Result
from feedback.domain.house_rules import AiPolicy
from feedback.intake.checks.context import Checked

VERSION = 1
MOST_READ = 40_000
MOST_SHOWN = 5
TOOL = (
    r"(?:chat\s?gpt|gpt-?[0-9]\w{0,4}|claude|gemini|copilot|llama|grok|a\.?i\.?|"
    r"artificial intelligence|a chat\s?bot|a language model)"
)
MADE = "written|drafted|composed|edited|generated|created|prepared|polished|assisted"
HELP = r"(?:help|assistance)\s(?:of|from)"
SAYS_SO = re.compile(
    rf"\b(?:{MADE})\s(?:in part\s|partly\s)?(?:with|by|using)\s(?:the\s)?(?:{HELP}\s)?{TOOL}\b"
    rf"|\b(?:with\s(?:the\s)?{HELP}|i\sused|i\sasked)\s{TOOL}\b"
    r"|\bas\san\s(?:ai|artificial intelligence)(?:\slanguage)?\s(?:model|assistant)\b"
    r"|\bas\sa\slarge\slanguage\smodel\b"
    r"|\b(?:certainly|sure|of course)[!,.]\shere(?:’|'| i)s\sa\s"
    r"(?:revised\s|draft\s|polished\s)?(?:letter|draft|version)\b"
    r"|\[(?:your|insert)\s(?:name|town|city|address|newspaper|date|title)[^\]\n]{0,40}\]"
    r"|\bi\shope\sthis\s(?:draft|letter)\s(?:helps|meets)\b",
    re.IGNORECASE,
)

# One of these stands in everything that the pattern finds.
SIGNS = (
    "gpt", "claude", "gemini", "copilot", "llama", "grok", " ai", "a.i", "intelligence", "bot",
    "language model", "[your", "[insert", "hope this", "here’s a", "here's a", "here is a",
)  # fmt: skip


def check(letter: Checked) -> Finding:
    """Note declared help, or hold it where the house refuses it. Style is never guessed at."""
    text = letter.text[:MOST_READ]
    low = text.casefold()
    is_likely = any(sign in low for sign in SIGNS)
    found = [" ".join(match[0].split()) for match in SAYS_SO.finditer(text)] if is_likely else []
    if not found:
        return Finding("machine", VERSION, Result.PASS, "No help by a machine is declared.")
    refuses = letter.rules.ai_policy is AiPolicy.REFUSE
    says = "A machine helped, by the letter’s own words."
    if refuses:
        says += " The house does not take such letters."
    outcome = Result.HOLD if refuses else Result.NOTE
    return Finding("machine", VERSION, outcome, says, tuple(dict.fromkeys(found))[:MOST_SHOWN])
