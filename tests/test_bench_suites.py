"""The suites measure what they say: the same tokens, equal results, bytes as they lie there."""

from __future__ import annotations

import argparse
import json

import pytest
import torch

from v25 import bench, bench_attention, bench_decode, bench_peers
from v25.bench_attention import TOLERANCE, attention, check, materialised, prompts, spell_out
from v25.bench_batch import batch
from v25.bench_decode import agreement, copy_speed, decode, requests_of, step_bytes
from v25.decoding import GraphDecoder
from v25.paired import GIB, MIB, Unequal
from v25.prefill import fill
from v25.schema import V25Error


def arguments(**given):
    usual = {"lengths": None, "rounds": 1, "tokens": 4, "batches": None, "precisions": None,
             "text": "Two copies, please.", "image": None, "audio": None,
             "seconds": None}  # fmt: skip
    return argparse.Namespace(**(usual | given))


# --- attention ------------------------------------------------------------------------------


def test_matrices_spelt_out_give_the_networks_own_logits(tiny_network):
    prompt = next(prompts(tiny_network, 40, 2, 2))
    own = torch.tensor([[1, 30, 31], [1, 40, 41]])
    made = spell_out(tiny_network, prompt, own, 3)
    parts = [(prompt.x - tiny_network.kind(prompt.kind), prompt.mask, prompt.kind)]
    budgets = torch.full((2,), tiny_network.sizes.heads)
    own_mask = torch.ones_like(own, dtype=torch.bool)
    reference = tiny_network(parts, own, own_mask, budgets).logits
    assert torch.allclose(made.logits, reference, atol=1e-4)
    assert made.keys[0].shape == (2, 16, 43, tiny_network.sizes.head_dim)


def test_prompts_come_in_groups_and_are_always_the_same(tiny_network):
    groups = [prompt.x for prompt in prompts(tiny_network, 12, 5, 2)]
    assert [len(x) for x in groups] == [2, 2, 1]
    again = [prompt.x for prompt in prompts(tiny_network, 12, 5, 2)]
    assert all(torch.equal(a, b) for a, b in zip(groups, again, strict=True))
    assert not torch.equal(groups[0][0], groups[1][0])


def test_attention_by_length_and_budget(tiny_model, tiny_sizes):
    rows = attention(tiny_model, arguments(lengths=[32, 20]))
    cells = [(row["tokens"], row["heads"]) for row in rows]
    assert cells == [(n, k) for n in (20, 32) for k in (16, tiny_sizes.budget, 6)]
    assert {row["batch"] for row in rows} == {1}
    for row in rows:
        assert row["prefill_ms"] > 0 < row["decode_ms"]
        assert row["ratios"]["kv_mib"] == pytest.approx(row["heads"] / 16)


def test_materialised_beside_the_same_request_on_the_fused_kernel(tiny_model, tiny_sizes):
    rows = materialised(tiny_model, arguments(lengths=[24]))
    cells = [(row["attention"], row["heads"]) for row in rows]
    assert cells == [("materialised", 16), ("fused", 16), ("fused", tiny_sizes.budget)]
    assert set(rows[0]["ratios"].values()) == {1.0}


def test_fused_and_materialised_are_held_equal(tiny_model, monkeypatch, capsys):
    assert check(tiny_model, 40) < 1e-3
    assert f"tolerance {TOLERANCE:g}" in capsys.readouterr().err
    right = bench_attention.spell_out

    def wrong(*given):
        made = right(*given)
        made.logits[0, 0, 0] += 1.0
        return made

    monkeypatch.setattr(bench_attention, "spell_out", wrong)
    with pytest.raises(Unequal, match="largest difference 1"):
        check(tiny_model, 40)


def test_a_gpu_gets_as_many_requests_as_all_heads_need_the_target_for(tiny_model, monkeypatch):
    """Its memory is what a trial held, and half a GiB of the driver's."""
    target, length = 3e9, 64
    network, held = tiny_model.network, []

    def filled(*given, **settings):
        made = fill(*given, **settings)
        kept = made.cache.keys.nbytes + made.cache.values.nbytes
        held.append((kept + bench_attention._head_bytes(made), settings))
        return made

    monkeypatch.setattr(bench_attention, "fill", filled)
    monkeypatch.setattr(bench_attention, "TARGET", target)
    monkeypatch.setattr(bench_attention, "HEADLINE", length)
    monkeypatch.setattr(bench_attention, "GPU_TOKENS", 128)
    total = type("Total", (), {"total_memory": 2e10})
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: total)
    monkeypatch.setattr(
        bench_attention, "gpu_peaks", lambda device: {"device_gib": (held[-1][0] + 5e8) / GIB}
    )
    monkeypatch.setattr(bench_attention, "on_gpu", lambda device: True)
    rows, tokens = bench_attention._batch(tiny_model, length, None)
    each = held[-1][0] / 4  # two groups of two requests
    assert tokens == rows * length
    assert rows == pytest.approx((target - 5e8) / each, rel=0.02) or rows * each < target - 5e8
    shorter, same = bench_attention._batch(tiny_model, 16, tokens)
    assert same == tokens
    assert shorter * 16 <= tokens
    assert network.sizes.heads == tiny_model.heads


# --- decode ---------------------------------------------------------------------------------


def test_decode_by_precision_at_the_context_asked_for(tiny_model):
    rows = decode(tiny_model, arguments(lengths=[60], precisions=["fp32", "bf16"]))
    assert [(row["context"], row["requests"]) for row in rows] == [(60, 1)] * 2
    assert [row["precision"] for row in rows] == ["fp32", "bf16"]
    for row in rows:
        assert row["ms_per_token"] > 0 < row["bandwidth_share"]
        assert row["tokens_per_second"] == pytest.approx(1e3 / row["ms_per_token"])
    assert rows[1]["ratios"]["read_mib"] == pytest.approx(0.5)


def test_requests_have_the_context_and_differ_in_their_seeds(tiny_model):
    requests = requests_of(tiny_model, "Short and simple.", 90, 3, 4)
    lengths = {len(tiny_model.processor.encode(r.text)[0]) for r in requests}
    assert lengths == {90}
    assert [r.seed for r in requests] == [0, 1, 2]


@pytest.mark.parametrize("rows", [1, 6, 9])
def test_a_step_reads_its_own_weights_and_the_cache(tiny_model, tiny_sizes, rows):
    context, network = 20, tiny_model.network
    prompt = next(prompts(network, context, rows, rows))
    cache = fill(network, [prompt], rows, context, tiny_model.budget, capture=False).cache
    held = cache.keys.nbytes + cache.values.nbytes
    attentions = [layer.attention for layer in network.decision.layers]
    if rows == 6:  # a few rows go through the layer's own weights
        held += sum(a.qkv.weight.nbytes + a.out.weight.nbytes for a in attentions)
    else:
        held += sum(heads.qkv.nbytes + heads.out.nbytes for heads in cache.heads)
    for layer in network.decision.layers:
        experts = layer.experts
        share = tiny_sizes.active_experts / tiny_sizes.experts if rows == 1 else 1
        held += share * (experts.up.weight.nbytes + experts.down.weight.nbytes)
        held += sum(p.nbytes for p in experts.shared.parameters()) + experts.router.weight.nbytes
    held += network.embedding.weight.nbytes
    assert step_bytes(tiny_model, rows, context) == held


def test_graph_and_eager_must_write_the_same(tiny_model, monkeypatch, capsys):
    bench_decode.check(tiny_model)  # without a GPU a graph is plain calls
    assert "write the same at temperature 0, fp32" in capsys.readouterr().err
    right = GraphDecoder.next

    def wanders(self, spent, live):
        tokens, sure = right(self, spent, live)
        return [token + 1 for token in tokens], sure

    monkeypatch.setattr(GraphDecoder, "next", wanders)
    with pytest.raises(Unequal, match="0 of"):
        bench_decode.check(tiny_model)


def test_agreement_counts_what_two_copies_begin_alike_with():
    assert agreement([[1, 2, 3], [4]], [[1, 2, 9, 9], [4]]) == (3, 5)
    assert agreement([[]], [[]]) == (0, 0)


def test_a_copy_tells_the_memorys_speed():
    assert copy_speed(torch.device("cpu"), MIB) > 1e7


# --- batch, peers, command line -------------------------------------------------------------


def test_the_same_requests_one_by_one_and_at_once(tiny_model, photo_file, monkeypatch):
    asked = []
    answer = type(tiny_model).generate_batch

    def watch(self, requests, max_batch):
        asked.append((max_batch, [(r.seed, r.image) for r in requests]))
        return answer(self, requests, max_batch)

    monkeypatch.setattr(type(tiny_model), "generate_batch", watch)
    rows = batch(tiny_model, arguments(batches=[1, 3], image=str(photo_file)))
    assert [(row["inputs"], row["requests"]) for row in rows] == [
        ("typed", 1), ("typed", 3), ("photo", 1), ("photo", 3)]  # fmt: skip
    assert [size for size, _ in asked] == [1, 3] * 4
    assert asked[0][1] == asked[1][1] == [(0, None), (1, None), (2, None)]
    assert asked[-1][1][0][1] == str(photo_file)
    assert all(row["tokens_per_second"] > 0 for row in rows)


def small_peer(device):
    """SmolVLM's architecture with 512 pixels and next to no width."""
    sizes = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 2,
             "num_attention_heads": 2}  # fmt: skip
    return bench_peers.smolvlm(device, sizes | {"num_key_value_heads": 1}, sizes)


def test_this_model_beside_a_peer(tiny_model, photo_file, monkeypatch, capsys):
    monkeypatch.setattr(bench_peers, "PEERS", {"small": small_peer})
    rows = bench_peers.peers(tiny_model, arguments(image=str(photo_file), precisions=["bf16"]))
    assert [(row["precision"], row["model"]) for row in rows] == [
        ("bf16", "v25"),
        ("bf16", "small"),
    ]
    for row in rows:
        assert row["first_token_ms"] > 0 < row["ms_per_token"]
        assert row["memory_mib"] >= row["weights_mib"] > 0
    told = capsys.readouterr().err
    assert "plain loop" in told
    assert "generate" in told


def test_a_peer_that_cannot_be_made_is_left_out(tiny_model, photo_file, monkeypatch, capsys):
    def broken(device):
        raise TypeError("no such size")

    monkeypatch.setattr(bench_peers, "PEERS", {"broken": broken})
    rows = bench_peers.peers(tiny_model, arguments(image=str(photo_file), precisions=["fp32"]))
    assert [row["model"] for row in rows] == ["v25"]
    assert "broken left out: TypeError: no such size" in capsys.readouterr().err


def test_published_sizes_of_the_peers():
    """Parameters in millions as their makers count them, without the weights of any."""
    counted = {}
    for name, make in bench_peers.PEERS.items():
        network, inputs, _ = make(torch.device("meta"))
        counted[name] = round(sum(p.numel() for p in network.parameters()) / 1e6)
        assert int((inputs["input_ids"] != network.config.image_token_id).sum()) == 40
    assert counted == {"SmolVLM-256M": 256, "Florence-2-base": 231, "LFM2-VL-450M": 451}


def test_a_suite_that_breaks_costs_only_itself(tiny_checkpoint, tmp_path, monkeypatch, capsys):
    def breaks(model, args):
        raise RuntimeError("kernel missing")

    def differs(model, args):
        raise Unequal("far apart")

    suites = {"one": breaks, "two": differs, "memory": bench.memory}
    monkeypatch.setattr(bench, "SUITES", suites)
    out = tmp_path / "out.json"
    common = ("--model", str(tiny_checkpoint), "--device", "cpu", "--rounds", "1")
    assert bench.main(["--lengths", "20", "--out", str(out), *common]) == 1
    told = capsys.readouterr().err
    assert "kernel missing" in told
    assert "two: NOT EQUAL: far apart" in told
    content = json.loads(out.read_text())
    assert list(content["suites"]) == ["memory"]
    assert {"torchao", "torchaudio", "torch", "transformers"} <= set(content)

    def bad(model, args):
        raise V25Error("file_missing", "There is no photo.")

    monkeypatch.setattr(bench, "SUITES", {"bad": bad})
    assert bench.main(list(common)) == 2
