"""Fixtures that many tests share: a tiny network with everything in it, and its checkpoint."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # before any import: tests use no network
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.pop("V25_SPEECH_MODEL", None)  # a developer's own; the tests bring theirs

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from v25.api import V25Model
from v25.config import TINY, V25Config
from v25.model.network import V25Network
from v25.processing import SPECIAL_TOKENS

SENTENCES = (
    "Write copy for these running shoes, light and breathable.",
    "Three versions please: premium, playful and a story.",
    "A jacket that keeps the rain out, 20% off this weekend only.",
    "Organic apples, crisp and sweet, picked for the whole family.",
    "Describe the dress in the photo for summer parties.",
    "Short and simple, brand Aurora, price $49.",
    "帮我写一段文案，突出透气和轻便。",
    "为这款连衣裙写小红书种草文案，适合夏天。",
    "新鲜苹果，香甜多汁，全家人都爱吃。",
    "品牌是晨光，价格九十九元，限时优惠。",
    "写三种风格：高端、俏皮、故事。",
    "舒适百搭的外套，上班旅行都合适。",
)
TINY_LABELS = (("shoes", "shoes"), ("dress", "dress"), ("Granny-Smith", "apple"), ("Kiwi", "kiwi"))


def small_tokenizer() -> PreTrainedTokenizerFast:
    """A byte-level BPE of the same make as the model's own, learnt from a dozen sentences."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=SPECIAL_TOKENS[0],
        bos_token=SPECIAL_TOKENS[1],
        eos_token=SPECIAL_TOKENS[2],
        additional_special_tokens=list(SPECIAL_TOKENS[3:]),
        clean_up_tokenization_spaces=False,
    )


@pytest.fixture(scope="session")
def tiny_tokenizer() -> PreTrainedTokenizerFast:
    return small_tokenizer()


@pytest.fixture(scope="session")
def tiny_sizes(tiny_tokenizer: PreTrainedTokenizerFast) -> V25Config:
    """Every part of the model, nothing big."""
    return replace(
        TINY,
        labels=TINY_LABELS,
        text=replace(TINY.text, vocabulary=len(tiny_tokenizer)),
        speech=replace(TINY.speech, characters="abcdefghijklmnopqrstuvwxyz' "),
    )


@pytest.fixture(scope="session")
def tiny_network(tiny_sizes: V25Config) -> V25Network:
    """Fresh weights, always the same; tests that change them make their own copy."""
    with torch.random.fork_rng():
        torch.manual_seed(20)
        network = V25Network.from_sizes(tiny_sizes)
        for layer in (*network.fusion.layers, *network.decision.layers):
            torch.nn.init.normal_(layer.attention.gate.weight, std=0.5)  # gates that differ
    return network.eval().requires_grad_(False)


@pytest.fixture(scope="session")
def tiny_checkpoint(
    tiny_network: V25Network,
    tiny_tokenizer: PreTrainedTokenizerFast,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The tiny network and its tokenizer on disk, the weights in several shards."""
    folder = tmp_path_factory.mktemp("checkpoint") / "tiny"
    tiny_network.save_pretrained(folder, max_shard_size="300KB")
    tiny_tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_model(tiny_checkpoint: Path) -> V25Model:
    return V25Model(tiny_checkpoint, device="cpu")


@pytest.fixture(scope="session")
def photo() -> np.ndarray:
    """An upright photo of coloured noise, `(height, width, 3)`."""
    return np.random.default_rng(1).integers(0, 255, (300, 200, 3), np.uint8)


@pytest.fixture(scope="session")
def sound() -> tuple[int, np.ndarray]:
    """A second and a half of quiet noise."""
    samples = np.random.default_rng(2).normal(0, 0.1, 24_000).astype(np.float32)
    return 16_000, samples


@pytest.fixture(scope="session")
def photo_file(photo: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    Image.fromarray(photo).save(path)
    return path
