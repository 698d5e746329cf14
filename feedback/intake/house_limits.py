"""What the rules of the house ask of a letter that a writer sends: refused kindly, at the field."""

from feedback.domain.errors import Refused
from feedback.domain.house_rules import HouseRules, Strictness
from feedback.domain.submission import Submission
from feedback.intake.fields import FieldError
from feedback.reading.words import word_count


def require_house_rules(submission: Submission, rules: HouseRules) -> None:
    """Raise Refused (kind `fields`, `details["errors"]`) where the form does not take a letter.

    A letter that comes another way is taken, and a check says it.
    """
    errors = []
    if rules.words_hard and rules.over_length is Strictness.REFUSE:
        words = word_count(submission.remarks)
        if words > rules.words_hard:
            says = (
                f"Your letter has {words:,} words. Shorten it to {rules.words_hard:,} at most, "
                "please."
            )
            errors.append(FieldError("remarks", "too_many_words", says))
    if rules.needs_phone and not submission.phone:
        says = "Give a telephone number: we ring to check that it is yours. It is never printed."
        errors.append(FieldError("phone", "required", says))
    if errors:
        raise Refused("Your letter has not been sent yet.", "fields", {"errors": errors})
