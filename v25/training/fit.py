"""The copy stage: BERT, fusion and decision learn to answer commands with copy.

`python -m v25.training fit`. It begins with typed commands alone; as soon as the photo and the
speech stages (which may run beside it on the same GPU) have finished, their features join. The
schedule follows the clock, so that it ends on time however busy the GPU is. With `--start` it goes
on from the weights of an earlier checkpoint, whose tokenizer it must share.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from v25.config import PRESETS, V25Config
from v25.model.network import HEARD, IMAGE, SPEECH, TEXT, Output, V25Network
from v25.training import curriculum, hearing, senses
from v25.training.long_sampling import DRILLS, LongSampler
from v25.training.sampling import FACT_WEIGHT, IGNORED, Sampler, Senses, Shape, batches
from v25.training.schedule import Clock, cosine, log, parameter_groups
from v25.training.starting import become_static, prepare_config, static, take_up
from v25.training.teller import Teller

SENSES = ("image.resnet.", "image.head.", "speech.wav2vec2.", "speech.ctc.")
"""Weights that come from the stages before."""


@dataclass(frozen=True)
class Settings:
    """How to train.

    Attributes:
        minutes: wall clock, the wait for the other stages included.
        rate: peak learning rate of fusion and decision.
        text_rate: of BERT, whose norms come after its layers and take less.
        spread: weight of the loss that opens every head equally often over a batch.
        level: weight of the loss that keeps the gates of a layer, on average, at the share of
            heads that it opens: nothing else stops them from all saturating at one.
        tell: weight of the loss that makes open heads tell the kind of request.
        views: how often each photo and each utterance went through its encoder.
        longest: seconds of the longest utterance.
        same_eyes: photos go through the start's encoder; no photo stage is waited for.
        same_ears: the same for sounds.
        long: (tokens, rows) of catalogues to learn as well, from short to long; empty: none.
        long_every: steps from one batch of catalogues to the next.
        known: the start finds entries: catalogues of all lengths in turn.
        found: short ones, and notes, with copy alone at every step; None: none.
        features: a folder for what the encoders make of photos and sounds, if it is to be taken
            from there by the next run (a twin's) with the same encoders, photos and packs.
        keep: share of the start's weights in what is saved (Wortsman et al., 2022): a short round
            learns new things without losing old ones. The encoders of photos and speech are saved
            as their stages left them.
    """

    minutes: float = 12.0
    rate: float = 1.2e-3
    text_rate: float = 5e-4
    warmup: int = 250
    decay: float = 0.03
    spread: float = 0.5
    level: float = 0.5
    tell: float = 0.05
    balance_step: float = 1e-3
    photo_views: int = 10
    sound_views: int = 2
    longest: float = 7.0
    same_eyes: bool = False
    same_ears: bool = False
    long: tuple[tuple[int, int], ...] = ()
    long_every: int = 1
    known: bool = False
    found: tuple[int, int] | None = None
    features: Path | None = None
    keep: float = 0.0
    workers: int = 6
    compile: bool = True
    seed: int = 5
    every: int = 100


class Trainer:
    """Network, optimiser, features and loaders."""

    def __init__(
        self,
        config: V25Config,
        work: Path,
        out: Path,
        settings: Settings,
        shape: Shape,
        device: str,
        start: Path | None = None,
    ) -> None:
        torch.manual_seed(settings.seed)
        torch.set_float32_matmul_precision("high")
        self.work, self.out, self.device = work, out, device
        self.settings, self.shape = settings, shape
        self.network = V25Network.from_sizes(config)
        self.kept: dict[str, Tensor] = {}
        if start is not None:
            self.kept = take_up(self.network, start)
            if not config.gated:
                sampler = Sampler("text", self.out, self.shape, Senses(), settings.seed)
                become_static(self.network, start, itertools.islice(iter(sampler), 4))
        self.network.to(device)
        image, speech = self.network.image, self.network.speech
        for part in (image.resnet, image.head, speech.wav2vec2, speech.ctc):
            part.requires_grad_(False).eval()
        self.teller = Teller(config.layers, config.heads).to(device)
        self.optimizer = torch.optim.AdamW(
            self._groups(), betas=(0.9, 0.98), fused=device == "cuda"
        )
        if settings.compile:
            # Layer by layer: all layers of a kind share one graph a shape, which compiles in
            # seconds where the whole network took minutes.
            torch._dynamo.config.recompile_limit = 64
            layers = (*self.network.fusion.layers, *self.network.decision.layers)
            for layer in (*layers, *self.network.text.bert.encoder.layer):
                layer.compile(dynamic=False)
        self.senses = Senses(products=tuple(p for _, p in config.labels))
        self.photos: senses.Photos | None = None
        self.sounds: senses.Speech | None = None
        self.loaders: dict[str, Iterator[dict[str, Tensor]]] = {}
        self.lengths: dict[int, Iterator[dict[str, Tensor]]] = {}
        self.curriculum = curriculum.Curriculum(settings.long, known=settings.known)
        self.found = settings.found and self._catalogues(*settings.found, drills=0.0)
        self.report: Callable[[], None] | None = None
        self.step = 0
        if not (settings.same_eyes and settings.same_ears):  # these begin with their senses
            self.load_sense("text")

    def _groups(self) -> list[dict[str, Any]]:
        network, settings = self.network, self.settings
        fast = nn.ModuleList(
            [network.image, network.speech, network.text.project, network.text.norm,
             network.embedding, network.kind, network.fusion, network.decision, self.teller]
        )  # fmt: skip
        parts = [(fast, settings.rate), (network.text.bert, settings.text_rate)]
        return parameter_groups(parts, settings.decay)

    def load_sense(self, kind: str) -> None:
        """Starts drawing batches of `kind`."""
        sampler = Sampler(kind, self.out, self.shape, self.senses, self.settings.seed + self.step)
        self.loaders[kind] = batches(sampler, self.settings.workers, self.device)

    def load_length(self, stage: int) -> None:
        """Starts drawing catalogues of a stage of the curriculum."""
        self.lengths[stage] = self._catalogues(*self.curriculum.stages[stage], DRILLS)

    def _catalogues(self, tokens: int, rows: int, drills: float) -> Iterator[dict[str, Tensor]]:
        labels = len(self.network.sizes.labels)
        most, seed = curriculum.OWN, self.settings.seed
        sampler = LongSampler(self.out, self.shape, tokens, rows, most, seed, labels, drills)
        return batches(sampler, self.settings.workers, self.device)

    def sharpen_senses(self, shown: Sequence[Path], packs: Sequence[Path]) -> None:
        """Takes up the photo and the speech encoder once their stages have finished."""
        settings, network, device = self.settings, self.network, self.device
        longest = settings.longest

        def look() -> senses.Photos:
            return senses.look(network, senses.shown_in(shown), settings.photo_views, device)

        def listen() -> senses.Speech:
            sounds = hearing.load_sounds(packs, device, longest)
            return senses.listen(network, sounds, settings.sound_views, device)

        done = {name: (self.work / f"{name}.json").exists() for name in ("vision", "speech")}
        seen = done["vision"] or settings.same_eyes
        if self.photos is None and shown and seen:
            if not settings.same_eyes:
                senses.load_vision(network, self.work)
            self.photos = senses.kept(settings.features, senses.Photos, look, device)
            self.senses.logits = self.photos.logits.float().cpu().numpy()
            self.loaders.pop("text", None)  # commands alone come along in the batches of photos
            self.load_sense("image")
            self._say("photos", len(self.photos.features))
        heard = done["speech"] or settings.same_ears
        if self.sounds is None and packs and heard and self.photos is not None:
            if not settings.same_ears:
                senses.load_speech(network, self.work)
            self.sounds = senses.kept(settings.features, senses.Speech, listen, device)
            self.senses.transcripts = self.sounds.transcripts
            self.senses.frames = self.sounds.counts.tolist()
            self.senses.briefs = senses.utterance_briefs(packs, longest)
            self.load_sense("speech")
            self._say("sounds", len(self.sounds.frames))

    def _say(self, what: str, number: int) -> None:
        log(self.out / "curve.jsonl", step=self.step, joined=what, views=number)

    def batch(self, kind: str) -> dict[str, Tensor]:
        """The next batch on the device, features of its photos and sounds in place."""
        drawn = next(self.loaders[kind])
        room = int(drawn.pop("room")[0])  # before it moves: to ask the device would wait for it
        moved = self._moved(drawn)
        if kind != "text":
            view = moved["view"].clamp_min(0)
            moved["features"] = self.photos.features[view]
        if kind == "speech":
            moved["frames"] = self.sounds.frames[:, :room][moved["utterance"]]
            moved["counts"] = self.sounds.counts[moved["utterance"]]
        return moved

    def _moved(self, drawn: dict[str, Tensor]) -> dict[str, Tensor]:
        return {k: v.to(self.device, non_blocking=True) for k, v in drawn.items()}

    def _forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Loss, gates `(B, L, H)`, each expert's load `(layers, E)`, share of facts told right."""
        output = self.network(
            self._parts(batch), batch["own"], batch["target"] != IGNORED, batch["budget"]
        )
        losses = F.cross_entropy(
            output.logits.flatten(0, 1), batch["target"].flatten(), ignore_index=IGNORED,
            reduction="none",
        )  # fmt: skip
        weight = batch["weight"].flatten()
        loss = (losses * weight).sum() / weight.sum()
        facts = batch["weight"] >= FACT_WEIGHT
        told = (output.logits.detach().argmax(-1) == batch["target"]) & facts
        right = told.sum() / facts.sum().clamp_min(1)
        return loss, torch.stack(output.gates, 1), self._load(output), right

    def _parts(self, batch: dict[str, Tensor]) -> list[tuple[Tensor, Tensor, Tensor]]:
        network, parts = self.network, []
        if "features" in batch:
            tokens = network.image.tokens(batch["features"], network.told(batch["logits"]))
            mask = (batch["view"] >= 0)[:, None].expand(tokens.shape[:2])
            parts.append((tokens, mask, torch.full_like(mask, IMAGE, dtype=torch.long)))
        if "frames" in batch:
            frames = batch["frames"]
            inside = torch.arange(frames.shape[1], device=frames.device) < batch["counts"][:, None]
            tokens, mask = network.speech.tokens(frames * inside.unsqueeze(-1), inside)
            parts.append((tokens, mask, torch.full_like(mask, SPEECH, dtype=torch.long)))
        ids = batch["ids"]
        mask = torch.arange(ids.shape[1], device=ids.device) < batch["length"][:, None]
        tokens = network.read(ids, batch["heard"], mask)
        return [*parts, (tokens, mask, torch.where(batch["heard"] > 0, HEARD, TEXT))]

    def _load(self, output: Output) -> Tensor:
        real = output.extra["mask"]
        counts = [
            (F.one_hot(r, self.network.sizes.experts).sum(-2) * real.unsqueeze(-1)).sum((0, 1))
            for r in output.routes
        ]
        return torch.stack(counts).float()

    def update(self, clock: Clock) -> dict[str, float]:
        """One step over a batch of every kind that there is."""
        settings = self.settings
        factor = cosine(clock.progress, self.step, settings.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        taken, gates, loads, losses, facts = [], [], 0, {}, {}
        drawn = [(kind, self.batch(kind)) for kind in self.loaders]
        if self.found is not None:
            drawn.append(("found", self._moved(next(self.found))))
        if self.report is not None:
            self.report()
        stage = None
        if settings.long and self.step % settings.long_every == 0:
            stage = self.curriculum.pick(clock.progress)
            if stage not in self.lengths:
                self.load_length(stage)
            drawn.append(("long", self._moved(next(self.lengths[stage]))))
        for kind, batch in drawn:
            # catalogues come in too many lengths to compile each: half a minute a length
            stance = torch.compiler.set_stance("force_eager" if kind == "long" else "default")
            with torch.autocast(self.device, torch.bfloat16), stance:
                losses[kind], kind_gates, load, facts[kind] = self._forward(batch)
            loads = loads + load
            gates.append(kind_gates)
            taken.append(batch)
        self.report = None if stage is None else self.curriculum.telling(stage, facts["long"])
        total = sum(losses.values()) / len(losses)
        told = {}
        if self.network.sizes.gated:
            spread, level, tell = self._gate_losses(torch.cat(gates), taken)
            total = total + settings.spread * spread + settings.level * level + settings.tell * tell
            told = {"spread": spread, "level": level, "told": tell}
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self._even_experts(loads)
        self.step += 1
        told |= {f"facts_{kind}": right for kind, right in facts.items()}
        return {**losses, **told, "load": (loads / loads.mean(-1, keepdim=True)).max()}

    def _gate_losses(
        self, gates: Tensor, taken: list[dict[str, Tensor]]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The losses of the gates: see `Settings.spread`, `level` and `tell`."""
        rank = gates.argsort(-1, descending=True).argsort(-1)
        is_open = (rank < self.shape.budget).float() + gates - gates.detach()
        share = self.shape.budget / self.shape.heads
        spread = (is_open.mean(0) - share).square().mean()
        level = (gates.mean(-1) - share).square().mean()
        joined = {k: torch.cat([b[k] for b in taken]) for k in ("senses", "language", "copies")}
        return spread, level, self.teller(is_open, joined)

    @torch.no_grad()
    def _even_experts(self, loads: Tensor) -> None:
        for layer, load in zip(self.network.decision.layers, loads, strict=True):
            layer.experts.balance += self.settings.balance_step * torch.sign(load.mean() - load)

    def save_checkpoint(self, spent: float) -> None:
        """All that a resumed run needs."""
        state = {
            "network": self.network.state_dict(), "teller": self.teller.state_dict(),
            "optimizer": self.optimizer.state_dict(), "step": self.step, "spent": spent,
        }  # fmt: skip
        path = self.out / "checkpoint.pt"
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def load_checkpoint(self) -> float:
        """Takes up a checkpoint when there is one: minutes spent before."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return 0.0
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.teller.load_state_dict(state["teller"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        return state["spent"]

    def save(self) -> None:
        """`config.json` and safetensors in shards under 10 MB: matrices in bf16, the rest exact."""
        state = self.network.state_dict()
        if self.settings.keep:
            for name, weight in self.kept.items():
                if weight.is_floating_point() and not name.startswith(SENSES):
                    state[name] = state[name].lerp(weight.to(self.device), self.settings.keep)
        state = {
            k: v.bfloat16() if v.ndim > 1 and v.is_floating_point() else v for k, v in state.items()
        }
        self.network.save_pretrained(self.out, state_dict=state, max_shard_size="9MB")


def fit(
    work: Path,
    out: Path,
    photo_paths: list[Path],
    packs: Sequence[Path],
    preset: str,
    settings: Settings,
    shape: Shape,
    device: str,
    start: Path | None = None,
    twin: bool = False,
) -> None:
    """Trains and saves a checkpoint to `out`, where the tokenizer already lies.

    Args:
        work: where the photo and speech stages leave their weights.
        out: the checkpoint's folder.
        photo_paths: zips or folders of LABEL/photo; empty: no photos.
        packs: the speech packs; empty: no speech.
        preset: name of `v25.config.PRESETS`.
        settings: how to train.
        shape: of the batches.
        device: "cuda" or "cpu".
        start: a checkpoint to go on from; None: fresh weights.
        twin: train the static twin instead, without gates.
    """
    # ears that stay keep their alphabet, whatever the packs hold
    config = prepare_config(PRESETS[preset], () if settings.same_ears else tuple(packs), start)
    if twin:
        config = static(config)
        shape = replace(shape, smallest_budget=config.heads, budget=config.heads)
    trainer = Trainer(config, work, out, settings, shape, device, start)
    clock = Clock(settings.minutes, trainer.load_checkpoint())
    saved = clock.spent
    while clock.progress < 1:
        if trainer.step % 25 == 0:
            trainer.sharpen_senses(photo_paths, packs)
        measured = trainer.update(clock)
        if trainer.step % settings.every == 0:
            values = {k: v.item() for k, v in measured.items()}
            if settings.long:
                stages = zip(trainer.curriculum.stages, trainer.curriculum.right, strict=True)
                values |= {f"right_{tokens}": right for (tokens, _), right in stages}
            log(out / "curve.jsonl", step=trainer.step, minutes=clock.spent, **values)
        if clock.spent - saved > 2:
            saved = clock.spent
            trainer.save_checkpoint(saved)
            trainer.save()  # small enough to be fetched while the run goes on
    trainer.save_checkpoint(clock.spent)
    trainer.save()
    log(out / "curve.jsonl", step=trainer.step, minutes=clock.spent, saved=str(out.name))
