"""The only wiring: perception -> fusion -> gates -> decision -> next token.

`forward` is training's path (all heads computed, closed ones weighted with zero); `prepare` and
`step` are inference's (only open heads exist). Tests hold the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence
from transformers import PretrainedConfig, PreTrainedModel

from v25.config import V25Config
from v25.model.attention import OpenHeads
from v25.model.decoder import Cache, DecisionDecoder
from v25.model.experts import product
from v25.model.fusion import CrossModalTransformer, Looked
from v25.model.perception import ImageEncoder, SpeechEncoder, TextEncoder
from v25.schema import SURE

IMAGE, SPEECH, TEXT, HEARD = range(4)
"""Kinds of prompt token."""


class V25PretrainedConfig(PretrainedConfig):
    """Carries `V25Config` through transformers' loading, saving and the Hub."""

    model_type = "v25"

    def __init__(self, v25: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.v25 = v25 or V25Config().to_dict()
        super().__init__(**kwargs)

    @property
    def sizes(self) -> V25Config:
        """The frozen, validated sizes."""
        return V25Config.from_dict(self.v25)


@dataclass
class Prompt:
    """Tokens of all modalities, packed to the left of each row.

    Attributes:
        x: `(B, N, D)`.
        mask: `(B, N)` true where a token is real.
        kind: `(B, N)` IMAGE, SPEECH, TEXT or HEARD.
        place: `(B, N)` index of the token within its modality.
    """

    x: Tensor
    mask: Tensor
    kind: Tensor
    place: Tensor

    @property
    def lengths(self) -> Tensor:
        """`(B,)` real tokens."""
        return self.mask.sum(1)


@dataclass
class State:
    """All that decoding needs, and all that tracing will ask for."""

    prompt: Prompt
    cache: Cache
    gates: list[Tensor]
    """`(B, H)` a layer, fusion first; the forced ones where some were."""
    fusion_heads: list[OpenHeads]
    looked: list[Looked]
    """Empty without `Request.capture`."""

    @cached_property
    def open_heads(self) -> list[list[list[int]]]:
        """Each layer's open heads, of every request; those that only fill up are left out."""
        layers = []
        for heads in (*self.fusion_heads, *self.cache.heads):
            real = heads.real
            layers.append(heads.index if real is None else heads.index.masked_fill(~real, -1))
        rows = pad_sequence([layer.T for layer in layers], padding_value=-1).permute(2, 1, 0)
        # one transfer for all requests: a GPU is waited for at each
        return [[[h for h in layer if h >= 0] for layer in row] for row in rows.tolist()]

    def some(self, row: int) -> State:
        """A copy of request `row` alone."""
        index = torch.tensor([row], device=self.prompt.x.device)
        prompt = self.prompt
        return State(
            Prompt(prompt.x[index], prompt.mask[index], prompt.kind[index], prompt.place[index]),
            self.cache.some(index),
            [gates[index] for gates in self.gates],
            [heads.some(index) for heads in self.fusion_heads],
            [Looked(x.queries[index], x.keys[index], x.norms[index]) for x in self.looked],
        )


@dataclass
class Output:
    """What training needs of one forward pass."""

    logits: Tensor
    gates: list[Tensor]
    routes: list[Tensor]
    extra: dict[str, Tensor] = field(default_factory=dict)


def pack(x: Tensor, mask: Tensor, *columns: Tensor) -> tuple[Tensor, ...]:
    """Moves the real tokens of each row to its left, in order.

    Args:
        x: `(B, N, D)`.
        mask: `(B, N)`.
        columns: more `(B, N)` tensors to move along.

    Returns:
        The moved `x`, `mask` and columns.
    """
    order = (~mask).to(torch.uint8).argsort(dim=1, stable=True)
    moved = x.gather(1, order.unsqueeze(-1).expand_as(x))
    return (moved, *(column.gather(1, order) for column in (mask, *columns)))


class V25Network(PreTrainedModel):
    """Perception, fusion and decision, with the weights' loading and saving from transformers."""

    config_class = V25PretrainedConfig
    base_model_prefix = "v25"
    main_input_name = "ids"
    _supports_sdpa = True
    _tied_weights_keys: ClassVar[dict[str, str]] = {}
    _no_split_modules: ClassVar[list[str]] = ["FusionLayer", "DecisionLayer"]

    def __init__(self, config: V25PretrainedConfig) -> None:
        super().__init__(config)
        sizes = self.sizes = config.sizes
        self.image = ImageEncoder(sizes.image, max(1, len(sizes.labels)), sizes.width)
        self.speech = SpeechEncoder(sizes.speech, sizes.width)
        self.text = TextEncoder(sizes.text, sizes.width)
        self.embedding = nn.Embedding(sizes.text.vocabulary, sizes.width)
        self.kind = nn.Embedding(4, sizes.width)
        self.fusion = CrossModalTransformer(sizes)
        self.decision = DecisionDecoder(sizes)
        for table in (self.embedding, self.kind):
            nn.init.normal_(table.weight, std=0.02)
        self.post_init()

    @classmethod
    def from_sizes(cls, sizes: V25Config) -> V25Network:
        """A network with fresh weights."""
        return cls(V25PretrainedConfig(sizes.to_dict()))

    def _init_weights(self, module: nn.Module) -> None:
        """Each part starts its own weights; transformers has nothing to add."""

    def see(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Image features to tokens `(B, cells + 1, D)` and label logits.

        The tokens are told what `told` leaves of the logits.
        """
        logits = self.image.classify(features)
        return self.image.tokens(features, self.told(logits)), logits

    @cached_property
    def _product_columns(self) -> list[int]:
        """The same number for all labels of a product."""
        products = [product for _, product in self.sizes.labels]
        return [products.index(product) for product in products]

    def told(self, logits: Tensor) -> Tensor:
        """What of label logits `(B, labels)` the tokens of a photo are told.

        Where the classifier is sure of a product, that one's labels alone; where it is not, that
        anything is as likely.
        """
        if not self.sizes.labels:
            return logits
        columns = torch.tensor(self._product_columns, device=logits.device)
        shares = logits.new_zeros(len(logits), len(columns), dtype=torch.float32)
        best, place = shares.index_add_(1, columns, logits.float().softmax(-1)).max(1, keepdim=True)
        told = logits.masked_fill(columns != place, torch.finfo(logits.dtype).min)
        return told.where(best >= SURE, 0.0)

    def read(self, ids: Tensor, heard: Tensor, mask: Tensor) -> Tensor:
        """Words to tokens: BERT's view of each, and the word itself, so that it can be copied."""
        return self.text(ids, heard, mask) + self.embed(ids)

    def embed(self, ids: Tensor) -> Tensor:
        """The words' own vectors, at the scale of the norms' outputs."""
        return self.embedding(ids) * self.sizes.width**0.5

    def join(self, parts: list[tuple[Tensor, Tensor, Tensor]]) -> Prompt:
        """Puts `(tokens, mask, kind)` of each modality side by side and packs them."""
        places = [torch.arange(m.shape[1], device=m.device).expand_as(m) for _, m, _ in parts]
        x, mask, kind = (torch.cat(column, 1) for column in zip(*parts, strict=True))
        x = x + self.kind(kind)
        return Prompt(*pack(x, mask, kind, torch.cat(places, 1)))

    def forward(
        self,
        parts: list[tuple[Tensor, Tensor, Tensor]],
        own: Tensor,
        own_mask: Tensor,
        budgets: Tensor,
    ) -> Output:
        """The whole sequence at once, every head computed.

        Args:
            parts: see `join`.
            own: `(B, T)` generated tokens, beginning with the start token.
            own_mask: `(B, T)`, true for a prefix of each row.
            budgets: `(B,)` open heads of each request.

        Returns:
            Logits `(B, T, vocabulary)`, gates and routes of each layer.
        """
        prompt = self.join(parts)
        fused, gates = self.fusion(prompt.x, prompt.mask, budgets)
        decision_gates = self.decision.gates(fused, prompt.mask)
        x = torch.cat((fused, self.embed(own)), 1)
        x, mask = pack(x, torch.cat((prompt.mask, own_mask), 1))
        hidden, routes = self.decision(x, decision_gates, budgets)
        where = prompt.lengths[:, None] + torch.arange(own.shape[1], device=own.device)
        where = where.clamp_max(hidden.shape[1] - 1)  # beyond a row's end: masked by the caller
        hidden = hidden.gather(1, where.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        return Output(self.logits(hidden), gates + decision_gates, routes, {"mask": mask})

    def fuse(
        self,
        prompt: Prompt,
        budget: int,
        chunk: int,
        forced: Tensor | None = None,
        capture: bool = True,
    ) -> tuple[Tensor, list[Tensor], list[OpenHeads], list[Looked]]:
        """The fused prompt, and gates, heads and looks of the fusion layers."""
        mask = None if bool(prompt.mask.all()) else prompt.mask
        return self.fusion.run(prompt.x, mask, budget, chunk, forced, capture)

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores of the next token, by the embedding's own table."""
        return product(hidden, self.embedding)

    def step(self, tokens: Tensor, cache: Cache) -> Tensor:
        """One token a row `(B,)` to the next one's logits `(B, vocabulary)`."""
        hidden = self.decision.step(self.embed(tokens)[:, None], cache)
        return self.logits(hidden)[:, 0]
