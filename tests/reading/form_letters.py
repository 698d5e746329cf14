"""Form letters as an interest group's site makes people send them, and honest ones beside them."""

import random

BEGINNINGS = ("lev", "bri", "cou", "rent", "tax", "sch", "wat", "pol", "far", "mon")
MIDDLES = ("en", "id", "nt", "er", "es", "ool", "ice", "mer", "ey", "al")
ENDINGS = ("", "s", "ing", "ed", "ly", "ness", "er", "est", "ism", "ward")
LEXICON = [f"{a}{b}{c}" for a in BEGINNINGS for b in MIDDLES for c in ENDINGS]
Sentences = list[list[str]]


def a_text(chance: random.Random, words: int = 150) -> Sentences:
    """Sentences whose words are as unevenly spread as in a language."""
    text: Sentences = []
    while sum(map(len, text)) < words:
        text.append(_sentence(chance))
    return text


def a_copy(chance: random.Random, form: Sentences) -> Sentences:
    """As somebody sends it: up to a fifth of the words changed, sentences dropped and moved, own
    first and last lines.
    """
    copy = [list(sentence) for sentence in form]
    places = [(n, at) for n, sentence in enumerate(copy) for at in range(len(sentence))]
    for n, at in chance.sample(places, int(len(places) * chance.uniform(0, 0.2))):
        copy[n][at] = _word(chance)
    if chance.random() < 0.6:
        del copy[chance.randrange(len(copy))]
    if chance.random() < 0.5:
        chance.shuffle(copy)
    return [_sentence(chance), *copy, _sentence(chance)]


def written(text: Sentences) -> str:
    """The sentences as a letter has them."""
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in text)


def _word(chance: random.Random) -> str:
    return LEXICON[int(len(LEXICON) ** chance.random()) - 1]


def _sentence(chance: random.Random) -> list[str]:
    return [_word(chance) for _ in range(chance.randint(7, 22))]
