"""What the trained encoders make of photos and sounds, kept on the GPU for the copy stage.

The encoders are finished when the copy is learnt, so each photo and each utterance goes through
them a few times, differently varied, and the features stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor

from v25.model.network import V25Network
from v25.training import corpus, drawings, hearing, photos, speech
from v25.transcript import collapse


@dataclass
class Photos:
    """`(views, C, grid, grid)` features in bf16 and `(views, labels)` logits."""

    features: Tensor
    logits: Tensor


@dataclass
class Speech:
    """`(views, F, hidden)` frames in bf16, their number `(views,)`, and the texts heard."""

    frames: Tensor
    counts: Tensor
    transcripts: list[list[str]]


Made = TypeVar("Made", Photos, Speech)


def kept(folder: Path | None, kind: type[Made], make: Callable[[], Made], device: str) -> Made:
    """What `make` makes, by way of a file in `folder`: from there if there is one, else into it."""
    if folder is None:
        return make()
    path = folder / f"{kind.__name__.lower()}.pt"
    if path.exists():
        return kind(**torch.load(path, map_location=device, weights_only=True))
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(vars(made), path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)  # whoever waits for it never sees half of it
    return made


def load_vision(network: V25Network, folder: Path) -> None:
    """Puts the photo stage's weights in place."""
    state = load_file(folder / "vision.safetensors")
    missing, unexpected = network.image.load_state_dict(state, strict=False)
    if unexpected or any(name.startswith(("resnet.", "head.")) for name in missing):
        raise ValueError(f"{folder} does not fit the image encoder: {unexpected or missing}")


def load_speech(network: V25Network, folder: Path) -> None:
    """Puts the speech stage's weights in place."""
    state = load_file(folder / "speech.safetensors")
    state = {k: v for k, v in state.items() if k.startswith(("wav2vec2.", "ctc."))}
    network.speech.load_state_dict(state, strict=False)


def shown_in(paths: Sequence[Path]) -> photos.Photos:
    """The photos of zips or folders of LABEL/photo, and drawn ones."""
    drawn = drawings.drawn_photos(60, 0, 192)
    return photos.join_photos([photos.load_photos(paths, 192), drawn])


@torch.no_grad()
def look(network: V25Network, shown: photos.Photos, views: int, device: str) -> Photos:
    """Every photo, plain and in `views - 1` lightly varied forms."""
    generator = torch.Generator(device).manual_seed(11)
    size, encoder = network.sizes.image.size, network.image.eval()
    features, logits = [], []
    for view in range(views):
        for part in shown.pixels.split(256):
            part = part.to(device)
            if view == 0:
                pixels = photos.normalise(photos.resize(part, size))
            else:
                pixels = photos.augment(part, size, generator, light=True)
            with torch.autocast(device, torch.bfloat16):
                seen = encoder.features(pixels)
            features.append(seen.bfloat16())
            logits.append(encoder.classify(seen.float()))
    return Photos(torch.cat(features), torch.cat(logits))


@torch.no_grad()
def listen(network: V25Network, sounds: hearing.Sounds, views: int, device: str) -> Speech:
    """Every utterance, plain and in `views - 1` varied forms; views of one lie side by side."""
    generator = torch.Generator(device).manual_seed(12)
    encoder, config = network.speech.eval(), network.sizes.speech
    samples = sounds.waves.shape[1]
    longest = config.frames(int(samples * hearing.STRETCH))
    longest += -longest % config.pool
    count = len(sounds.texts)
    frames = torch.zeros(count, views, longest, config.hidden, dtype=torch.bfloat16, device=device)
    counts = torch.zeros(count, views, dtype=torch.long, device=device)
    transcripts: list[list[str]] = [[] for _ in range(count)]
    for view in range(views):
        for part in torch.arange(count, device=device).split(128):
            if view:
                waves, lengths = hearing.varied(sounds, part, samples, generator)
            else:
                lengths = sounds.lengths[part]
                waves = hearing.standardise(sounds.waves[part].float() / 32768, lengths)
            with torch.autocast(device, torch.bfloat16):
                heard, mask = encoder.frames(waves, lengths)
                best = encoder.transcribe(heard).argmax(-1).masked_fill(~mask, 0)
            frames[part, view, : heard.shape[1]] = heard.bfloat16()
            counts[part, view] = mask.sum(1)
            for row, classes in zip(part.tolist(), best.tolist(), strict=True):
                transcripts[row].append(collapse(classes, config.characters))
    return Speech(frames.flatten(0, 1), counts.flatten(), transcripts)


def utterance_briefs(packs: Sequence[Path], most_seconds: float) -> list[corpus.Brief]:
    """The brief of each utterance that `hearing.load_sounds` keeps, in its order."""
    kept = []
    for pack in packs:
        briefs = [brief for brief, _ in corpus.read_briefs(pack.with_name("briefs.jsonl"))]
        manifest = speech.read_manifest(pack)
        kept += [briefs[int(r["id"])] for r in manifest if r["seconds"] <= most_seconds]
    return kept
