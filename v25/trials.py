"""What an evaluation asks: requests from files, drawn briefs, recordings of them, and photos.

Everything drawn comes from the combinations that training never draws, with brands that nobody
has seen, spoken by the voices that are kept for evaluation.
"""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from v25 import lexicon
from v25.labels import LABEL_PRODUCTS
from v25.measures import Kind
from v25.scoring import Expect, StyleJudge
from v25.shelf import INSIDE, PhotoShelf, TrialError
from v25.training import corpus
from v25.training.brief import Brief, Language

SENSES = ("text", "photo+text", "speech", "speech+photo")
"""Modalities of the gates' requests that say something; "photo" alone says nothing."""
JUDGE_COPIES = 120
"""Copies of each style and language that a judge of styles learns from."""


@dataclass(frozen=True)
class Trial:
    """One request and what its answer should hold.

    Attributes:
        text: typed command.
        image: path, or "ZIP::NAME".
        audio: path.
        expect: what is scored.
        groups: names of the columns that it counts in.
    """

    text: str | None
    image: str | None
    audio: str | None
    expect: Expect
    groups: tuple[str, ...] = ()

    @property
    def senses(self) -> tuple[bool, bool]:
        """Whether it has a photo, and a recording."""
        return self.image is not None, self.audio is not None


def read_trials(path: Path) -> list[Trial]:
    """Requests from JSON lines; see `python -m v25.evaluation --help`.

    Raises:
        TrialError: the file, a line or what it points to is missing or wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrialError(f"There is no readable file {path}.") from error
    trials = [
        _trial(line, path.parent, f"{path}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not trials:
        raise TrialError(f"{path} holds no line.")
    return trials


def write_trials(path: Path, trials: Sequence[Trial]) -> None:
    """JSON lines that `read_trials` reads, paths relative to the file."""

    def relative(source: str | None) -> str | None:
        archive, separator, name = (source or "").partition(INSIDE)
        return os.path.relpath(archive, path.parent) + separator + name if source else None

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for trial in trials:
            row = {"text": trial.text, "image": relative(trial.image)}
            row |= {"audio": relative(trial.audio), "expect": _given(asdict(trial.expect))}
            out.write(json.dumps(_given(row), ensure_ascii=False) + "\n")


def draw_trials(count: int, seed: int, shelf: PhotoShelf | None = None) -> list[Trial]:
    """Typed briefs; with a shelf, every other one shows its product instead of naming it."""
    rng = random.Random(f"evaluation-{seed}")
    trials = []
    for number in range(count):
        image = None
        if shelf is not None and number % 2:
            product, image = shelf.draw(rng)
            brief = corpus.draw_brief(rng, product=product, named=False, reserved=True)
        else:
            brief = corpus.draw_brief(rng, named=True, reserved=True)
        command = corpus.GRAMMARS[brief.command_language].command(brief, rng)
        shown = "photo" if image else "named"
        groups = (brief.language, shown) if shelf is not None else (brief.language,)
        trials.append(Trial(command, image, None, expected(brief), groups))
    return trials


def photo_trials(shelf: PhotoShelf, seed: int) -> list[Trial]:
    """Every photo once, with a typed command that leaves the product to it."""
    rng = random.Random(f"photo-briefs-{seed}")
    trials = []
    for label, image in shelf.items:
        product = LABEL_PRODUCTS.get(label, label)
        brief = corpus.draw_brief(rng, product=product, named=False, reserved=True)
        command = corpus.GRAMMARS[brief.command_language].command(brief, rng)
        groups = (lexicon.PRODUCTS[product].group,)
        trials.append(Trial(command, image, None, expected(brief), groups))
    return trials


def draw_orders(count: int, seed: int) -> list[tuple[Brief, Trial]]:
    """Typed briefs for one copy each that name their product; the copies' languages in turn."""
    rng = random.Random(f"variety-{seed}")
    drawn: list[tuple[Brief, Trial]] = []
    while len(drawn) < count:
        brief = corpus.draw_brief(rng, named=True, reserved=True)
        if len(brief.styles) == 1 and brief.language == ("zh", "en")[len(drawn) % 2]:
            command = corpus.GRAMMARS[brief.command_language].command(brief, rng)
            trial = Trial(command, None, None, expected(brief), (brief.language,))
            drawn.append((brief, trial))
    return drawn


def record_trials(
    count: int, seed: int, folder: Path, shelf: PhotoShelf | None = None, noise: float | None = None
) -> list[Trial]:
    """Spoken briefs; one that leaves the product to a photo gets a photo, or is left out.

    Args:
        count: how many.
        seed: decides briefs and photos.
        folder: where the recordings go.
        shelf: photos.
        noise: white noise at this signal-to-noise ratio in dB.

    Raises:
        TrialError: the machine cannot speak.
    """
    rng = random.Random(f"photos-{seed}")
    chosen: list[tuple[Brief, str, str | None]] = []
    wanted = {"zh": count - count // 2, "en": count // 2}
    most = count
    while any(wanted.values()):  # more are drawn until enough of each language fit
        chosen, most = [], most * 2
        wanted = {"zh": count - count // 2, "en": count // 2}
        for brief, command in corpus.spoken_briefs(most, seed, reserved=True):
            images = shelf.products.get(brief.product, []) if shelf and not brief.name else []
            if wanted[brief.command_language] and (brief.name or images):
                wanted[brief.command_language] -= 1
                chosen.append((brief, command, rng.choice(images) if images else None))
    paths = record([(b.command_language, text) for b, text, _ in chosen], folder, noise, seed)
    return [
        Trial(
            None,
            image,
            str(path),
            replace(expected(brief), transcript=command),
            (f"said {brief.command_language}",),
        )
        for (brief, command, image), path in zip(chosen, paths, strict=True)
    ]


def can_speak() -> bool:
    """Whether this machine has the engines of the voices kept for evaluation."""
    return all(shutil.which(program) for program in ("flite", "espeak-ng"))


def record(
    items: Sequence[tuple[Language, str]], folder: Path, noise: float | None = None, seed: int = 0
) -> list[Path]:
    """Wave files of commands by the voices kept for evaluation, with white noise if asked.

    Raises:
        TrialError: the machine cannot speak.
    """
    from v25.training.speech import build_reserved

    if not can_speak():
        raise TrialError("Spoken commands need the programs flite and espeak-ng; install both.")
    try:
        paths = build_reserved(items, folder)
    except (RuntimeError, OSError) as error:
        raise TrialError(f"A command could not be recorded: {error}.") from error
    generator = np.random.default_rng(seed)
    for path in paths if noise is not None else ():
        samples, rate = soundfile.read(path, dtype="float32")
        soundfile.write(path, add_noise(samples, noise, generator), rate, subtype="PCM_16")
    return paths


def add_noise(samples: np.ndarray, ratio_db: float, generator: np.random.Generator) -> np.ndarray:
    """`(S,)` samples with white noise at this signal-to-noise ratio, never beyond full scale."""
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    noise = generator.normal(0, np.sqrt(power / 10 ** (ratio_db / 10)), samples.shape)
    noisy = samples + noise
    return (noisy / max(1.0, float(np.abs(noisy).max()))).astype(np.float32)


def gate_trials(
    per_kind: int, seed: int, folder: Path, shelf: PhotoShelf | None, spoken: bool
) -> list[tuple[Kind, Trial]]:
    """Requests of every kind: modality, language of command and copy, number of copies."""
    rng = random.Random(f"gates-{seed}")
    made: list[tuple[Kind, Trial]] = []
    said: list[tuple[Language, str]] = []
    languages: tuple[Language, ...] = ("zh", "en")
    senses = [s for s in SENSES if (spoken or "speech" not in s) and (shelf or "photo" not in s)]
    kinds = [(s, lang, n) for s in senses for lang in languages for n in (1, 2, 3)]
    for modality, language, copies in (kind for kind in kinds for _ in range(per_kind)):
        is_spoken = "speech" in modality
        product, image = shelf.draw(rng) if shelf and "photo" in modality else (None, None)
        brief = _plain_brief(rng, product, language, copies, is_spoken)
        command = corpus.GRAMMARS[language].command(brief, rng, is_spoken)
        audio = str(len(said)) if is_spoken else None  # the recording's number, for now
        if is_spoken:
            said.append((language, command))
        trial = Trial(None if is_spoken else command, image, audio, expected(brief))
        made.append((Kind(modality, language, str(copies)), trial))
    paths = record(said, folder) if said else []
    made = [
        (kind, replace(t, audio=str(paths[int(t.audio)])) if t.audio else t) for kind, t in made
    ]
    for _ in range(per_kind if shelf else 0):
        made.append((Kind("photo", None, None), Trial(None, shelf.draw(rng)[1], None, Expect())))
    return made


def _plain_brief(
    rng: random.Random, product: str | None, language: Language, copies: int, spoken: bool
) -> Brief:
    """A brief whose command and copy are both in `language`; it names what no photo shows."""
    while True:
        brief = corpus.draw_brief(
            rng, product=product, named=product is None, spoken=spoken, reserved=True
        )
        if brief.language == brief.command_language == language and len(brief.styles) == copies:
            return brief


def expected(brief: Brief) -> Expect:
    """What the copy of a brief must hold: what its command says, and the product."""
    return Expect(
        copies=len(brief.styles),
        points=brief.points if brief.points_asked else None,
        brand=brief.brand,
        price=brief.price,
        language=brief.language,
        styles=brief.styles if brief.styles_asked else None,
        product=brief.product,
        copy_name=brief.copy_name,
    )


@functools.cache
def style_judge(language: Language) -> StyleJudge:
    """A judge of styles that has read the corpus."""
    return StyleJudge(_judge_copies(language, JUDGE_COPIES, "judge"))


def judge_accuracy(language: Language, count: int = 30) -> float:
    """Share of fresh copies of the corpus, `count` of each style, that the judge tells rightly."""
    judge = style_judge(language)
    pairs = list(_judge_copies(language, count, "judged"))
    return sum(judge.tell(copy) == style for style, copy in pairs) / len(pairs)


def _judge_copies(language: Language, count: int, seed: str) -> Iterator[tuple[str, str]]:
    rng = random.Random(f"{seed}-{language}")
    for style in tuple(lexicon.STYLES) * count:
        brief = corpus.draw_brief(rng)
        name = getattr(lexicon.PRODUCTS[brief.product], language)[0]
        brief = replace(brief, language=language, styles=(style,), copy_name=name)
        yield style, corpus.GRAMMARS[language].copy(brief, style, rng)


def _trial(line: str, folder: Path, where: str) -> Trial:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise TrialError(f"{where}: this is no JSON.") from error
    if not isinstance(row, dict) or not isinstance(row.get("expect", {}), dict):
        raise TrialError(f"{where}: this is no object with an object 'expect'.")
    sources = {name: row.get(name) or None for name in ("text", "image", "audio")}
    if any(not isinstance(v, str) for v in sources.values() if v is not None):
        raise TrialError(f"{where}: text, image and audio must be strings.")
    if not any(sources.values()):
        raise TrialError(f"{where}: there is neither text nor image nor audio.")
    for name in ("image", "audio"):
        if sources[name]:
            sources[name] = str(folder / sources[name])
            file = sources[name].partition(INSIDE)[0]
            if not Path(file).is_file():
                raise TrialError(f"{where}: there is no file {file}.")
    try:
        expect = Expect.from_json(row.get("expect", {}))
    except ValueError as error:
        raise TrialError(f"{where}: {error}.") from error
    groups = (expect.language,) if expect.language else ()
    return Trial(**sources, expect=expect, groups=groups)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
