"""CUDA graphs: what the GPU is told to do, recorded once and replayed as a whole.

A network of this size is thousands of kernels of a few microseconds each; telling the GPU about
them one by one takes the host several times longer than running them. Where there is no GPU the
same functions are simply called, so that everything around them is the same and can be tested.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable

import torch
from torch import Tensor

WARM = 2
"""Calls before a recording: libraries choose their kernels in the first."""
MOST = 24
"""Recordings that one function keeps; the oldest goes first."""
_RECORDING = threading.Lock()


def record(function: Callable[[], None], device: torch.device) -> Callable[[], None]:
    """What does again what `function` did, with the same tensors in the same places."""
    if device.type != "cuda":
        return function
    with _RECORDING:
        stream = torch.cuda.Stream(device)
        stream.wait_stream(torch.cuda.current_stream(device))
        with torch.cuda.stream(stream):
            for _ in range(WARM):
                function()
        torch.cuda.current_stream(device).wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):
            function()
    return graph.replay


Recording = tuple[list[Tensor], list[tuple[Tensor, ...]], Callable[[], None]]
"""Where inputs go, where results lie (the last ones count), and what is called in between."""


class Captured:
    """A function of tensors that is recorded once for each shape of its inputs.

    The function may not look at values (no sync with the host), and what it returns must depend on
    its inputs alone. Calls from several threads wait for each other; results are copies.
    """

    def __init__(
        self, function: Callable[..., tuple[Tensor, ...]], device: torch.device, most: int = MOST
    ) -> None:
        self.function, self.device, self.most = function, device, most
        self._made: dict[tuple, Recording | None] = {}
        self._lock = threading.Lock()

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """What the function returns for `inputs`."""
        key = tuple((tuple(t.shape), t.dtype) for t in inputs)
        with self._lock:
            if key not in self._made:
                while len(self._made) >= self.most:
                    del self._made[next(iter(self._made))]
                self._made[key] = self._record(inputs)
            made = self._made[key]
            if made is None:
                return self.function(*inputs)
            places, results, replay = made
            for place, given in zip(places, inputs, strict=True):
                place.copy_(given)
            replay()
            return tuple(result.clone() for result in results[-1])

    def _record(self, inputs: tuple[Tensor, ...]) -> Recording | None:
        # how the first input lay in memory may not decide which kernels serve the others
        whole = torch.contiguous_format
        places = [t.to(self.device).clone(memory_format=whole) for t in inputs]
        results: list[tuple[Tensor, ...]] = []

        def run() -> None:
            results.append(self.function(*places))
            del results[:-1]

        try:
            return places, results, record(run, self.device)
        except RuntimeError as error:  # another version of a library looks at values amid it
            warnings.warn(f"Runs without a CUDA graph: {error}", RuntimeWarning, stacklevel=3)
            return None
