"""Lines of the house's history, in words."""

from flask_babel import lazy_gettext as _

from feedback.domain.house_event import HouseEvent, HouseEventKind

WORDS: dict[HouseEventKind, str] = {
    HouseEventKind.LOGGED_IN: _("Logged in"),
    HouseEventKind.LOCKED: _("Locked for a while"),
    HouseEventKind.ADDED: _("Taken on"),
    HouseEventKind.INVITED: _("Invited by mail"),
    HouseEventKind.JOINED: _("Took the invitation up"),
    HouseEventKind.DISABLED: _("Disabled"),
    HouseEventKind.ENABLED: _("Enabled"),
    HouseEventKind.ROLE_CHANGED: _("Role changed"),
    HouseEventKind.PASSWORD_SET: _("Password set"),
    HouseEventKind.SECOND_ON: _("Authenticator app turned on"),
    HouseEventKind.SECOND_OFF: _("Second factor turned off"),
    HouseEventKind.CODES_MADE: _("Recovery codes made"),
    HouseEventKind.CODE_USED: _("Recovery code used"),
    HouseEventKind.PASSKEY_ADDED: _("Passkey added"),
    HouseEventKind.PASSKEY_REMOVED: _("Passkey removed"),
    HouseEventKind.TOKEN_MADE: _("Token made"),
    HouseEventKind.TOKEN_REVOKED: _("Token revoked"),
    HouseEventKind.POLICY_CHANGED: _("Who needs a second factor was changed"),
    HouseEventKind.MAIL_SEEN: _("Mail looked at"),
    HouseEventKind.MAIL_ACCEPTED: _("Mail accepted as a letter"),
    HouseEventKind.SENDER_BLOCKED: _("Sender blocked"),
    HouseEventKind.SENDER_UNBLOCKED: _("Sender unblocked"),
    HouseEventKind.MAILBOX_LIVE: _("Mailbox went live"),
    HouseEventKind.MAILBOX_LOOKS: _("Mailbox only looked into"),
    HouseEventKind.MAIL_WORDS_CHANGED: _("Words of a mail changed"),
    HouseEventKind.RULES_CHANGED: _("Rules changed"),
}


def what_happened(line: HouseEvent) -> str:
    """What the line tells, as its table shows it."""
    return WORDS[line.kind]
