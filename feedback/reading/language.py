"""In which language a text is written, as far as its small words tell.

Where the library py3langid is installed (the extra `lang`), it is asked; else some languages are
told by their commonest words, and everything else is not told.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

MOST_READ = 1_000  # characters
LEAST_WORDS = 8  # fewer say too little
LEAST_SHARE, CLEAR = 0.12, 0.3  # of small words among all
AHEAD = 1.15  # times as many as of the second
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
SMALL_WORDS = {
    "en": frozenset(
        """
        the of and to in is that it for was on are as with they be at this have from or by not but
        what all were we when your can there an which their if will would who has more no out so
        about my our should people i you he she his her them been had do does than because us
        """.split()  # noqa: SIM905 -- a block of words reads better than a list
    ),
    "fr": frozenset(
        """
        le la les des du et est une dans pour qui que pas sur au aux avec ce cette nous vous ils
        elle sont ne ont mais ou leur notre votre plus être a il je un été comme tout
        """.split()  # noqa: SIM905 -- see above
    ),
    "de": frozenset(
        """
        der die das und ist nicht ein eine den dem zu mit von auf für im sich des auch es wir ich
        sie er dass hat haben war wird sind aus bei nach wie nur aber oder unser über einen
        """.split()  # noqa: SIM905 -- see above
    ),
    "pt": frozenset(
        """
        o a os as que não uma um do da dos das em no na nos nas para com por é foi são mais mas se
        ao como sua seu nossa nosso muito também já está ele ela isso
        """.split()  # noqa: SIM905 -- see above
    ),
    "it": frozenset(
        """
        il lo la gli le di che è e non un una per con del della dei delle nel nella sono si da al
        alla ma come più anche questo questa ha hanno nostro nostra
        """.split()  # noqa: SIM905 -- see above
    ),
    "es": frozenset(
        """
        de la que el en y los del se las por un para con no una su al lo como más pero sus le ya
        o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde
        nos durante todos uno les ni contra otros ese eso ante ellos esto mí antes algunos es
        son fue está están ser nuestra nuestro
        """.split()  # noqa: SIM905 -- see above
    ),
}
NAMES = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese",
    "it": "Italian", "zh": "Chinese", "ru": "Russian", "vi": "Vietnamese", "ko": "Korean",
    "ar": "Arabic", "tl": "Tagalog", "pl": "Polish", "uk": "Ukrainian", "ja": "Japanese",
    "nl": "Dutch", "hi": "Hindi", "ht": "Haitian Creole", "fa": "Persian", "el": "Greek",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """The ISO 639-1 code; None where there is too little text, or it cannot be told."""
    read = text[:MOST_READ]
    words = WORD.findall(read.casefold())
    if len(words) < LEAST_WORDS:
        return None
    english = _share(words, SMALL_WORDS["en"])
    if english >= CLEAR:
        return "en"  # as nearly all are
    classify = _library()
    if classify is not None:
        return classify(read)
    share = {code: _share(words, small) for code, small in SMALL_WORDS.items()}
    best, second = sorted(share, key=lambda code: -share[code])[:2]
    is_told = share[best] >= LEAST_SHARE and share[best] >= AHEAD * share[second]
    return best if is_told else None


def name_of(code: str) -> str:
    """The language's English name; the code itself where that is not known here."""
    return NAMES.get(code, code)


def _share(words: list[str], small: frozenset[str]) -> float:
    return sum(map(small.__contains__, words)) / len(words)


@cache
def _library() -> Callable[[str], str] | None:
    """py3langid's classifier where it is installed: it takes half a second to load."""
    if find_spec("py3langid") is None:
        return None
    classify = import_module("py3langid").classify
    return lambda text: str(classify(text)[0])
