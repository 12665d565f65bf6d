"""The tokenizer: byte-level BPE over the corpus, both languages, with every common Han character.

A character that training's text seldom uses still gets a token of its own, so that an unheard-of
Chinese brand is copied character by character instead of byte by byte.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from v25.processing import SPECIAL_TOKENS
from v25.training import corpus, names

COVERAGE = 120
"""Times each Han character is shown to the trainer beside the corpus."""


def corpus_text(count: int, seed: int) -> Iterator[str]:
    """Commands and copies of `count` examples."""
    rng = random.Random(seed)
    for _ in range(count):
        example = corpus.example(corpus.draw_brief(rng), rng)
        yield example.command
        yield from (copy for _, copy in example.copies)


def train(vocabulary: int, count: int, seed: int) -> PreTrainedTokenizerFast:
    """Learns `vocabulary` tokens from `count` examples."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),  # prices are copied digit by digit
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=24,
    )
    tokenizer.train_from_iterator(_shown(count, seed), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=SPECIAL_TOKENS[0],
        bos_token=SPECIAL_TOKENS[1],
        eos_token=SPECIAL_TOKENS[2],
        additional_special_tokens=list(SPECIAL_TOKENS[3:]),
        clean_up_tokenization_spaces=False,
    )


def _shown(count: int, seed: int) -> Iterator[str]:
    yield from corpus_text(count, seed)
    for character in names.han_characters():
        yield "\n".join([character] * COVERAGE)


def build(out: Path, vocabulary: int, count: int = 60_000, seed: int = 1) -> None:
    """Trains and saves a tokenizer."""
    train(vocabulary, count, seed).save_pretrained(out)
