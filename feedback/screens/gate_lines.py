"""What must be true before print, and what the checks saw, a line each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.domain.column import VerificationPolicy
from feedback.domain.editor import Deed, Editor
from feedback.domain.finding import Result
from feedback.domain.gates import GATES, SHUT_BY, WRITERS_PART, gates, lacking, why_proof
from feedback.domain.letter import Letter
from feedback.domain.verification import Method, Outcome, Verification
from feedback.screens.desk_words import GATE_WORDS, METHOD_WORDS
from feedback.screens.shown import moment

# What a screen reader hears after a line's name, and the shape of its icon.
SHAPES = {
    Result.PASS: "pass",
    Result.NOTE: "note",
    Result.HOLD: "hold",
    Result.REFUSE: "refuse",
    Result.NOT_RUN: "off",
}


@dataclass(frozen=True)
class Line:
    """One gate or finding; `opens` is the panel that mends it, `button` that button's name."""

    result: Result
    name: str
    says: str
    evidence: Sequence[str] = ()
    opens: str = ""
    button: str = ""

    @property
    def shape(self) -> str:
        """The icon."""
        return SHAPES[self.result]


def gate_lines(letter: Letter, editor: Editor) -> list[Line]:
    """The gates that a rule can shut at all, or has shut."""
    true = gates(letter)
    return [
        _gate(letter, editor, gate, is_open=true[gate])
        for gate in GATES
        if gate in WRITERS_PART or not true[gate]
    ]


def _gate(letter: Letter, editor: Editor, gate: str, *, is_open: bool) -> Line:
    says = _SAY[gate](letter, is_open) if gate in _SAY else ""
    passed_over = (letter.overrides or {}).get(gate)
    result = Result.PASS if is_open else Result.HOLD
    if passed_over and not is_open:
        result = Result.NOTE
        says = _("%(says)s Passed over: “%(reason)s”", says=says, reason=passed_over)
    opens = button = ""
    if gate == "verified" and editor.may(Deed.VERIFY):
        opens, button = "verify", "Record verification"
    return Line(result, GATE_WORDS[gate], says, opens=opens, button=button)


def may_override(letter: Letter, editor: Editor) -> bool:
    """Whether this editor can pass over a gate that is shut."""
    return editor.may(Deed.SET_GATES) and bool(lacking(letter, GATES))


def _complete(letter: Letter, is_open: bool) -> str:
    words = {"article": _("article"), "name": _("name"), "town": _("town or state")}
    missing = [words[m] for m in letter.missing]
    if is_open and not missing:
        about = _("about no article in particular") if letter.is_general else _("article known")
        return str(_("Name and place known, %(article)s.", article=about))
    if is_open:
        return str(_("Known; %(missing)s not given, which the rule lets pass.", missing=missing[0]))
    return str(_("Missing: %(what)s.", what=", ".join(missing)))


def _verified(letter: Letter, is_open: bool) -> str:
    policy = letter.column.verification_policy
    learned = [v for v in letter.verifications if v.outcome is not Outcome.NO_ANSWER]
    last = learned[-1] if learned else None
    if last is not None and last.outcome is Outcome.DENIED:
        return str(_("Denied. %(how)s", how=_how(last)))
    if is_open:
        return _how(last) if last else str(_("This column asks for no verification."))
    if policy is VerificationPolicy.LINK_AND_CALL and last is not None:
        return str(_("%(how)s The column wants the link and a call.", how=_how(last)))
    if policy is VerificationPolicy.EDITOR and last is not None:
        return str(_("%(how)s The column wants an editor’s check as well.", how=_how(last)))
    if letter.verifications:
        return str(_("No answer yet. %(how)s", how=_how(letter.verifications[-1])))
    return str(_("The writer has not confirmed it."))


def _how(attempt: Verification) -> str:
    method = METHOD_WORDS[attempt.method]
    parts = [str(method), moment(attempt.at)]
    if attempt.method is not Method.LINK:
        parts.append(attempt.by_name)
    return ", ".join(parts).removesuffix(".") + "."


def _proofed(letter: Letter, is_open: bool) -> str:
    reasons = why_proof(letter)
    if is_open and not reasons:
        return str(_("Not needed: nothing was changed that the writer must see."))
    return str(_("The writer must see it: %(reasons)s.", reasons=", ".join(reasons)))


def _claims(letter: Letter, is_open: bool) -> str:
    if is_open:
        return str(_("No question is open."))
    return str(
        ngettext(
            "%(num)s question wants a source.",
            "%(num)s questions want a source.",
            letter.open_claims,
        )
    )


def _by_finding(gate: str) -> Callable[[Letter, bool], str]:
    """What the finding says that shuts the gate."""

    def say(letter: Letter, is_open: bool) -> str:
        found = [f.says for f in letter.findings if f.check in SHUT_BY[gate]]
        return "" if is_open else " ".join(found)

    return say


_SAY: dict[str, Callable[[Letter, bool], str]] = {
    "complete": _complete,
    "verified": _verified,
    "proofed": _proofed,
    "claims_checked": _claims,
    **{gate: _by_finding(gate) for gate in SHUT_BY},
}
