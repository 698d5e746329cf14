"""The spam filter learns anew from what editors spiked as spam and what they kept."""

from feedback.reading.spam_sense import Learned, learn, words_of
from feedback.store import spam_words
from feedback.store.spam_words import Text
from feedback.store.work import Store

LEAST_DECISIONS = 200  # before it says anything
LEAST_OF_A_KIND = 20


def learn_spam(store: Store) -> Learned | None:
    """Learn from the newest decisions as they stand now, and keep it; None: too few of them.

    What was restored, erased or undone is forgotten by that. The counting holds nobody up: it
    happens between two transactions.
    """
    with store.read() as work:
        spam, kept = spam_words.spiked(work), spam_words.kept(work)
    learned = None
    is_enough = len(spam) + len(kept) >= LEAST_DECISIONS
    if is_enough and min(len(spam), len(kept)) >= LEAST_OF_A_KIND:
        learned = learn(_words(spam), _words(kept))
    with store.work() as work:
        spam_words.put(work, learned)
    return learned


def _words(texts: list[Text]) -> list[set[str]]:
    return [words_of(text, (name, standing)) for text, name, standing in texts]
