"""Photo, waveform and words to a batch; the limits, and the sentence that a bad setting gets.

No network here. `v25.media` reads the files.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from numbers import Integral, Real
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from v25 import lexicon
from v25.config import V25Config
from v25.media import Photo, Sound, normalise, read_photo, read_sound
from v25.schema import Batch, Request, V25Error
from v25.transcript import COMMANDS, beam_search, collapse, command_model

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

STYLE_TOKENS = tuple(f"<|{style}|>" for style in lexicon.STYLES)
SPECIAL_TOKENS = ("<pad>", "<s>", "</s>", *STYLE_TOKENS)
"""Padding, start, end, and one token that opens a variant in each style."""
PAD, START, END, FIRST_STYLE = range(4)
LOOKUP = START
"""Begins what the model reads out of a catalogue before it writes: what the command tells the entry
by, a line break, the entry's line. The start token's own sign serves again, since it stands nowhere
else among what is written."""

CURRENCIES = "$¥￥€£"
"""Signs that stand before the number of a price."""
ENDS = ".!?。！？…"
"""Characters that a sentence ends with."""
MAX_CHARACTERS = 65_536
MAX_LENGTH = 2048
MOST_THREADS = 8
"""That read photos and sounds side by side: on 16 cores more of them took longer."""


class Processor:
    """Turns requests into a batch, and the network's symbols back into words."""

    def __init__(
        self,
        config: V25Config,
        tokenizer: PreTrainedTokenizerFast,
        commands: Path | None = None,
    ) -> None:
        self.config = config
        self.tokenizer = tokenizer
        self.commands = commands
        # what people type is words, even when it looks like one of the model's own marks
        self.fast = tokenizer.backend_tokenizer
        self.fast.encode_special_tokens = True
        self.fast.no_padding()
        self.fast.no_truncation()

    @classmethod
    def from_pretrained(cls, config: V25Config, folder: str | Path) -> Processor:
        """With the tokenizer, and the list of commands if any, beside the weights in `folder`."""
        from transformers import PreTrainedTokenizerFast

        commands = Path(folder) / COMMANDS
        tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
        return cls(config, tokenizer, commands if commands.exists() else None)

    def batch(self, requests: Sequence[Request]) -> Batch:
        """Reads and checks every input of `requests`.

        Raises:
            V25Error: an input is missing, unreadable or out of range.
        """
        for request in requests:
            check_request(request)
        photos = _each(self.read_photo, [r.image for r in requests])
        sounds = _each(self.read_audio, [r.audio for r in requests])
        texts = tuple((r.text or "").strip() for r in requests)
        return Batch(
            pixels=self._pixels(photos),
            has_image=torch.tensor([p is not None for p in photos]),
            waveform=_waveforms(sounds),
            samples=torch.tensor([0 if s is None else len(s.samples) for s in sounds]),
            sounds=tuple(None if s is None else s.samples for s in sounds),
            texts=texts,
            photos=tuple(None if p is None else p.small for p in photos),
        )

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Token ids, and the characters `(start, stop)` that each stands for.

        Raises:
            V25Error: more tokens than the model reads.
        """
        text = text.encode("utf-8", "replace").decode()  # half a character (a surrogate) to "?"
        encoding = self.fast.encode(text, add_special_tokens=False)
        limit = self.config.text.max_tokens
        if len(encoding.ids) > limit:
            raise V25Error(
                "too_many_tokens",
                f"The text has {len(encoding.ids):,} tokens and the model reads at most "
                f"{limit:,}; please shorten it.",
                limit=limit,
                length=len(encoding.ids),
            )
        return encoding.ids, encoding.offsets

    @functools.cached_property
    def ends(self) -> frozenset[int]:
        """Tokens that end a sentence."""
        words = {i: self.decode([i]).rstrip() for i in range(self.fast.get_vocab_size())}
        return frozenset(i for i, word in words.items() if word and word[-1] in ENDS)

    @functools.cached_property
    def digits(self) -> tuple[int, ...]:
        """Tokens that begin with a digit."""
        return tuple(i for i, spelling in enumerate(self.spellings) if spelling[:1].isdigit())

    @functools.cached_property
    def of_prices(self) -> frozenset[int]:
        """Tokens that end amid a price: in a digit, a point or the last byte of a currency sign."""
        last = {sign.encode()[-1] for sign in (*"0123456789.,", *CURRENCIES)}
        return frozenset(i for i, s in enumerate(self.spellings) if s and s[-1] in last)

    @functools.cached_property
    def currency(self) -> dict[str, tuple[int, ...]]:
        """Tokens that each sign of `CURRENCIES` ends."""
        spellings = list(enumerate(self.spellings))
        return {
            sign: tuple(i for i, spelling in spellings if spelling.endswith(sign.encode()))
            for sign in CURRENCIES
        }

    @functools.cached_property
    def spellings(self) -> tuple[bytes, ...]:
        """The bytes that each token stands for; none for the special ones."""
        from transformers.convert_slow_tokenizer import bytes_to_unicode

        signs = {sign: byte for byte, sign in bytes_to_unicode().items()}
        tokens = map(self.fast.id_to_token, range(self.fast.get_vocab_size()))
        return tuple(
            b"" if token in SPECIAL_TOKENS else bytes(map(signs.__getitem__, token))
            for token in tokens
        )

    def decode(self, ids: Sequence[int]) -> str:
        """Words of `ids`, special tokens left out; an unfinished character ends in U+FFFD."""
        return self.fast.decode(list(ids), skip_special_tokens=True)

    def transcript(
        self, log_probabilities: np.ndarray, doubted: Callable[[str], bool] = lambda _: False
    ) -> str:
        """CTC's `(F, characters + 1)` log probabilities to text.

        With the checkpoint's list of commands it is searched for (`doubted`: see
        `v25.transcript.beam_search`); without one each frame's best class counts.

        Raises:
            V25Error: the list is damaged.
        """
        characters = self.config.speech.characters
        if self.commands is None:
            return collapse(log_probabilities.argmax(-1).tolist(), characters)
        model = command_model(self.commands)
        return beam_search(log_probabilities, characters, model, doubted=doubted)

    def prepare_transcripts(self) -> None:
        """Makes the model of commands now (a second or two), not at the first sound.

        Raises:
            V25Error: the list is damaged.
        """
        if self.commands is not None:
            command_model(self.commands)

    def read_audio(self, audio: Any) -> Sound:
        """A path, `(rate, samples)` or `Sound` to mono sound at the encoder's rate.

        Raises:
            V25Error: unreadable, empty, silent or too long.
        """
        speech = self.config.speech
        return read_sound(audio, speech.sample_rate, speech.max_seconds)

    def read_photo(self, image: Any) -> Photo:
        """A path, PIL image or array to what the encoder takes.

        Raises:
            V25Error: unreadable or too large.
        """
        return read_photo(image, self.config.image.size)

    def _pixels(self, photos: list[Photo | None]) -> Tensor | None:
        if not any(photos):
            return None
        size = self.config.image.size
        # not in torch, as in `_waveforms`: to wake all of its threads takes longer than the work
        pixels = np.zeros((len(photos), 3, size, size), np.uint8)
        for row, photo in zip(pixels, photos, strict=True):
            if photo is not None:
                row[:] = photo.pixels.numpy()
        return torch.from_numpy(pixels)


def _each(read: Callable[[Any], Any], given: Sequence[Any]) -> list[Any]:
    """What `read` makes of all that is not None: side by side, as decoding lets go of Python."""

    def one(value: Any) -> Any:
        return None if value is None else read(value)

    count = sum(value is not None for value in given)
    if count < 2:
        return list(map(one, given))
    with ThreadPoolExecutor(min(count, MOST_THREADS, os.cpu_count() or 1)) as pool:
        return list(pool.map(one, given))


def check_request(request: Request) -> None:
    """Checks what can be checked without reading a file.

    Raises:
        V25Error: no input at all, or a setting out of range.
    """
    _check_types(request)
    if not (request.text or "").strip() and request.image is None and request.audio is None:
        raise V25Error("no_input", "There is no input; please give a text, a photo or a recording.")
    if request.text and len(request.text) > MAX_CHARACTERS:
        raise V25Error(
            "text_too_long",
            f"The text has {len(request.text):,} characters and the model reads at most "
            f"{MAX_CHARACTERS:,}; please shorten it.",
            limit=MAX_CHARACTERS,
            length=len(request.text),
        )
    if not 1 <= request.max_length <= MAX_LENGTH:
        raise V25Error(
            "max_length_out_of_range",
            f"max_length must be 1 to {MAX_LENGTH}; it is {request.max_length}.",
            value=request.max_length,
            most=MAX_LENGTH,
        )
    if not 0 <= request.temperature <= 5:
        raise V25Error(
            "temperature_out_of_range",
            f"temperature must be 0 to 5; it is {request.temperature}.",
            value=request.temperature,
        )
    if not 0 < request.top_p <= 1:
        raise V25Error(
            "top_p_out_of_range",
            f"top_p must be above 0 and at most 1; it is {request.top_p}.",
            value=request.top_p,
        )
    _check_gates(request.gates)


def _check_gates(gates: object) -> None:
    if gates is None:
        return
    if not isinstance(gates, Mapping) or not all(_is_place(place) for place in gates):
        raise V25Error(
            "wrong_type",
            "gates must be a mapping of (layer, head) to numbers.",
            name="gates",
            wanted="{(layer, head): number}",
        )
    for (layer, head), value in gates.items():
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not 0 <= value <= 1:  # NaN is not either
            raise V25Error(
                "gate_out_of_range",
                f"A forced gate must be 0 to 1; that of head [{layer}][{head}] is {value!r}.",
                layer=layer,
                head=head,
                value=value,
            )


def _is_place(place: object) -> bool:
    pair = isinstance(place, tuple) and len(place) == 2
    return pair and all(isinstance(i, Integral) and not isinstance(i, bool) for i in place)


def check_places(places: Iterable[tuple[int, int]], layers: int, heads: int) -> None:
    """Whether every `(layer, head)` of forced gates is there.

    Raises:
        V25Error: one is not.
    """
    for layer, head in places:
        if not (0 <= layer < layers and 0 <= head < heads):
            raise V25Error(
                "no_such_head",
                f"There is no head [{layer}][{head}]: the model has {layers} layers of {heads} "
                "heads.",
                layer=layer,
                head=head,
                layers=layers,
                heads=heads,
            )


def _check_types(request: Request) -> None:
    kinds: dict[str, tuple[type | UnionType, str]] = {
        "text": (str | None, "a string"),
        "max_length": (int, "a whole number"),
        "temperature": (Real, "a number"),
        "top_p": (Real, "a number"),
        "seed": (int | None, "a whole number or None"),
        "capture": (bool, "True or False"),
    }
    for name, (kind, wanted) in kinds.items():
        value = getattr(request, name)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise V25Error(
                "wrong_type",
                f"{name} must be {wanted}; it is {type(value).__name__}.",
                name=name,
                wanted=wanted,
            )


def check_heads(heads: int, most: int) -> int:
    """The budget, when it is 1 to `most`.

    Raises:
        V25Error: it is not.
    """
    if isinstance(heads, bool) or not isinstance(heads, int) or not 1 <= heads <= most:
        raise V25Error(
            "heads_out_of_range",
            f"attention_heads must be a whole number from 1 to {most}; it is {heads!r}.",
            value=heads,
            most=most,
        )
    return heads


def _waveforms(sounds: list[Sound | None]) -> Tensor | None:
    lengths = [0 if s is None else len(s.samples) for s in sounds]
    if not any(lengths):
        return None
    waveform = np.zeros((len(sounds), max(lengths)), np.float32)
    for row, sound in zip(waveform, sounds, strict=True):
        if sound is not None:
            row[: len(sound.samples)] = normalise(sound.samples)
    return torch.from_numpy(waveform)
