"""Requests that wait at the same time run side by side: streams that share one run.

A step of the decoder costs nearly the same for one request as for eight, so whoever comes while
others are being served waits for these and then runs with all who wait beside him. Requests share a
run when they open as many heads, force the same gates and are captured alike; temperature, length
and seed are each one's own.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence

from v25.generation import Run
from v25.schema import Generation, Request, V25Error
from v25.streaming import Pieces

GATHER_S = 0.005
"""How long the first of a batch waits for others that come at the same moment."""


class Sharing:
    """How a model is shared, in all its precisions.

    As a context manager it is held while one thing runs: a batch, or a measurement.

    Attributes:
        most: requests of a run; 1: nothing is shared.
    """

    def __init__(self) -> None:
        self.most = 1
        self._lock, self._holder = threading.Lock(), 0

    @property
    def mine(self) -> bool:
        """Whether this thread holds it."""
        return self._holder == threading.get_ident()

    def __enter__(self) -> None:
        self._lock.acquire()
        self._holder = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._holder = 0
        self._lock.release()


class SharedStream:
    """One request of a shared run as an iterator of pieces; implements `v25.schema.Stream`."""

    def __init__(self, request: Request, key: Hashable, batcher: Batcher) -> None:
        self.request, self.key, self._batcher = request, key, batcher
        self.asked = time.perf_counter()
        self.closed = self.ended = False
        self._run: Run | None = None
        self._index, self._seen = 0, 0
        self._error: BaseException | None = None
        self._pieces: Pieces | None = None
        self._news = threading.Condition()
        self._joined = False

    @property
    def generation(self) -> Generation:
        """What there is so far."""
        return Generation() if self._run is None else self._run.result(self._index)

    def __iter__(self) -> SharedStream:
        return self

    def __next__(self) -> str:
        """The next piece of text, at least one token's worth.

        Raises:
            V25Error: an input is bad (before the first piece).
        """
        if not self._joined:
            self._joined = True
            self._batcher.join(self)
        while not self.closed:
            with self._news:
                self._news.wait_for(self._has_news)
                if self._error is not None:
                    self.closed = True
                    raise self._error
                ended = self.ended
            if self._run is not None:
                row = self._run.rows[self._index]
                self._seen = len(row.token_ms)
                piece = self._pieces.of(row)
                if piece:
                    return piece
            if ended:
                self.closed = True
        raise StopIteration

    def _has_news(self) -> bool:
        if self.closed or self.ended or self._error is not None:
            return True
        return self._run is not None and len(self._run.rows[self._index].token_ms) > self._seen

    def close(self) -> None:
        """Stop the work on this request; `generation` keeps what was written."""
        with self._news:
            self.closed = True
            self._news.notify_all()

    def __del__(self) -> None:
        self.closed = True

    # --- what the batcher tells ----------------------------------------------------------------

    def begin(self, run: Run, index: int) -> None:
        """It runs as request `index` of `run`."""
        with self._news:
            self._pieces, self._index, self._run = Pieces(run.processor), index, run
            run.rows[index].waited_ms = (run.begun - self.asked) * 1e3

    def tell(self) -> None:
        """There may be more to read."""
        with self._news:
            self._news.notify_all()

    def end(self, error: BaseException | None = None) -> None:
        """Nothing more will come."""
        if error is None and self._run.state is not None and len(self._run.rows) > 1:
            self._run.part(self._index)
        with self._news:
            self.ended, self._error = True, error
            self._news.notify_all()


class Batcher:
    """Runs waiting streams together, one batch after the other, on a thread of its own.

    Args:
        begin: makes the run of some requests.
        shared: held while a run is under way.
    """

    def __init__(self, begin: Callable[[list[Request]], Run], shared: Sharing) -> None:
        self._begin, self._shared = begin, shared
        self._waiting: deque[SharedStream] = deque()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def stream(self, request: Request, key: Hashable) -> SharedStream:
        """A stream that joins the queue when its first piece is asked for."""
        return SharedStream(request, key, self)

    def join(self, stream: SharedStream) -> None:
        """Puts `stream` into the queue."""
        with self._lock:
            self._waiting.append(stream)
            if self._worker is None:
                self._worker = threading.Thread(target=self._serve, daemon=True)
                self._worker.start()

    def _serve(self) -> None:
        while True:
            time.sleep(GATHER_S)
            with self._shared:
                with self._lock:
                    streams = self._next()
                    if not streams:
                        self._worker = None
                        return
                self._run(streams)

    def _next(self) -> list[SharedStream]:
        """The first that waits, and all others that can run with it."""
        open_streams = [s for s in self._waiting if not s.closed]
        self._waiting.clear()
        if not open_streams:
            return []
        key, chosen = open_streams[0].key, []
        for stream in open_streams:
            if stream.key == key and len(chosen) < self._shared.most:
                chosen.append(stream)
            else:
                self._waiting.append(stream)
        return chosen

    def _run(self, streams: Sequence[SharedStream]) -> None:
        try:
            run = self._begin([stream.request for stream in streams])
            for index, stream in enumerate(streams):
                stream.begin(run, index)
            run.prepare()
        except Exception as error:
            if len(streams) == 1 or not isinstance(error, V25Error):
                for stream in streams:
                    stream.end(error)
            else:  # one input is bad: the others must not suffer for it
                for stream in streams:
                    self._run([stream])
            return
        error = None
        try:
            _write(run, streams)
        except Exception as raised:
            error = raised
        for stream in streams:
            if not stream.ended:
                stream.end(error)


def _write(run: Run, streams: Sequence[SharedStream]) -> None:
    """To the end of the longest, each stream told of its own."""
    for _ in run.write():
        for stream, row in zip(streams, run.rows, strict=True):
            row.stopped = row.stopped or stream.closed
            if row.done and not stream.ended:
                stream.end()
            else:
                stream.tell()
