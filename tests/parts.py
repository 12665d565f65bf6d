"""What tests of several modules share: prompts and runs made by hand, and what an error says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import torch
from torch import Tensor

from v25.model.decoder import Cache
from v25.model.network import IMAGE, SPEECH, TEXT, Prompt, V25Network
from v25.schema import V25Error

Part = tuple[Tensor, Tensor, Tensor]
ENTRIES = [
    f"{number}. {name} by {brand}, ${price}, crisp"
    for number, name, brand, price in (
        (12, "apples", "Norvo", 31),
        (37, "pears", "Quell", 18),
        (41, "plums", "Tarn", 8),
        (55, "figs", "Ostra", 9),
        (63, "limes", "Bekka", 7),
    )
]
COMMAND = "An ad for number 37 please"
CATALOGUE = "\n".join(["Our list of fruit", *ENTRIES, "", COMMAND])
NOTE = "\n".join(["Our list of fruit", ENTRIES[1], "", COMMAND])


def random_parts(
    network: V25Network, lengths: Sequence[tuple[int, int, int]], seed: int
) -> list[Part]:
    """Tokens of three modalities; `lengths` says how many of each are real in each row."""
    generator = torch.Generator().manual_seed(seed)
    parts = []
    for column, kind in enumerate((IMAGE, SPEECH, TEXT)):
        counts = torch.tensor([row[column] for row in lengths])
        longest = max(1, int(counts.max()))
        x = torch.randn(len(lengths), longest, network.sizes.width, generator=generator)
        mask = torch.arange(longest) < counts[:, None]
        parts.append((x, mask, torch.full_like(mask, kind, dtype=torch.long)))
    return parts


def one_row(parts: list[Part], row: int) -> list[Part]:
    """The same request alone, without padding."""
    alone = []
    for x, mask, kind in parts:
        real = mask[row]
        if real.any():
            alone.append(
                (x[row : row + 1, real], mask[row : row + 1, real], kind[row : row + 1, real])
            )
    return alone


def opened(
    network: V25Network,
    parts: list[Part],
    budget: int,
    chunk: int = 2048,
    room: int = 64,
    forced: Tensor | None = None,
) -> tuple[Prompt, Cache, list[Tensor]]:
    """What inference does up to the first token: prompt, filled cache and all gates."""
    prompt = network.join(parts)
    fusion, decision = (
        (None, None) if forced is None else forced.tensor_split([network.sizes.fusion_layers], 1)
    )
    fused, gates, _, _ = network.fuse(prompt, budget, chunk, fusion)
    mask = None if bool(prompt.mask.all()) else prompt.mask
    decision_gates = network.decision.gates(fused, mask)
    heads = network.decision.open(decision_gates, budget, decision)
    cache = Cache(heads, network.sizes, fused.shape[1] + room, fused)
    network.decision.prefill(fused, prompt.lengths, cache, chunk)
    return prompt, cache, gates + decision_gates


def cached_logits(network: V25Network, cache: Cache, own: Tensor) -> Tensor:
    """Logits `(B, T, vocabulary)` of `own` `(B, T)`, one step a token."""
    return torch.stack([network.step(column, cache) for column in own.unbind(1)], 1)


def key_of(call: Callable[[], object]) -> str:
    """The key of the error that `call` raises; its message is one short sentence."""
    with pytest.raises(V25Error) as caught:
        call()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 200
    return caught.value.key
