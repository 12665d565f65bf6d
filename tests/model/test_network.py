"""The wiring: packing keeps order, checkpoints come back bit for bit in small files."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from parts import cached_logits, opened, random_parts

from v25.checkpoint import load_network
from v25.config import V25Config
from v25.model import decoder, fusion
from v25.model.attention import head_weights, with_forced
from v25.model.network import HEARD, IMAGE, SPEECH, TEXT, V25Network, V25PretrainedConfig, pack

LARGEST_SHARD = 10_000_000


def test_pack_moves_real_tokens_left_in_order() -> None:
    mask = torch.tensor([[0, 1, 0, 1, 1], [1, 0, 0, 0, 1], [0, 0, 0, 0, 0]]).bool()
    x = torch.arange(15.0).view(3, 5, 1)
    moved, packed, column = pack(x, mask, x[..., 0])
    assert moved[0, :3, 0].tolist() == [1, 3, 4]
    assert moved[1, :2, 0].tolist() == [5, 9]
    assert packed.tolist() == [[True] * 3 + [False] * 2, [True] * 2 + [False] * 3, [False] * 5]
    assert torch.equal(column, moved[..., 0])


def test_the_prompt_knows_kind_and_place_of_every_token(tiny_network: V25Network) -> None:
    prompt = tiny_network.join(random_parts(tiny_network, [(5, 2, 3), (0, 4, 1)], 1))
    assert prompt.lengths.tolist() == [10, 5]
    assert prompt.kind[0].tolist() == [IMAGE] * 5 + [SPEECH] * 2 + [TEXT] * 3 + [SPEECH] * 2
    assert prompt.kind[1, :5].tolist() == [SPEECH] * 4 + [TEXT]
    assert prompt.place[0, :10].tolist() == [0, 1, 2, 3, 4, 0, 1, 0, 1, 2]
    assert prompt.place[1, :5].tolist() == [0, 1, 2, 3, 0]
    assert len({IMAGE, SPEECH, TEXT, HEARD}) == 4


def test_a_checkpoint_comes_back_bit_for_bit(
    tiny_network: V25Network, tiny_checkpoint: Path
) -> None:
    saved, loaded = tiny_network.state_dict(), load_network(tiny_checkpoint).state_dict()
    assert saved.keys() == loaded.keys()
    for name, tensor in saved.items():
        assert torch.equal(tensor, loaded[name]), name


def test_weights_lie_in_shards_under_the_size_asked_for(tiny_checkpoint: Path) -> None:
    shards = sorted(tiny_checkpoint.glob("*.safetensors"))
    assert len(shards) > 1
    assert all(shard.stat().st_size < 340_000 for shard in shards)  # 300 kB and a header
    assert not list(tiny_checkpoint.glob("*.bin"))


def test_the_full_size_is_small_enough_to_ship(tmp_path: Path) -> None:
    """At most 30 M parameters, and no tensor too large for a 10 MB file in bfloat16."""
    with torch.device("meta"):
        network = V25Network.from_sizes(V25Config())
    assert sum(p.numel() for p in network.parameters()) < 30_000_000
    assert max(t.numel() * 2 for t in network.state_dict().values()) < LARGEST_SHARD


def test_the_bundled_weights_lie_in_files_under_10_mb() -> None:
    for path in (Path(__file__).parents[2] / "assets").rglob("*"):
        assert not path.is_file() or path.stat().st_size < LARGEST_SHARD, path


def test_the_config_travels_whole(tiny_sizes: V25Config, tmp_path: Path) -> None:
    V25PretrainedConfig(tiny_sizes.to_dict()).save_pretrained(tmp_path)
    assert V25PretrainedConfig.from_pretrained(tmp_path).sizes == tiny_sizes


def test_every_weight_gets_a_gradient(tiny_sizes: V25Config) -> None:
    """Senses, fusion, decision, router and gates all learn from the copy alone."""
    torch.manual_seed(1)
    network = V25Network.from_sizes(tiny_sizes).train()
    image, speech = tiny_sizes.image, network.speech
    pixels = torch.randn(2, 3, image.size, image.size)
    tokens, labels = network.see(network.image.features(pixels))
    frames, inside = speech.frames(torch.randn(2, 8_000), torch.tensor([8_000, 8_000]))
    sound, sound_mask = speech.tokens(frames, inside)
    ids = torch.randint(11, 300, (2, 6))
    words = network.read(ids, torch.zeros_like(ids), torch.ones_like(ids, dtype=torch.bool))
    parts = [
        (
            tokens,
            torch.ones(tokens.shape[:2], dtype=torch.bool),
            torch.full(tokens.shape[:2], IMAGE),
        ),
        (sound, sound_mask, torch.full(sound.shape[:2], SPEECH)),
        (words, torch.ones_like(ids, dtype=torch.bool), torch.full_like(ids, TEXT)),
    ]
    own = torch.randint(0, 300, (2, 9))
    out = network(parts, own, torch.ones_like(own, dtype=torch.bool), torch.tensor([6, 10]))
    loss = out.logits.square().mean() + labels.square().mean()
    (loss + speech.transcribe(frames).square().mean()).backward()
    silent = {n for n, p in network.named_parameters() if p.grad is None or not bool(p.grad.any())}
    assert silent <= {"speech.wav2vec2.masked_spec_embed"}


FORCED = {
    "one fusion head closed": {(0, "open"): 0.0},
    "one decision head closed": {(2, "open"): 0.0},
    "a closed fusion head opened": {(1, "closed"): 0.7},
    "a closed decision head opened": {(3, "closed"): 1.0},
    "gates of open heads changed": {(0, "open"): 0.2, (3, "open"): 0.9},
    "some of each": {(0, "open"): 0.0, (0, "closed"): 0.4, (2, "open"): 0.0, (3, "closed"): 0.1},
}


@pytest.mark.parametrize("name", FORCED)
def test_forced_gates_equal_forced_weights_in_trainings_path(
    tiny_network: V25Network, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request forces heads of its own, so that some layers fill up to the others' k."""
    lengths, budget = [(5, 4, 12), (0, 0, 2), (5, 0, 30)], 6
    sizes, own = tiny_network.sizes, torch.randint(0, 300, (3, 7))
    parts = random_parts(tiny_network, lengths, 21)
    everything, real = torch.tensor([budget] * 3), torch.ones_like(own, dtype=torch.bool)
    free = tiny_network(parts, own, real, everything)
    forced = torch.full((3, sizes.layers, sizes.heads), math.nan)
    for (layer, which), value in FORCED[name].items():
        ranked = free.gates[layer].argsort(-1, descending=True)
        heads = ranked[:, 2] if which == "open" else ranked[:, budget + 3]
        forced[torch.arange(3), layer, heads] = value

    places = iter(range(sizes.layers))

    def weights(gates: torch.Tensor, budgets: torch.Tensor) -> torch.Tensor:
        return with_forced(head_weights(gates, budgets), forced[:, next(places)])

    with monkeypatch.context() as patch:
        for module in (fusion, decoder):
            patch.setattr(module, "head_weights", weights)
        expected = tiny_network(parts, own, real, everything).logits
    _, cache, _ = opened(tiny_network, parts, budget, forced=forced)
    found = cached_logits(tiny_network, cache, own)
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-4)
    assert not torch.allclose(found, free.logits, atol=1e-4, rtol=1e-4)


def test_all_heads_may_be_closed(tiny_network: V25Network) -> None:
    parts = random_parts(tiny_network, [(5, 4, 12)], 22)
    forced = torch.zeros(1, tiny_network.sizes.layers, tiny_network.sizes.heads)
    _, cache, _ = opened(tiny_network, parts, 6, forced=forced)
    assert not any(bool(heads.real.any()) for heads in cache.heads)
    assert bool(cached_logits(tiny_network, cache, torch.tensor([[1, 5]])).isfinite().all())


def test_where_one_product_is_sure_the_copy_is_told_of_no_other(tiny_network: V25Network) -> None:
    """A photo that is rather surely milk, and might be an apple, is told as milk is."""
    sizes, image = tiny_network.sizes, tiny_network.image
    products = [product for _, product in sizes.labels]
    sure = torch.zeros(1, len(products))
    sure[0, 0] = 1.0
    told = tiny_network.told(sure)
    own = [product == products[0] for product in products]
    assert torch.equal(told[0, own], sure[0, own])
    assert told.softmax(-1)[0, [not mine for mine in own]].sum() == 0
    features = torch.randn(1, image.head.in_features, image.grid, image.grid)
    tokens, logits = tiny_network.see(features)
    assert torch.equal(logits, image.classify(features))
    assert torch.equal(tokens, image.tokens(features, tiny_network.told(logits)))


def test_where_no_product_is_sure_the_copy_is_told_of_none(tiny_network: V25Network) -> None:
    products = [product for _, product in tiny_network.sizes.labels]
    logits = torch.tensor([1 / products.count(product) for product in products]).log()[None]
    logits = torch.cat((logits, logits))  # each product as likely as the others
    logits[0, 0] += 0.1
    logits[1, 0] += 9.0
    unsure, sure = tiny_network.told(logits).softmax(-1)
    assert torch.equal(unsure, torch.full((len(products),), 1 / len(products)))
    assert sure[0] > 0.9
