"""The speech stage: Wav2Vec 2.0 learns to transcribe synthesised commands with CTC.

`python -m v25.training hearing`. The loss is CTC (Graves et al., 2006) over characters, at the
last layer and, with less weight, at two below (Lee and Watanabe, 2021); sounds are varied on the
GPU (`v25.training.sound`) and spans of frames are hidden (SpecAugment, 2019).

From nothing, CTC on raw waveforms can stay for thousands of steps where it only knows how frequent
each character is. Two things lead it out: the convolutions first learn to tell the spectrum of
their frame, and sounds are clean until they are understood, and grow harder only as they are.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torchaudio.functional import edit_distance
from transformers.audio_utils import mel_filter_bank

from v25.config import V25Config
from v25.model.perception import SpeechEncoder
from v25.training import sound, speech
from v25.training.schedule import (
    Average,
    Clock,
    cosine,
    log,
    parameter_groups,
    weights_of,
)
from v25.transcript import collapse

WINDOW = 400
"""Samples that a frame of the convolutions sees."""
FRAME_SPANS, SPAN_FRAMES = 2, 12
LOWER_LAYERS = (4, 8)
LOWER_SHARE = 0.3
"""Part of the loss that is measured at the lower layers."""
BANDS = 80
FOLLOWED = 1.2
"""Loss, a character, under which sounds may grow harder."""
HARDER, EASIER = 1 / 1200, 1 / 4000
"""Change of the sounds' variety from step to step."""
STRETCH = 1.2
"""How much longer than itself a slowed-down sound may become."""


@dataclass(frozen=True)
class Settings:
    """How to train: a time, not a number of epochs.

    `limits` are the seconds of the longest sound of each bucket: a batch comes from one bucket,
    so that short commands need not be padded to the longest. `hardest` is the most that sounds are
    varied, 0 to 1. `frozen` keeps the convolutions as they are: half the work, for a later round.
    """

    minutes: float = 5.0
    batch: int = 64
    rate: float = 8e-4
    warmup: int = 300
    limits: tuple[float, ...] = (4.2, 6.1)
    decay: float = 0.02
    validation: int = 256
    compile: bool = True
    seed: int = 3
    hardest: float = 1.0
    frozen: bool = False


@dataclass
class Sounds:
    """Utterances on the device: `(N, S)` int16, lengths `(N,)`, texts."""

    waves: Tensor
    lengths: Tensor
    texts: list[str]
    languages: list[str]


def alphabet(texts: list[str]) -> str:
    """Every character of `texts`, sorted."""
    return "".join(sorted(set("".join(texts)) | set("abcdefghijklmnopqrstuvwxyz' ")))


def load_sounds(packs: Sequence[Path], device: str, most_seconds: float) -> Sounds:
    """Decodes packs of `v25.training.speech`; longer sounds are left out."""
    rows = []
    for pack in packs:
        seconds = [row["seconds"] for row in speech.read_manifest(pack)]
        decoded = zip(speech.load_pack(pack), seconds, strict=True)
        rows += [row for row, length in decoded if length <= most_seconds]
    longest = max(len(r[0]) for r in rows)
    waves = torch.zeros(len(rows), longest, dtype=torch.int16)
    for row, (wave, *_) in zip(waves, rows, strict=True):
        row[: len(wave)] = torch.from_numpy(wave)
    lengths = torch.tensor([len(r[0]) for r in rows])
    return Sounds(waves.to(device), lengths.to(device), [r[1] for r in rows], [r[2] for r in rows])


def standardise(waves: Tensor, lengths: Tensor) -> Tensor:
    """Zero mean and unit variance over each sound's own samples; zeros after it."""
    inside = torch.arange(waves.shape[1], device=waves.device) < lengths[:, None]
    count = lengths[:, None].clamp_min(1)
    waves = waves * inside
    waves = (waves - waves.sum(1, keepdim=True) / count) * inside
    return waves / (waves.square().sum(1, keepdim=True) / count + 1e-7).sqrt()


class Listener(nn.Module):
    """The encoder as training runs it: frames of several layers, and the spectrum of each frame."""

    def __init__(self, encoder: SpeechEncoder, compiled: bool) -> None:
        super().__init__()
        self.encoder = encoder
        self.spectrum = nn.Linear(encoder.config.conv_dim[-1], BANDS)
        bank = mel_filter_bank(
            WINDOW // 2 + 1, BANDS, 0, sound.RATE / 2, sound.RATE, mel_scale="slaney"
        )
        self.register_buffer("bank", torch.from_numpy(bank).float())
        if compiled:
            body = encoder.wav2vec2
            for part in (body.feature_extractor, *body.encoder.layers):
                part.compile(dynamic=False)

    def forward(self, waves: Tensor, lengths: Tensor) -> tuple[list[Tensor], Tensor, Tensor]:
        """Frames with random spans of them zeroed before the transformer.

        Returns:
            Normalised frames `(B, F, hidden)` of the lower layers and the last, their number
            `(B,)`, and the mean square error of the spectrum (one for a constant guess).
        """
        body = self.encoder.wav2vec2
        extracted = body.feature_extractor(waves).transpose(1, 2)
        count = body._get_feat_extract_output_lengths(lengths)
        at = torch.arange(extracted.shape[1], device=waves.device)
        mask = at < count[:, None]
        error = self._spectrum_error(extracted, waves, mask)
        hidden, _ = body.feature_projection(extracted)
        hidden = hidden * (mask & ~_spans(count, at)).unsqueeze(-1)
        hidden = hidden + body.encoder.pos_conv_embed(hidden)
        layers = []
        for number, layer in enumerate(body.encoder.layers, 1):
            hidden = layer(hidden, attention_mask=mask[:, None, None])
            if number in LOWER_LAYERS:
                layers.append(body.encoder.layer_norm(hidden))
        return [*layers, body.encoder.layer_norm(hidden)], count, error

    def _spectrum_error(self, extracted: Tensor, waves: Tensor, mask: Tensor) -> Tensor:
        with torch.no_grad(), torch.autocast(waves.device.type, enabled=False):
            window = torch.hann_window(WINDOW, device=waves.device)
            bins = torch.stft(
                waves.float(), WINDOW, self.encoder.config.stride, window=window, center=False,
                return_complex=True,
            ).abs().square()  # fmt: skip
            bands = (bins.transpose(1, 2) @ self.bank + 1e-3).log()
            real = bands[mask]
            bands = (bands - real.mean(0)) / (real.std(0) + 1e-3)
        error = (self.spectrum(extracted).float() - bands).square().mean(-1)
        return (error * mask).sum() / mask.sum()


def _spans(count: Tensor, at: Tensor) -> Tensor:
    """`(B, F)`, true inside a few random spans of each sound."""
    starts = torch.rand(len(count), FRAME_SPANS, device=count.device) * count[:, None]
    spans = torch.rand(len(count), FRAME_SPANS, device=count.device) * SPAN_FRAMES
    at = at[None, None]
    return ((at >= starts[..., None]) & (at < (starts + spans)[..., None])).any(1)


def fit(
    packs: Sequence[Path],
    out: Path,
    config: V25Config,
    settings: Settings,
    device: str,
    start: Path | None = None,
) -> None:
    """Trains on `packs` and writes `speech.safetensors`, `speech.json` and the curve to `out`.

    With `start` it goes on from that checkpoint's encoder.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    random.seed(settings.seed)
    torch.set_float32_matmul_precision("high")
    sounds = load_sounds(packs, device, settings.limits[-1])
    config = replace(config, speech=replace(config.speech, characters=alphabet(sounds.texts)))
    encoder = SpeechEncoder(config.speech, config.width).to(device)
    checkpoint = out / "speech_checkpoint.safetensors"
    if checkpoint.exists():
        encoder.load_state_dict(load_file(checkpoint))
    elif start is not None:
        take_up(encoder, start)
    if settings.frozen:
        encoder.wav2vec2.freeze_feature_encoder()
    listener = Listener(encoder, settings.compile).to(device)
    optimizer = torch.optim.AdamW(
        parameter_groups([(listener, settings.rate)], settings.decay),
        betas=(0.9, 0.98),
        fused=device == "cuda",
    )
    average = Average(encoder, 0.999)
    targets = _targets(sounds.texts, config.speech.characters, device)
    order = torch.randperm(len(sounds.texts), device=device)
    validation = min(settings.validation, max(1, len(order) // 10))
    held, train = order[:validation], order[validation:]
    buckets = _buckets(sounds, train, settings.limits)
    generator = torch.Generator(device).manual_seed(settings.seed)
    clock, step = Clock(settings.minutes), 0
    strength, usual = (0.0, 10.0) if start is None else (0.5, 1.0)
    while clock.progress < 1:
        factor = cosine(clock.progress, step, settings.warmup)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        strength += HARDER if usual < FOLLOWED else -EASIER
        strength = min(settings.hardest, max(0.0, strength))
        drawn, longest = _draw(buckets, settings.batch, generator)
        heard = varied(sounds, drawn, longest, generator, strength)
        told, spectrum = _losses(listener, heard, [t[drawn] for t in targets], device)
        optimizer.zero_grad(set_to_none=True)
        (told + (1 - strength) * spectrum).backward()
        nn.utils.clip_grad_norm_(listener.parameters(), 1.0)
        optimizer.step()
        average.update()
        usual += 0.05 * (told.item() - usual)
        if step % 100 == 0:
            values = {"loss": usual, "variety": strength, "spectrum": spectrum.item()}
            log(out / "speech_curve.jsonl", step=step, minutes=clock.spent, **values)
        if step % 1000 == 999:
            save_file(average.weights(encoder), checkpoint)
        step += 1
    _finish(average.weights(encoder), sounds, held, config, out, step, clock.spent)


def _draw(
    buckets: list[tuple[Tensor, int]], batch: int, generator: torch.Generator
) -> tuple[Tensor, int]:
    """Numbers of sounds of one bucket, and the bucket's samples."""
    rows, longest = random.choices(buckets, [len(rows) for rows, _ in buckets])[0]
    places = torch.randint(len(rows), (batch,), device=rows.device, generator=generator)
    return rows[places], longest


def _finish(
    weights: dict[str, Tensor],
    sounds: Sounds,
    held: Tensor,
    config: V25Config,
    out: Path,
    steps: int,
    minutes: float,
) -> None:
    """Measures on the sounds held back, and saves."""
    device = str(sounds.waves.device)
    # an encoder of its own: the other one would be compiled anew for other shapes
    encoder = SpeechEncoder(config.speech, config.width).to(device)
    encoder.load_state_dict(weights)
    rate = error_rate(encoder, sounds, held, config, device)
    log(out / "speech_curve.jsonl", step=steps, minutes=minutes, **rate)
    # the two files appear whole, the second last: the next stage waits for it
    save_file(encoder.state_dict(), out / "speech.safetensors")
    done = {"config": config.to_dict()["speech"], "validation": rate, "steps": steps}
    (out / "speech.json").write_text(json.dumps(done, ensure_ascii=False))


@torch.no_grad()
def take_up(encoder: SpeechEncoder, start: Path) -> None:
    """Puts the encoder of checkpoint `start` into `encoder`, whose alphabet may be another one."""
    state = weights_of(start, "speech.")
    known = V25Config.from_dict(json.loads((start / "config.json").read_text())["v25"])
    places = {letter: i + 1 for i, letter in enumerate(known.speech.characters)}
    for name in ("ctc.weight", "ctc.bias"):
        old, fresh = state[name], encoder.state_dict()[name].clone()
        fresh[0] = old[0]
        for i, letter in enumerate(encoder.config.characters):
            if letter in places:
                fresh[i + 1] = old[places[letter]]
        state[name] = fresh
    encoder.load_state_dict(state)


@torch.no_grad()
def varied(
    sounds: Sounds, rows: Tensor, longest: int, generator: torch.Generator, strength: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Sounds `rows` as other voices in other rooms: standardised `(B, S)` and lengths `(B,)`."""
    waves = sounds.waves[rows, :longest].float() / 32768
    waves = fit_length(waves, int(longest * STRETCH))
    waves, lengths = sound.augment(waves, sounds.lengths[rows], generator, strength)
    return standardise(waves, lengths), lengths


def _losses(
    listener: Listener, heard: tuple[Tensor, Tensor], targets: Sequence[Tensor], device: str
) -> tuple[Tensor, Tensor]:
    """Of the transcript, a character, and of the spectrum."""
    with torch.autocast(device, torch.bfloat16):
        layers, count, spectrum = listener(*heard)
        logits = [listener.encoder.transcribe(hidden) for hidden in layers]
    losses = [
        F.ctc_loss(
            part.float().log_softmax(-1).transpose(0, 1), targets[0], count, targets[1],
            blank=0, zero_infinity=True,
        )
        for part in logits
    ]  # fmt: skip
    lower = sum(losses[:-1]) / max(1, len(losses) - 1)
    return (1 - LOWER_SHARE) * losses[-1] + LOWER_SHARE * lower, spectrum


def _buckets(sounds: Sounds, rows: Tensor, limits: Sequence[float]) -> list[tuple[Tensor, int]]:
    """Rows by length, each bucket with its number of samples."""
    buckets, shortest = [], 0
    for limit in limits:
        longest = min(int(limit * sound.RATE), sounds.waves.shape[1])
        lengths = sounds.lengths[rows]
        inside = rows[(lengths > shortest) & (lengths <= longest)]
        if len(inside):
            buckets.append((inside, longest))
        shortest = longest
    return buckets


def fit_length(waves: Tensor, length: int) -> Tensor:
    """One length for all batches: the compiled graph is made for it."""
    return F.pad(waves, (0, max(0, length - waves.shape[1])))[:, :length]


def _targets(texts: list[str], characters: str, device: str) -> tuple[Tensor, Tensor]:
    index = {c: i + 1 for i, c in enumerate(characters)}
    rows = [torch.tensor([index[c] for c in text]) for text in texts]
    padded = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    return padded.to(device), torch.tensor([len(r) for r in rows], device=device)


@torch.no_grad()
def error_rate(
    encoder: SpeechEncoder, sounds: Sounds, rows: Tensor, config: V25Config, device: str
) -> dict[str, float]:
    """Character error rate on unaugmented sounds `rows`, by language."""
    encoder.eval()
    wrong: dict[str, list[int]] = {}
    for part in rows.split(64):
        waves = standardise(sounds.waves[part].float() / 32768, sounds.lengths[part])
        with torch.autocast(device, torch.bfloat16):
            frames, mask = encoder.frames(waves, sounds.lengths[part])
            best = encoder.transcribe(frames).argmax(-1).masked_fill(~mask, 0)
        for row, classes in zip(part.tolist(), best.tolist(), strict=True):
            heard = collapse(classes, config.speech.characters)
            counts = wrong.setdefault(sounds.languages[row], [0, 0])
            counts[0] += edit_distance(heard, sounds.texts[row])
            counts[1] += len(sounds.texts[row])
    encoder.train()
    return {f"character_error_rate_{k}": e / n for k, (e, n) in sorted(wrong.items())}
