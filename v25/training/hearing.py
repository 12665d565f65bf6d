"""The speech stage: Wav2Vec 2.0 learns to transcribe synthesised commands with CTC.

`python -m v25.training hearing`. The loss is CTC (Graves et al., 2006) over characters; sounds
are varied on the GPU (`v25.training.sound`) and spans of frames are hidden (SpecAugment, 2019).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from v25.config import PRESETS, V25Config
from v25.model.perception import SpeechEncoder
from v25.processing import collapse
from v25.training import sound, speech
from v25.training.schedule import Average, Clock, cosine, log, parameter_groups

FRAME_SPANS, SPAN_FRAMES = 2, 12
STRETCH = 1.2
"""How much longer than itself a slowed-down sound may become."""


@dataclass(frozen=True)
class Settings:
    """How to train: a time, not a number of epochs.

    `limits` are the seconds of the longest sound of each bucket: a batch comes from one bucket,
    so that short commands need not be padded to the longest.
    """

    minutes: float = 5.0
    batch: int = 96
    rate: float = 1.5e-3
    warmup: int = 200
    limits: tuple[float, ...] = (4.2, 7.0)
    decay: float = 0.02
    validation: int = 256
    compile: bool = True
    seed: int = 3


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


def load_sounds(pack: Path, device: str, most_seconds: float) -> Sounds:
    """Decodes a pack of `v25.training.speech`; longer sounds are left out."""
    seconds = [row["seconds"] for row in speech.read_manifest(pack)]
    decoded = zip(speech.load_pack(pack), seconds, strict=True)
    rows = [row for row, length in decoded if length <= most_seconds]
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


def hidden_frames(encoder: SpeechEncoder, waves: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """Frames with random spans zeroed before the transformer, and their number `(B,)`."""
    body = encoder.wav2vec2
    extracted = body.feature_extractor(waves).transpose(1, 2)
    hidden, _ = body.feature_projection(extracted)
    count = body._get_feat_extract_output_lengths(lengths)
    mask = torch.arange(hidden.shape[1], device=waves.device) < count[:, None]
    starts = torch.rand(len(waves), FRAME_SPANS, device=waves.device) * count[:, None]
    spans = torch.rand(len(waves), FRAME_SPANS, device=waves.device) * SPAN_FRAMES
    at = torch.arange(hidden.shape[1], device=waves.device)[None, None]
    cut = ((at >= starts[..., None]) & (at < (starts + spans)[..., None])).any(1)
    hidden = hidden * (~cut).unsqueeze(-1)
    encoded = body.encoder(hidden, attention_mask=mask).last_hidden_state
    return encoded, count


def fit(pack: Path, out: Path, config: V25Config, settings: Settings, device: str) -> None:
    """Trains on `pack` and writes `speech.safetensors`, `speech.json` and the curve to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    random.seed(settings.seed)
    torch.set_float32_matmul_precision("high")
    sounds = load_sounds(pack, device, settings.limits[-1])
    config = replace(config, speech=replace(config.speech, characters=alphabet(sounds.texts)))
    encoder = SpeechEncoder(config.speech, config.width).to(device)
    checkpoint = out / "speech_checkpoint.safetensors"
    if checkpoint.exists():
        encoder.load_state_dict(load_file(checkpoint))
    parts = [(encoder.wav2vec2, settings.rate), (encoder.ctc, settings.rate)]
    optimizer = torch.optim.AdamW(
        parameter_groups(parts, settings.decay), betas=(0.9, 0.98), fused=device == "cuda"
    )
    average = Average(encoder, 0.999)
    frames = torch.compile(hidden_frames, dynamic=False) if settings.compile else hidden_frames
    targets = _targets(sounds.texts, config.speech.characters, device)
    order = torch.randperm(len(sounds.texts), device=device)
    validation = min(settings.validation, len(order) // 10)
    held, train = order[:validation], order[validation:]
    buckets = _buckets(sounds, train, settings.limits)
    generator = torch.Generator(device).manual_seed(settings.seed)
    clock, step = Clock(settings.minutes), 0
    while clock.progress < 1:
        factor = cosine(clock.progress, step, settings.warmup)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        rows, longest = random.choices(buckets, [len(rows) for rows, _ in buckets])[0]
        drawn = torch.randint(len(rows), (settings.batch,), device=device, generator=generator)
        with torch.no_grad():
            heard = varied(sounds, rows[drawn], longest, generator)
        loss = _loss(encoder, frames, heard, [t[rows[drawn]] for t in targets], device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        average.update()
        if step % 100 == 0:
            log(out / "speech_curve.jsonl", step=step, minutes=clock.spent, loss=loss.item())
        if step % 1000 == 999:
            save_file(average.weights(encoder), checkpoint)
        step += 1
    encoder.load_state_dict(average.weights(encoder))
    rate = error_rate(encoder, sounds, held, config, device)
    log(out / "speech_curve.jsonl", step=step, minutes=clock.spent, **rate)
    # the two files appear whole, the second last: the next stage waits for it
    save_file(encoder.state_dict(), out / "speech.safetensors")
    done = {"config": config.to_dict()["speech"], "validation": rate, "steps": step}
    (out / "speech.json").write_text(json.dumps(done, ensure_ascii=False))


def load(out: Path, config: V25Config) -> tuple[V25Config, dict[str, Tensor]]:
    """The config with the alphabet that `fit` used, and its weights."""
    heard = json.loads((out / "speech.json").read_text())["config"]
    values = {**config.to_dict(), "speech": heard}
    return V25Config.from_dict(values), load_file(out / "speech.safetensors")


def varied(
    sounds: Sounds, rows: Tensor, longest: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Sounds `rows` as other voices in other rooms: standardised `(B, S)` and lengths `(B,)`."""
    waves = sounds.waves[rows, :longest].float() / 32768
    waves = fit_length(waves, int(longest * STRETCH))
    waves, lengths = sound.augment(waves, sounds.lengths[rows], generator)
    return standardise(waves, lengths), lengths


def _loss(
    encoder: SpeechEncoder,
    frames: Callable[..., tuple[Tensor, Tensor]],
    heard: tuple[Tensor, Tensor],
    targets: Sequence[Tensor],
    device: str,
) -> Tensor:
    with torch.autocast(device, torch.bfloat16):
        hidden, count = frames(encoder, *heard)
        logits = encoder.transcribe(hidden)
    log_probability = logits.float().log_softmax(-1).transpose(0, 1)
    return F.ctc_loss(log_probability, targets[0], count, targets[1], blank=0, zero_infinity=True)


def _buckets(
    sounds: Sounds, rows: Tensor, limits: Sequence[float]
) -> list[tuple[Tensor, int]]:
    """Rows by length, each bucket with its number of samples."""
    buckets, shortest = [], 0
    for limit in limits:
        longest = min(int(limit * 16_000), sounds.waves.shape[1])
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


def edit_distance(heard: str, said: str) -> int:
    """Levenshtein distance in characters."""
    row = list(range(len(said) + 1))
    for i, letter in enumerate(heard, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(said, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]


def main(pack: Path, out: Path, preset: str, minutes: float, device: str, compiled: bool) -> None:
    """The command line's entry."""
    fit(pack, out, PRESETS[preset], Settings(minutes=minutes, compile=compiled), device)
