"""What a run holds of its requests: of those that were read together, one pass.

A request whose copy is written from a note is in two: the whole prompt's, and its note's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from v25.decoding import Decoder
from v25.model.network import State
from v25.schema import Token


@dataclass
class Pass:
    """Requests that were read together.

    Attributes:
        rows: their places in the run.
        prompts: the tokens of each one's prompt.
        state: what reading them left.
        decoder: what writes them; None before the first token.
    """

    rows: Sequence[int]
    prompts: Sequence[Sequence[Token]]
    state: State
    decoder: Decoder | None = None

    def place(self, row: int) -> int:
        """Of request `row` of the run among those of the pass."""
        return self.rows.index(row)

    def longest(self, row: int) -> int:
        """Tokens that request `row` of the run has in the cache."""
        return int(self.state.cache.lengths[self.place(row)])

    def alone(self, row: int) -> Pass:
        """A copy of request `row` of the run alone, with nothing that writes it."""
        place = self.place(row)
        return Pass([row], [self.prompts[place]], self.state.some(place))

    def settle(self) -> None:
        """Puts what was decoded into the state."""
        if self.decoder is not None:
            self.decoder.settle()

    @property
    def held(self) -> dict[str, list[Tensor]]:
        """Keys and values under "cache", what only looking needs under "trace"."""
        cache = self.state.cache
        looked = [
            t for layer in self.state.looked for t in (layer.queries, layer.keys, layer.norms)
        ]
        kept = [t for t in (cache.queries, cache.routes) if t is not None]
        return {"cache": [cache.keys, cache.values], "trace": kept + looked}
