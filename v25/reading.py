"""Perception of a run: photos, sounds and words of its requests become one prompt."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from v25.listening import Recogniser
from v25.live import Heard, LivePhoto, LiveSound
from v25.media import LazyMedia
from v25.model.network import HEARD, IMAGE, SPEECH, TEXT, Prompt, V25Network
from v25.naming import names_another, seen_name
from v25.notes import Note, as_read
from v25.processing import PAD, Processor
from v25.replays import Replays
from v25.rows import Row, Stopwatch
from v25.schema import EMBEDDED, Label, Request, Token

TOP_LABELS = 5
WHOLE_PHOTO = (0.0, 0.0, 1.0, 1.0)

Ready = TypeVar("Ready", Heard, LivePhoto)
Part = tuple[Tensor, Tensor, Tensor]
"""Tokens `(B, N, D)`, their mask and their kind `(B, N)`."""


class Reader:
    """Reads the requests of a run, and notes in its rows what it saw and heard."""

    def __init__(
        self,
        network: V25Network,
        processor: Processor,
        recogniser: Recogniser | None,
        rows: Sequence[Row],
        watch: Stopwatch,
        replays: Replays | None = None,
    ) -> None:
        self.see = network.image.look if replays is None else replays.look
        self.read = network.read if replays is None else replays.read
        self.contextual = None if replays is None else replays.contextual
        self.network, self.processor, self.recogniser = network, processor, recogniser
        self.rows, self.watch, self.device = rows, watch, network.device
        self._sensed: list[Part] = []

    def prompt(self) -> Prompt:
        """The tokens of all modalities.

        Raises:
            V25Error: an input is bad.
        """
        requests = [_settled(row.request) for row in self.rows]
        batch = self.processor.batch(requests)
        for row, small, sound in zip(self.rows, batch.photos, batch.sounds, strict=True):
            rate = self.network.sizes.speech.sample_rate
            row.media = LazyMedia(small, sound, rate, (row.request.text or "").strip() or None)
        self.watch.lap("read")
        parts = []
        if batch.pixels is not None:
            looked = [self._own(request.image, LivePhoto) for request in requests]
            parts.append(self._see(batch.pixels, batch.has_image, looked))
        if batch.waveform is not None:
            heard = [self._own(request.audio, Heard) for request in requests]
            parts.append(self._hear(batch.waveform, batch.samples, heard))
            if self.recogniser is not None and self.recogniser.usable:
                self._listen(self.recogniser, batch.sounds)
        self._sensed = parts
        each = zip(self.rows, batch.texts, strict=True)
        typed = [as_read(text, row.sentences.quote) for row, text in each]
        return self._joined(self.rows, typed, parts)

    def again(self, places: Sequence[int]) -> Prompt:
        """The prompts of the requests at `places`, their notes in place of what was typed."""
        index = torch.tensor(places, device=self.device)
        rows = [self.rows[place] for place in places]
        parts = [(part[0][index], part[1][index], part[2][index]) for part in self._sensed]
        return self._joined(rows, [row.note for row in rows], parts)

    def _joined(self, rows: Sequence[Row], typed: Sequence[Note], parts: Sequence[Part]) -> Prompt:
        words = self._read(rows, typed)
        prompt = self.network.join([*parts, *([] if words is None else [words])])
        self._name_tokens(rows, prompt)
        return prompt

    def _own(self, given: Any, kind: type[Ready]) -> Ready | None:
        """`given` where this run's network has read it already."""
        return given if isinstance(given, kind) and given.network is self.network else None

    def _see(self, pixels: Tensor, has_image: Tensor, looked: Sequence[LivePhoto | None]) -> Part:
        network = self.network
        new = [index for index, photo in enumerate(looked) if photo is None]
        if new:
            some = pixels if len(new) == len(pixels) else pixels[new]
            fresh = self.see(some.to(self.device))  # as bytes: a quarter of what floats would be
        if len(new) == len(looked):
            features = fresh
        else:
            rows = iter(fresh if new else ())
            features = torch.stack([p.features if p else next(rows) for p in looked])
        tokens, logits = network.see(features)
        shares = logits.float().softmax(-1).cpu()
        for row, share, there in zip(self.rows, shares, has_image.tolist(), strict=True):
            if there:
                row.perception = self._labels(share)
        mask = has_image.to(self.device)[:, None].expand(tokens.shape[:2])
        self.watch.lap("image")
        return tokens, mask, torch.full_like(mask, IMAGE, dtype=torch.long)

    def _labels(self, share: Tensor) -> tuple[Label, ...]:
        names = self.network.sizes.labels
        best = share.topk(min(TOP_LABELS, len(names)))
        pairs = zip(best.values.tolist(), best.indices.tolist(), strict=True)
        return tuple(Label(*names[i], probability=p) for p, i in pairs)

    def _hear(self, waveform: Tensor, samples: Tensor, heard: Sequence[Heard | None]) -> Part:
        speech = self.network.speech
        frames, inside = self._frames(waveform, samples, heard)
        told = speech.transcribe(frames).float().log_softmax(-1).cpu().numpy()
        for row, letters, length in zip(self.rows, told, inside.sum(1).tolist(), strict=True):
            if row.request.audio is not None:
                doubted = names_another(row.perception, row.request.text or "")
                row.transcript = self.processor.transcript(letters[:length], doubted)
                row.listener = EMBEDDED
        tokens, mask = speech.tokens(frames, inside)
        self.watch.lap("speech")
        return tokens, mask, torch.full_like(mask, SPEECH, dtype=torch.long)

    def _frames(
        self, waveform: Tensor, samples: Tensor, heard: Sequence[Heard | None]
    ) -> tuple[Tensor, Tensor]:
        """As `SpeechEncoder.frames`; of sounds that were `heard`, only what is left is done."""
        speech = self.network.speech
        new = [index for index, sound in enumerate(heard) if sound is None]
        if len(new) == len(heard):
            waveform = waveform.to(self.device).to(self.network.dtype)
            return speech.frames(waveform, samples.to(self.device))
        made = {
            i: sound.frames(self.contextual)[0]
            for i, sound in enumerate(heard)
            if sound is not None
        }
        if new:
            some = waveform[new].to(self.device).to(self.network.dtype)
            fresh, inside = speech.frames(some, samples[new].to(self.device))
            made |= {i: row[mask] for i, row, mask in zip(new, fresh, inside, strict=True)}
        lengths = torch.tensor([len(made[i]) for i in range(len(heard))])
        frames = pad_sequence([made[i] for i in range(len(heard))], batch_first=True)
        inside = torch.arange(frames.shape[1]) < lengths[:, None]
        return frames, inside.to(self.device)

    def _listen(self, recogniser: Recogniser, sounds: Sequence[np.ndarray | None]) -> None:
        """Its transcripts for the embedded encoder's, which stay where it fails.

        One sound at a time: some recognisers hear other words in a padded batch.
        """
        rate = self.network.sizes.speech.sample_rate
        for row, sound in zip(self.rows, sounds, strict=True):
            heard = None if sound is None else recogniser.transcribe(sound, rate)
            if heard is not None:
                row.transcript, row.listener = heard, recogniser.name
        self.watch.lap("listen")

    def _read(self, rows: Sequence[Row], notes: Sequence[Note]) -> Part | None:
        words = [self._words(row, note) for row, note in zip(rows, notes, strict=True)]
        longest = max(len(ids) for ids, _ in words)
        if longest == 0:
            return None
        ids = torch.tensor([i + [PAD] * (longest - len(i)) for i, _ in words], device=self.device)
        heard = torch.tensor([h + [0] * (longest - len(h)) for _, h in words], device=self.device)
        lengths = torch.tensor([len(i) for i, _ in words], device=self.device)
        mask = torch.arange(longest, device=self.device) < lengths[:, None]
        tokens = self.read(ids, heard, mask)
        self.watch.lap("text")
        return tokens, mask, torch.where(heard > 0, HEARD, TEXT)

    def _words(self, row: Row, note: Note) -> tuple[list[int], list[int]]:
        """Ids of what was typed and heard, and for each whether it was heard.

        A spoken command over a photo is told the name of what is surely seen there, unless it
        names a product itself: among so much sound the photo's own token alone went unheeded now
        and then.
        """
        transcript = row.transcript or ""
        typed, typed_at = self.processor.encode(note.text)
        heard, heard_at = self.processor.encode(transcript)
        row.prompt_tokens = [
            *(Token(note.text[a:b], "text", note.place(a, b)) for a, b in typed_at),
            *(Token(transcript[a:b], "text", (a, b), heard=True) for a, b in heard_at),
        ]
        if heard and (name := seen_name(row.perception, f"{note.text} {transcript}")):
            name = f" {name}" if name.isascii() else name
            seen, seen_at = self.processor.encode(name)
            heard = heard + seen
            row.prompt_tokens += [Token(name[a:b], "image", WHOLE_PHOTO) for a, b in seen_at]
        row.asked = frozenset((*typed, *heard))
        return typed + heard, [0] * len(typed) + [1] * len(heard)

    def _name_tokens(self, rows: Sequence[Row], prompt: Prompt) -> None:
        columns = (prompt.lengths, prompt.kind, prompt.place)  # each crosses over once
        each = zip(rows, *(column.tolist() for column in columns), strict=True)
        for row, count, kinds, places in each:
            words = row.prompt_tokens
            row.prompt_tokens = [
                words[place] if kind in (TEXT, HEARD) else self._sense_token(kind, place)
                for kind, place in zip(kinds[:count], places[:count], strict=True)
            ]

    def _sense_token(self, kind: int, place: int) -> Token:
        sizes = self.network.sizes
        if kind == IMAGE:
            return _cells(sizes.image.grid)[place]
        step = sizes.speech.stride * sizes.speech.pool / sizes.speech.sample_rate
        return Token(f"{place * step:.2f}s", "speech", (place * step, (place + 1) * step))


@functools.cache
def _cells(grid: int) -> tuple[Token, ...]:
    """A photo's tokens: its cells row by row, then the photo as a whole."""
    edges = [(i / grid, (i + 1) / grid) for i in range(grid)]
    cells = [
        Token(f"r{row}c{column}", "image", (top, left, bottom, right))
        for row, (top, bottom) in enumerate(edges, 1)
        for column, (left, right) in enumerate(edges, 1)
    ]
    return (*cells, Token("photo", "image", WHOLE_PHOTO))


def _settled(request: Request) -> Request:
    """With what its live recording has heard until now."""
    live = isinstance(request.audio, LiveSound)
    return replace(request, audio=request.audio.heard()) if live else request
