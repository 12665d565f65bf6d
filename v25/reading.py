"""Perception of a run: photos, sounds and words of its requests become one prompt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from v25.listening import Recogniser
from v25.media import LazyMedia
from v25.model.network import HEARD, IMAGE, SPEECH, TEXT, Prompt, V25Network
from v25.processing import PAD, Processor
from v25.rows import Row, Stopwatch
from v25.schema import EMBEDDED, Label, Token

TOP_LABELS = 5

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
    ) -> None:
        self.network, self.processor, self.recogniser = network, processor, recogniser
        self.rows, self.watch, self.device = rows, watch, network.device

    def prompt(self) -> Prompt:
        """The tokens of all modalities.

        Raises:
            V25Error: an input is bad.
        """
        batch = self.processor.batch([row.request for row in self.rows])
        for row, small, sound in zip(self.rows, batch.photos, batch.sounds, strict=True):
            rate = self.network.sizes.speech.sample_rate
            row.media = LazyMedia(small, sound, rate, (row.request.text or "").strip() or None)
        self.watch.lap("read")
        parts = []
        if batch.pixels is not None:
            parts.append(self._see(batch.pixels, batch.has_image))
        if batch.waveform is not None:
            parts.append(self._hear(batch.waveform, batch.samples))
            if self.recogniser is not None and self.recogniser.usable:
                self._listen(self.recogniser, batch.sounds)
        words = self._read(batch.texts)
        if words is not None:
            parts.append(words)
        prompt = self.network.join(parts)
        self._name_tokens(prompt)
        return prompt

    def _see(self, pixels: Tensor, has_image: Tensor) -> Part:
        network = self.network
        features = network.image.features(pixels.to(self.device, network.dtype))
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

    def _hear(self, waveform: Tensor, samples: Tensor) -> Part:
        speech = self.network.speech
        waveform, samples = waveform.to(self.device, self.network.dtype), samples.to(self.device)
        frames, inside = speech.frames(waveform, samples)
        heard = speech.transcribe(frames).float().log_softmax(-1).cpu().numpy()
        for row, letters, length in zip(self.rows, heard, inside.sum(1).tolist(), strict=True):
            if row.request.audio is not None:
                row.transcript = self.processor.transcript(letters[:length])
                row.listener = EMBEDDED
        tokens, mask = speech.tokens(frames, inside)
        self.watch.lap("speech")
        return tokens, mask, torch.full_like(mask, SPEECH, dtype=torch.long)

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

    def _read(self, texts: Sequence[str]) -> Part | None:
        words = []
        for row, text in zip(self.rows, texts, strict=True):
            typed, typed_at = self.processor.encode(text)
            heard, heard_at = self.processor.encode(row.transcript or "")
            row.prompt_tokens = [
                Token(source[a:b], "text", (a, b), heard=is_heard)
                for source, at, is_heard in (
                    (text, typed_at, False),
                    (row.transcript, heard_at, True),
                )
                for a, b in at
            ]
            words.append((typed + heard, [0] * len(typed) + [1] * len(heard)))
            row.asked = frozenset(words[-1][0])
        longest = max(len(ids) for ids, _ in words)
        if longest == 0:
            return None
        ids = torch.tensor([i + [PAD] * (longest - len(i)) for i, _ in words], device=self.device)
        heard = torch.tensor([h + [0] * (longest - len(h)) for _, h in words], device=self.device)
        lengths = torch.tensor([len(i) for i, _ in words], device=self.device)
        mask = torch.arange(longest, device=self.device) < lengths[:, None]
        tokens = self.network.read(ids, heard, mask)
        self.watch.lap("text")
        return tokens, mask, torch.where(heard > 0, HEARD, TEXT)

    def _name_tokens(self, prompt: Prompt) -> None:
        for index, row in enumerate(self.rows):
            count = int(prompt.lengths[index])
            kinds = prompt.kind[index, :count].tolist()
            places = prompt.place[index, :count].tolist()
            words = row.prompt_tokens
            row.prompt_tokens = [
                words[place] if kind in (TEXT, HEARD) else self._sense_token(kind, place)
                for kind, place in zip(kinds, places, strict=True)
            ]

    def _sense_token(self, kind: int, place: int) -> Token:
        sizes = self.network.sizes
        if kind == IMAGE:
            grid = sizes.image.grid
            if place == grid * grid:
                return Token("photo", "image", (0.0, 0.0, 1.0, 1.0))
            top, left = divmod(place, grid)
            box = (top / grid, left / grid, (top + 1) / grid, (left + 1) / grid)
            return Token(f"r{top + 1}c{left + 1}", "image", box)
        step = sizes.speech.stride * sizes.speech.pool / sizes.speech.sample_rate
        return Token(f"{place * step:.2f}s", "speech", (place * step, (place + 1) * step))
