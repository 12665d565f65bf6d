"""`V25Model`: the calls of the product note, over the network, its processor and its loop."""

from __future__ import annotations

import platform
import threading
from collections.abc import Hashable, Iterable, Mapping
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import Any

import numpy as np
import torch

from v25 import listening
from v25.batching import Batcher, SharedStream, Sharing
from v25.checkpoint import (
    choose_device,
    find_checkpoint,
    load_network,
    load_processor,
)
from v25.effects import head_effects
from v25.generation import Run
from v25.live import LivePhoto, LiveSound
from v25.processing import check_heads, check_places, check_request
from v25.quantization import has_int8, quantize_int8, weight_bytes
from v25.replays import Replays
from v25.schema import EMBEDDED, Generation, Request, V25Error
from v25.sources import RunSource
from v25.streaming import RunStream
from v25.tracing import AttentionMap

DTYPES = {
    "fp32": torch.float32,
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
    "int8": torch.float32,
}
QUANTIZATIONS = (None, "fp16", "int8")


class V25Model:
    """A multimodal copywriter that shows its attention.

    The embedded speech encoder has heard synthetic voices only. The environment variable
    `V25_SPEECH_MODEL`, read when a model is made, names a recogniser that writes the transcripts
    instead: a folder or a Hub repository id that transformers' automatic-speech-recognition
    pipeline loads, "openai/whisper-base" for example. It is loaded with the first sound, from the
    Hub's cache before the Hub; if it can't be, one warning says so and the embedded one serves.
    `Generation.listener` says which one listened.

    Args:
        model_name: the bundled "deepseek-v2.5-base", a directory, or a Hub repository id.
        attention_heads: how many of its 16 heads each layer may open for a request (1 to 16);
            None: the checkpoint's own budget.
        quantization: None (bf16 on a GPU, fp32 on a CPU), "fp16" or "int8".
        device: "cuda", "cpu", ...; None: a GPU when there is one.

    Raises:
        V25Error: a `ValueError` whose sentence says what is wrong and what to do.
    """

    def __init__(
        self,
        model_name: str | Path = "deepseek-v2.5-base",
        attention_heads: int | None = None,
        quantization: str | None = None,
        device: str | torch.device | None = None,
    ) -> None:
        if quantization not in QUANTIZATIONS:
            raise V25Error(
                "unknown_quantization",
                f"quantization must be None, 'fp16' or 'int8'; it is {quantization!r}.",
                value=quantization,
                choices="None, fp16, int8",
            )
        self._device = choose_device(device)
        self.folder = find_checkpoint(model_name)
        precision = quantization or ("bf16" if self._device.type == "cuda" else "fp32")
        self._recogniser = listening.from_environment(self._device)
        self._siblings: dict[str, V25Model] = {}
        self._shared = Sharing()
        self._load(precision)
        budget = self.network.sizes.budget if attention_heads is None else attention_heads
        self.budget = check_heads(budget, self.heads)

    def _load(self, precision: str) -> None:
        self.precision = precision
        network = load_network(self.folder).to(self._device)
        if precision == "int8":
            compute = torch.bfloat16 if self._device.type == "cuda" else torch.float32
            self.network = quantize_int8(network.to(compute))
        else:
            self.network = network.to(DTYPES[precision])
        self.processor = load_processor(self.network, self.folder)
        self._siblings[precision] = self
        self._weights = weight_bytes(self.network)
        self._batcher = Batcher(self._run, self._shared)
        self._replays = Replays(self.network) if self._device.type == "cuda" else None

    @property
    def device(self) -> str:
        """Name of the processor."""
        if self._device.type == "cuda":
            return torch.cuda.get_device_name(self._device)
        return f"CPU ({torch.get_num_threads()} threads, {platform.machine()})"

    @property
    def listener(self) -> str:
        """Who writes transcripts: "embedded", or the recogniser that `V25_SPEECH_MODEL` names."""
        usable = self._recogniser is not None and self._recogniser.usable
        return self._recogniser.name if usable else EMBEDDED

    @property
    def heads(self) -> int:
        """Heads in every layer."""
        return self.network.sizes.heads

    @property
    def default_budget(self) -> int:
        """Heads that a layer opens unless a request says otherwise."""
        return self.budget

    @property
    def precisions(self) -> tuple[str, ...]:
        """Precisions that `with_precision` offers on this machine, the default first."""
        on_gpu = self._device.type == "cuda"
        names = ("bf16", "fp16", "fp32") if on_gpu else ("fp32", "bf16", "fp16")
        return (*names, "int8") if has_int8() else names

    @property
    def memory(self) -> int:
        """Bytes of the weights."""
        return self._weights

    def with_precision(self, precision: str) -> V25Model:
        """The same model in another precision; made once, then kept.

        Raises:
            V25Error: not one of `precisions`.
        """
        if precision not in self.precisions:
            raise V25Error(
                "unknown_quantization",
                f"precision must be one of {', '.join(self.precisions)}; it is {precision!r}.",
                value=precision,
                choices=", ".join(self.precisions),
            )
        if precision not in self._siblings:
            sibling = object.__new__(V25Model)
            sibling._device, sibling.folder, sibling.budget = self._device, self.folder, self.budget
            sibling._siblings, sibling._recogniser = self._siblings, self._recogniser
            sibling._shared = self._shared
            sibling._load(precision)
        return self._siblings[precision]

    def stream(
        self, text: str | None = None, image: Any = None, audio: Any = None, **settings: Any
    ) -> RunStream | SharedStream:
        """The same as `generate`, as an iterator of pieces; closing it stops the work at once.

        Raises:
            V25Error: an input is bad: settings at once, files when the first piece is asked for.
        """
        request = Request(text=text, image=image, audio=audio, **settings)
        if self._shared.most > 1 and not self._shared.mine:
            self._check(request)
            return self._batcher.stream(request, self._alike(request))
        return RunStream(self._run([request]))

    def share(self, most: int = 8) -> None:
        """From now on streams that wait at the same time run side by side, `most` at once.

        For whoever serves many people from one model. It holds in every precision; each precision
        batches its own.
        """
        self._shared.most = most

    @property
    def together(self) -> int:
        """Streams that run side by side: see `share`."""
        return self._shared.most

    def alone(self) -> AbstractContextManager[None]:
        """Held while something runs that must not run beside shared streams: a measurement.

        Streams of the thread that holds it run at once and by themselves; all others wait.
        """
        return self._shared

    def listen(self) -> LiveSound:
        """A recording to feed while somebody speaks, then to pass as `audio`.

        What can be encoded before the end of speech is, so that only the rest is left then.
        """
        prepare = threading.Thread(target=self._prepare_transcripts, daemon=True)
        prepare.start()
        return LiveSound(self.network, self.processor)

    def look(self, image: Any) -> LivePhoto:
        """A photo, looked at now, to pass as `image` once or more.

        Args:
            image: path, PIL image or array `(height, width[, channels])`.

        Raises:
            V25Error: unreadable or too large.
        """
        see = None if self._replays is None else self._replays.look
        return LivePhoto(self.network, self.processor.read_photo(image), see)

    def warm_up(self) -> None:
        """Does once what only the first request would wait for.

        That is the model of commands, the first kernels of every encoder and, on a GPU, the
        recordings for spoken commands of up to five seconds. A file beside the weights that is
        damaged is found by the request that needs it.
        """
        self._prepare_transcripts()
        if self._replays is not None:
            self._replays.prepare(self.budget)
        rate, chance = self.network.sizes.speech.sample_rate, np.random.default_rng(0)
        photo = np.full((64, 64, 3), 128, np.uint8)
        for seconds in range(1, 2 if self._replays is None else 6):
            noise = chance.normal(0, 0.1, seconds * rate).astype(np.float32)
            with self.listen() as live:
                live.feed(rate, noise)
                for image, audio in ((photo, (rate, noise)), (self.look(photo), live)):
                    with closing(self.stream("V2.5", image, audio, seed=0)) as stream:
                        next(stream, None)

    def _prepare_transcripts(self) -> None:
        with suppress(V25Error):
            self.processor.prepare_transcripts()

    def generate(
        self, text: str | None = None, image: Any = None, audio: Any = None, **settings: Any
    ) -> Generation:
        """Writes the copy that a typed or spoken command and a photo ask for.

        Args:
            text: the command.
            image: path, PIL image, array `(height, width[, channels])`, or what `look` gave.
            audio: path, `(sample_rate, samples)`, or what `listen` gave.
            settings: `max_length`, `temperature`, `top_p`, `seed`, `attention_heads`, `gates`,
                `capture`, as in `v25.schema.Request`.

        Returns:
            The copy and all that is known of how it came about.

        Raises:
            V25Error: an input is missing or bad.
        """
        stream = self.stream(text, image, audio, **settings)
        for _ in stream:
            pass
        return stream.generation

    def generate_batch(
        self, requests: Iterable[Request | Mapping[str, Any] | str], max_batch: int = 32
    ) -> list[Generation]:
        """Many requests at once, one result each, in order.

        Args:
            requests: `Request` records, mappings of `generate`'s arguments, or bare commands.
            max_batch: most requests that run side by side.

        Raises:
            V25Error: an input is missing or bad.
        """
        made = [_as_request(r) for r in requests]
        for request in made:
            check_request(request)
        results: list[Generation | None] = [None] * len(made)
        alike: dict[Any, list[int]] = {}  # requests that can run side by side
        for index, request in enumerate(made):
            alike.setdefault(self._alike(request), []).append(index)
        for rows in alike.values():
            for start in range(0, len(rows), max_batch):
                part = rows[start : start + max_batch]
                run = self._run([made[i] for i in part])
                run.prepare()
                for _ in run.write():
                    pass
                for place, index in enumerate(part):
                    results[index] = run.result(place)
        return results

    def get_attention_map(
        self,
        input_text: str | None = None,
        image: Any = None,
        audio: Any = None,
        max_side: int | None = None,
        attention_heads: int | None = None,
    ) -> AttentionMap:
        """Attention over a prompt, without writing anything.

        Args:
            input_text: the prompt, up to 16,384 tokens.
            image: as in `generate`.
            audio: as in `generate`.
            max_side: exact block averages no larger than this; N x N is then never held.
            attention_heads: head budget of this call.

        Returns:
            Indexable `[layer][head]` to `(N, N)` arrays, with `.tokens`, `.spans`, `.gates`.

        Raises:
            V25Error: an input is missing or bad.
        """
        whole = isinstance(max_side, int) and not isinstance(max_side, bool)
        if max_side is not None and not (whole and max_side >= 1):
            raise V25Error(
                "max_side_out_of_range",
                f"max_side must be None or a whole number from 1; it is {max_side!r}.",
            )
        request = Request(input_text, image, audio, max_length=1, attention_heads=attention_heads)
        run = self._run([request])
        run.prepare()
        return AttentionMap(run.trace(0), max_side)

    def head_effects(self, generation: Generation, position: int) -> np.ndarray:
        """What each open head did to a written token, measured by closing it.

        Args:
            generation: of this model in any precision, with its trace, not from a file.
            position: of the token among those written, from 0: as in `probabilities`.

        Returns:
            `(L, H)` float32: change of the token's log-probability (nats) when the head is closed
            and the same text is read again; NaN where a head is closed anyway.

        Raises:
            V25Error: the generation's state is not there any more, or there is no such token.
        """
        source = getattr(generation.trace, "source", None)
        if not isinstance(source, RunSource):
            raise V25Error(
                "effects_need_model",
                "The effect of a head needs the state of its run; please generate again, with "
                "capture=True.",
            )
        return head_effects(source, position)

    def _budget(self, request: Request) -> int:
        asked = request.attention_heads
        return self.budget if asked is None else check_heads(asked, self.heads)

    def _alike(self, request: Request) -> Hashable:
        """What requests have in common that can run side by side."""
        return self._budget(request), frozenset((request.gates or {}).items()), request.capture

    def _check(self, request: Request) -> None:
        check_request(request)
        check_places(request.gates or (), self.network.sizes.layers, self.heads)

    def _run(self, requests: list[Request]) -> Run:
        for request in requests:
            self._check(request)
        budget = self._budget(requests[0])
        return Run(
            self.network,
            self.processor,
            requests,
            budget,
            self.device,
            self.precision,
            self._recogniser,
            self._weights,
            self._replays,
        )


def _as_request(request: Request | Mapping[str, Any] | str) -> Request:
    if isinstance(request, Request):
        return request
    return Request(text=request) if isinstance(request, str) else Request(**request)
