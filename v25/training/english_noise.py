"""What hurried typing and speech do to a command."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from v25.training.english_words import REMARKS

_MARKED = re.compile(r"(\ue010[^\ue011]*\ue011)")
_DIGITS = {"1": "one", "2": "two", "3": "three", "11": "eleven"}
_SHORT = (
    ("please", "plz"),
    ("with", "w/"),
    ("you", "u"),
    ("your", "ur"),
    ("and", "&"),
    ("thanks", "thx"),
    ("picture", "pic"),
    ("description", "desc"),
    ("because", "cuz"),
    ("it's", "its"),
    ("don't", "dont"),
    ("they're", "theyre"),
    ("I'm", "im"),
)
_FILLERS = ("um", "uh", "please", "okay", "so", "well", "hey", "hi")


def noisy(text: str, rng: random.Random) -> str:
    """Lower case without stops, a typo, or a remark; marked values stay as they are."""
    kind = rng.choice(("lower", "lower", "typo", "remark", "both", "chat", "bare"))
    if kind in ("typo", "both"):
        text = _typo(text, rng)
    if kind == "remark":
        remark = rng.choice(REMARKS)
        stop = "" if text[-1] in ".!?" else "."
        text = f"{remark}. {text}" if rng.random() < 0.4 else f"{text}{stop} {remark}."
        text = re.sub(r"(^|[.!?] )([a-z])", lambda m: m[1] + m[2].upper(), text)
    if kind == "chat":
        text = _chatty(text, rng)
    if kind == "bare":
        text = _unmarked_only(text, lambda p: re.sub(r"\b(?:a|an|the|of|my|our) ", "", p))
    if kind in ("lower", "both", "chat", "bare"):
        pieces = _MARKED.split(text)
        pieces[::2] = [re.sub(r"[.?!;:]", "", p.lower()) for p in pieces[::2]]
        if rng.random() < 0.3:
            pieces[::2] = [p.replace(",", "") for p in pieces[::2]]
        text = "".join(pieces)
    return re.sub(r"\s+", " ", text.replace("\ue010", "").replace("\ue011", "")).strip()


def _unmarked_only(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to all but the marked values."""
    pieces = _MARKED.split(text)
    pieces[::2] = [change(p) for p in pieces[::2]]
    return "".join(pieces)


def _chatty(text: str, rng: random.Random) -> str:
    """Some words short, as on a phone, and a trailing sign."""
    for word, short in _SHORT:
        if rng.random() < 0.6:
            text = _unmarked_only(text, lambda p, w=word, s=short: re.sub(rf"\b{w}\b", s, p))
    return text.rstrip(".") + rng.choice(("", "", " :)", " !!", " ...", " xx", " 🙏", " ty"))


def _typo(text: str, rng: random.Random) -> str:
    """One or two letters of unmarked words swapped, dropped or doubled."""
    pieces = _MARKED.split(text)
    for _ in range(rng.choice((1, 1, 2))):
        where = [
            (i, m.start(), m.end())
            for i in range(0, len(pieces), 2)
            for m in re.finditer(r"(?<![\w'])[a-z]{4,}(?![\w'])", pieces[i])
        ]
        if not where:
            break
        i, start, end = rng.choice(where)
        word = pieces[i][start:end]
        k = rng.randint(1, len(word) - 2)
        wrong = rng.choice(
            (
                word[:k] + word[k + 1] + word[k] + word[k + 2 :],
                word[:k] + word[k + 1 :],
                word[:k] + word[k] + word[k:],
            )
        )
        pieces[i] = pieces[i][:start] + wrong + pieces[i][end:]
    return "".join(pieces)


def speak(text: str, rng: random.Random) -> str:
    """The words as one says them, of a marked text: lower-case letters, apostrophes, spaces."""
    if rng.random() < 0.1:
        starts = [m.start() for m in re.finditer("\ue010", text)]
        at = rng.choice(starts or [0])
        text = f"{text[:at]} {rng.choice(('um', 'uh'))} {text[at:]}"
    text = re.sub("[\ue010\ue011]", "", text)
    text = text.replace("é", "e")
    text = re.sub(r"\d+", lambda m: f" {_DIGITS.get(m[0], '')} ", text.lower())
    text = re.sub(r"\bx (one|two|three)\b", r"\1 times", text.replace("+", " and "))
    text = re.sub(r"[^a-z']+", " ", text)
    words = re.sub(r"(?<![a-z])'|'(?![a-z])", lambda m: "", text).split()
    if rng.random() < 0.2 and words[0] not in (*_FILLERS, "hello", "quick", "alright"):
        words.insert(0, rng.choice(_FILLERS))
    if rng.random() < 0.12 and "please" not in words:
        words.append("please")
    return " ".join(words)
