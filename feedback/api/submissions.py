"""Readers' letters from programs: apps, a newsroom's own pages, other systems."""

import hashlib
from collections.abc import Collection, Mapping

from flask import Blueprint, Response, request
from pydantic import ValidationError

from feedback.api.endpoint import endpoint, tell
from feedback.api.problems import wrong
from feedback.api.sent import LetterHeaders, LetterSent
from feedback.api.told import Received
from feedback.api.wrong_fields import checked, field_errors
from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.intake.fields import FieldError, read_fields
from feedback.intake.house_limits import require_house_rules
from feedback.intake.receive import receive as take
from feedback.newsroom import newsroom
from feedback.store.links import status_token

blueprint = Blueprint("api_submissions", __name__, url_prefix="/api/v1")

MOST_KEY = 200
KEY = "Idempotency-Key"


def check_letter(model: type[LetterSent], given: object) -> LetterSent:
    """A letter's fields in their kinds; a refusal names every field that is wrong in any way."""
    if not isinstance(given, dict):
        return checked(model, given)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        # What is missing or null is named by the rules, in their words.
        kinds = {e.field: e for e in field_errors(error) if e.code != "required"}
        errors = [*kinds.values(), *_broken_rules(given, kinds)]
        raise Refused("Your letter has not been sent yet.", "fields", {"errors": errors}) from error


def _broken_rules(given: Mapping[str, object], kinds: Collection[str]) -> list[FieldError]:
    sound = {
        name: value
        for name, value in given.items()
        if name in LetterSent.model_fields and name not in kinds and isinstance(value, str | bool)
    }
    try:
        read_fields(_as_typed(sound), Channel.API)
    except Refused as refused:
        return [e for e in refused.details["errors"] if e.field not in kinds]
    return []


@blueprint.post("/letters")
@endpoint(
    "receive_letter",
    needs=None,
    tells=Received,
    status=201,
    body=LetterSent,
    headers=LetterHeaders,
    check=check_letter,
)
def receive(body: LetterSent) -> Response:
    """Send a letter in.

    It is on disk when the answer leaves. With the header Idempotency-Key the same letter sent
    again is answered as the first time and stored once.
    """
    room = newsroom()
    submission = read_fields(_as_typed(dict(body)), Channel.API, key=_key())
    require_house_rules(submission, room.column().rules)
    match = room.article_meant(submission.article)
    keys, now = room.store.keys, room.store.clock()
    taken = take(room.letterbox, keys, room.house(), submission, match, now)
    answer = {
        "ref": taken.ref,
        "state": taken.state.value,
        "status_url": f"{room.base_url}/letters/{status_token(keys, taken)}",
        "missing": list(taken.missing),
    }
    return tell(answer, 201)


def _as_typed(fields: Mapping[str, str | bool | None]) -> dict[str, str]:
    """The fields as a form would send them."""
    return {
        name: value if isinstance(value, str) else ("true" if value else "false")
        for name, value in fields.items()
        if value is not None
    }


def _key() -> str | None:
    """What makes a repeat harmless, apart from the keys of forms; raises Refused."""
    given = request.headers.get(KEY, "").strip()
    if not given:
        return None
    if len(given) > MOST_KEY:
        raise wrong(KEY, "too_long", f"Shorten the key to {MOST_KEY} characters at most.")
    # A digest, so that any key fits beside its prefix.
    return "api:" + hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
