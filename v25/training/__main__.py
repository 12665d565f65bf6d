"""`python -m v25.training STEP`: corpus, voices, tokenizer, commands, round, examples, card.

The whole recipe, on one GPU, with the photo zips at hand:

    python -m v25.training voices --count 12000 --out work/speech
    python -m v25.training tokenizer --out work/model
    python -m v25.training commands --out work/model
    python -m v25.training round --photos A.zip B.zip --validate C.zip D.zip \
        --packs work/speech/speech.zip --work work --out work/model --minutes 25 --teacher

A round is the stages vision and hearing side by side, then fit; each is a step of its own as well.
With `--start work/model`, and another `--work` and `--out`, they go on from a checkpoint. The
teacher of the photo stage needs two packages: see v25/training/teacher.py.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path

from v25.config import PRESETS


def main(arguments: list[str] | None = None) -> None:
    """Runs one step."""
    arguments = sys.argv[1:] if arguments is None else arguments
    steps = {
        "corpus": _corpus,
        "voices": _voices,
        "tokenizer": _tokenizer,
        "commands": _commands,
        "round": _round,
        "vision": _vision,
        "hearing": _hearing,
        "fit": _fit,
        "examples": _examples,
        "card": _card,
    }
    if not arguments or arguments[0] not in steps:
        raise SystemExit(f"{__doc__}\nchoose a step: {', '.join(steps)}")
    steps[arguments[0]](arguments[1:])


def _parser(step: str, about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m v25.training {step}", description=about)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _corpus(arguments: list[str]) -> None:
    from v25.training import corpus

    parser = _parser("corpus", "Prints examples: a command, then its copies.")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--spoken", action="store_true")
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    for _ in range(options.count):
        example = corpus.example(corpus.draw_brief(rng, spoken=options.spoken), rng, options.spoken)
        print(f"\n> {example.command}   [{example.brief.product}]")
        for style, copy in example.copies:
            print(f"  {style}: {copy}")


def _voices(arguments: list[str]) -> None:
    from v25.training import corpus, speech

    parser = _parser("voices", "Synthesises spoken commands and packs them.")
    parser.add_argument("--count", type=int, default=12_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int)
    parser.add_argument(
        "--languages", nargs="+", choices=("zh", "en"), default=["en", "zh"], help="in turn"
    )
    parser.add_argument("--engines", nargs="+", help="speak with these only")
    options = parser.parse_args(arguments)
    rows = corpus.spoken_briefs(options.count, options.seed, languages=options.languages)
    options.out.mkdir(parents=True, exist_ok=True)
    corpus.write_briefs(options.out / "briefs.jsonl", rows)
    texts = [(brief.command_language, text) for brief, text in rows]
    speech.build_pack(
        texts, options.out, seed=options.seed, workers=options.workers, engines=options.engines
    )


def _tokenizer(arguments: list[str]) -> None:
    from v25.training import tokenizer

    parser = _parser("tokenizer", "Learns byte-level BPE from the corpus.")
    parser.add_argument("--count", type=int, default=60_000, help="examples to learn from")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="base")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = PRESETS[options.preset].text.vocabulary
    tokenizer.build(options.out, vocabulary, options.count, options.seed)


def _commands(arguments: list[str]) -> None:
    from v25 import transcript
    from v25.training import corpus

    parser = _parser("commands", "Lists spoken commands for the language model of transcripts.")
    parser.add_argument("--count", type=int, default=12_000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / transcript.COMMANDS
    rows = corpus.spoken_briefs(options.count, options.seed, languages=("en", "zh"))
    transcript.write_commands(path, {text for _, text in rows})
    print(f"{options.count} commands, {path.stat().st_size} bytes: {path}")


def _round(arguments: list[str]) -> None:
    from v25.training import rounds

    rounds.main(arguments)


def _vision(arguments: list[str]) -> None:
    from v25.training import vision

    vision.main(arguments)


def _hearing(arguments: list[str]) -> None:
    from v25.training import hearing

    parser = _parser("hearing", "Trains the speech encoder with CTC.")
    parser.add_argument("--packs", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="base")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=hearing.Settings.rate, help="at its peak")
    parser.add_argument("--hardest", type=float, default=1.0, help="most variety of sounds, 0 to 1")
    parser.add_argument("--frozen", action="store_true", help="keep the convolutions as they are")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args(arguments)
    settings = hearing.Settings(
        minutes=options.minutes,
        batch=options.batch,
        rate=options.rate,
        hardest=options.hardest,
        frozen=options.frozen,
        compile=options.compile,
        seed=options.seed,
    )
    preset = PRESETS[options.preset]
    hearing.fit(options.packs, options.out, preset, settings, _device(), options.start)


def _fit(arguments: list[str]) -> None:
    from v25.training import curriculum, fit
    from v25.training.sampling import KINDS, Shape

    parser = _parser("fit", "Trains BERT, fusion and decision to write copy.")
    parser.add_argument("--work", type=Path, required=True, help="what vision and hearing wrote")
    parser.add_argument("--out", type=Path, required=True, help="holds the tokenizer")
    parser.add_argument("--photos", nargs="*", type=Path, default=[])
    parser.add_argument("--packs", nargs="*", type=Path, default=[])
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="base")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=6, help="for each kind of batch")
    parser.add_argument("--rate", type=float, default=fit.Settings.rate, help="at its peak")
    parser.add_argument("--keep", type=float, default=0.0, help="share of --start in the result")
    parser.add_argument("--same-eyes", action="store_true", help="keep --start's photo encoder")
    parser.add_argument("--same-ears", action="store_true", help="keep --start's speech encoder")
    parser.add_argument(
        "--long", nargs="*", type=_stage, metavar="TOKENSxROWS", help="learn catalogues as well"
    )
    parser.add_argument(
        "--found", nargs="?", type=_stage, const=curriculum.FOUND, metavar="TOKENSxROWS",
        help="learn the copy behind a look-up as well, of short catalogues and notes",
    )  # fmt: skip
    parser.add_argument(
        "--known", action="store_true",
        help="--start finds entries: catalogues of all lengths in turn",
    )  # fmt: skip
    parser.add_argument("--long-every", type=int, default=1, help="steps between two of them")
    parser.add_argument(
        "--features", type=Path, metavar="FOLDER",
        help="keeps what the encoders make of photos and sounds, or takes it from there",
    )  # fmt: skip
    parser.add_argument("--twin", action="store_true", help="the static twin, without gates")
    parser.add_argument("--rows", type=int, help="of every batch, for rehearsals")
    parser.add_argument("--rows-share", type=float, default=1.0, help="of each batch's usual rows")
    parser.add_argument("--every", type=int, default=100, help="steps between two lines")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args(arguments)
    if (options.same_eyes or options.same_ears) and options.start is None:
        parser.error("--same-eyes and --same-ears need --start, whose encoders they keep")
    settings = fit.Settings(
        minutes=options.minutes,
        workers=options.workers,
        compile=options.compile,
        seed=options.seed,
        every=options.every,
        rate=options.rate,
        keep=options.keep,
        same_eyes=options.same_eyes,
        same_ears=options.same_ears,
        found=options.found,
        known=options.known,
        long_every=options.long_every,
        features=options.features,
        long=() if options.long is None else tuple(options.long) or curriculum.STAGES,
        text_rate=options.rate * fit.Settings.text_rate / fit.Settings.rate,
    )
    shape = Shape()
    if options.rows:
        rows = dict.fromkeys(KINDS, options.rows)
        shape = replace(shape, sizes=tuple(replace(size, rows=rows) for size in shape.sizes))
    elif options.rows_share != 1:
        shape = shape.smaller(options.rows_share)
    fit.fit(
        options.work, options.out, options.photos, options.packs, options.preset, settings, shape,
        _device(), options.start, options.twin,
    )  # fmt: skip


def _examples(arguments: list[str]) -> None:
    from v25.training import examples

    examples.main(arguments)


def _card(arguments: list[str]) -> None:
    from v25.training import card

    card.main(arguments)


def _stage(text: str) -> tuple[int, int]:
    tokens, _, rows = text.partition("x")
    return int(tokens), int(rows)


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


if __name__ == "__main__":
    main()
