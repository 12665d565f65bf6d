"""`V25Model`: the calls of the product note, and a sentence for everything that can go wrong."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import torch
from parts import key_of
from PIL import Image

from v25 import slabs
from v25.api import V25Model
from v25.checkpoint import find_checkpoint
from v25.schema import Request, V25Error


@pytest.fixture(scope="module")
def mixed(photo: np.ndarray, sound: tuple[int, np.ndarray]) -> list[dict[str, Any]]:
    """Requests of every mix of inputs, and of lengths on both sides of a window of text."""
    rate, samples = sound
    return [
        {"text": "apples"},
        {
            "text": "写一段文案，突出透气，品牌 Aurora, price $49, for women and runners",
            "image": photo,
        },
        {"image": photo},
        {"audio": sound},
        {"audio": (rate, samples[:5_000]), "text": "促销"},
        {"text": "story " * 12, "image": photo[:, ::-1], "audio": (rate, samples[:9_000])},
    ]


def test_the_calls_of_the_product_note(tiny_checkpoint: Path, photo_file: Path) -> None:
    model = V25Model(model_name=str(tiny_checkpoint), attention_heads=16, quantization="int8")
    response = model.generate(
        text="生成产品描述", image=str(photo_file), max_length=20, temperature=0.7
    )
    assert str(response) == response.text
    attention_map = model.get_attention_map(input_text="长文本示例")
    assert attention_map[0][0].shape == (len(attention_map.tokens),) * 2
    assert attention_map.trace.open.all()


def test_any_mix_of_inputs_works(tiny_model: V25Model, mixed: list[dict[str, Any]]) -> None:
    for request in mixed:
        made = tiny_model.generate(**request, max_length=4, seed=1)
        assert (made.transcript is None) == ("audio" not in request)
        assert bool(made.perception) == ("image" in request)
        kinds = {span.modality for span in made.trace.spans}
        assert ("image" in kinds, "speech" in kinds) == ("image" in request, "audio" in request)


def test_paths_pictures_and_arrays_are_the_same(
    tiny_model: V25Model, sound: tuple[int, np.ndarray], photo: np.ndarray, tmp_path: Path
) -> None:
    picture = Image.fromarray(photo)
    picture.save(tmp_path / "a.png")
    soundfile.write(tmp_path / "a.wav", sound[1], sound[0], subtype="FLOAT")
    ways = [
        (photo, sound),
        (picture, list(sound)),
        (tmp_path / "a.png", tmp_path / "a.wav"),
        (str(tmp_path / "a.png"), str(tmp_path / "a.wav")),
    ]
    made = [tiny_model.generate(image=i, audio=a, max_length=9, seed=2) for i, a in ways]
    assert len({m.text for m in made}) == 1
    assert len({m.perception for m in made}) == 1


@torch.inference_mode()
def test_a_request_alone_equals_the_same_request_in_a_padded_batch(
    tiny_model: V25Model, mixed: list[dict[str, Any]]
) -> None:
    """Logits of a few steps, from pixels, samples and words up."""
    requests = [Request(**r) for r in mixed]
    together = tiny_model._run(requests)
    together.prepare()
    columns = [torch.full((len(requests),), token) for token in (1, 4, 50, 99)]
    network = tiny_model.network
    batch = torch.stack([network.step(c, together.state.cache) for c in columns], 1)
    assert bool(batch.isfinite().all())
    for row, request in enumerate(requests):
        single = tiny_model._run([request])
        single.prepare()
        alone = torch.cat([network.step(c[:1], single.state.cache) for c in columns])
        torch.testing.assert_close(batch[row], alone, atol=1e-5, rtol=1e-4)
        assert together.rows[row].prompt_tokens == single.rows[0].prompt_tokens
        assert together.rows[row].transcript == single.rows[0].transcript


@pytest.mark.parametrize("max_batch", [32, 4, 1])
def test_generate_batch_writes_what_generate_writes(
    tiny_model: V25Model, mixed: list[dict[str, Any]], max_batch: int
) -> None:
    heads = (None, 6, None, 16, 6, 10)
    asked = [
        {**r, "seed": i, "max_length": 8 + 5 * i, "attention_heads": h}
        for i, (r, h) in enumerate(zip(mixed, heads, strict=True))
    ]
    batch = tiny_model.generate_batch(asked, max_batch)
    for one, request in zip(batch, asked, strict=True):
        alone = tiny_model.generate(**request)
        assert (one.text, one.styles, one.transcript) == (
            alone.text,
            alone.styles,
            alone.transcript,
        )
        assert one.finish_reason == alone.finish_reason
        opened = request["attention_heads"] or tiny_model.budget
        assert one.trace.open.sum(1).tolist() == [opened] * 4


def test_generate_batch_takes_records_mappings_and_bare_commands(tiny_model: V25Model) -> None:
    assert tiny_model.generate_batch([]) == []
    settings = {"max_length": 200, "seed": 3}
    made = tiny_model.generate_batch([Request("a", **settings), {"text": "a", **settings}, "b"])
    assert made[0].text == made[1].text
    assert len(made) == 3
    with pytest.raises(V25Error, match="no input"):
        tiny_model.generate_batch(["fine", {"text": " "}])


@pytest.mark.parametrize("heads", [1, 6, 10, 16])
def test_the_budget_is_a_dial_of_model_and_request(tiny_checkpoint: Path, heads: int) -> None:
    model = V25Model(tiny_checkpoint, attention_heads=heads, device="cpu")
    assert model.generate("a", max_length=2, seed=1).trace.open.sum(1).tolist() == [heads] * 4
    asked = model.generate("a", max_length=2, seed=1, attention_heads=3).trace
    assert asked.open.sum(1).tolist() == [3] * 4
    assert model.default_budget == heads


def test_attention_map_is_indexed_by_layer_and_head(
    tiny_model: V25Model, photo: np.ndarray
) -> None:
    attention = tiny_model.get_attention_map("长文本示例 for shoes", image=photo)
    assert len(attention) == len(attention.layers) == 4
    count = len(attention.tokens)
    fusion = attention.trace.prompt_length
    for layer, maps in enumerate(attention):
        assert len(maps) == 16
        for head, values in enumerate(maps):
            assert values.shape == ((fusion, fusion) if layer < 2 else (count, count))
            assert values.dtype == np.float32
            assert values.any() == attention.open[layer, head]
    assert attention.gates.shape == (4, 16)
    assert [s.modality for s in attention.spans][:2] == ["image", "text"]
    np.testing.assert_array_equal(attention[-1][-1], attention[3][15])
    for wrong in (lambda: attention[4], lambda: attention[0][16], lambda: attention[-5]):
        with pytest.raises(IndexError, match="there are"):
            wrong()


def test_a_map_of_16384_tokens_is_averaged_without_ever_being_whole(
    tiny_model: V25Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = time.perf_counter()
    attention = tiny_model.get_attention_map("a" + " a" * 16_383, max_side=64, attention_heads=2)
    assert len(attention.tokens) == 16_384
    trace, largest, pieces = attention.trace, 0, slabs.slabs

    def watched(*place: Any) -> Iterator[slabs.Slab]:
        nonlocal largest
        for slab in pieces(*place):
            largest = max(largest, slab.scores.numel())
            yield slab

    monkeypatch.setattr(slabs, "slabs", watched)
    for layer in (0, 3):
        head = int(np.flatnonzero(attention.open[layer])[0])
        values = attention[layer][head]
        assert values.shape == (64, 64)
        first = np.mean([trace.row(layer, head, query)[:256] for query in range(256)])
        np.testing.assert_allclose(values[0, 0], first, rtol=1e-4)
    assert 0 < largest <= slabs.CPU_ELEMENTS
    assert time.perf_counter() - begun < 60


BAD_CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "no_input"),
    "spaces": ({"text": " \n "}, "no_input"),
    "number as text": ({"text": 5}, "wrong_type"),
    "200,000 characters": ({"text": "文" * 200_000}, "text_too_long"),
    "no heads": ({"text": "a", "attention_heads": 0}, "heads_out_of_range"),
    "17 heads": ({"text": "a", "attention_heads": 17}, "heads_out_of_range"),
    "True heads": ({"text": "a", "attention_heads": True}, "heads_out_of_range"),
    "heads as words": ({"text": "a", "attention_heads": "8"}, "heads_out_of_range"),
    "length 0": ({"text": "a", "max_length": 0}, "max_length_out_of_range"),
    "no photo there": ({"image": "none.jpg"}, "image_missing"),
    "no sound there": ({"audio": "none.wav"}, "audio_missing"),
    "photo of words": ({"image": __file__}, "image_unreadable"),
    "sound of words": ({"audio": __file__}, "audio_unreadable"),
    "silence": ({"text": "a", "audio": (16_000, np.zeros(9_000))}, "audio_silent"),
    "huge photo": ({"image": Image.new("1", (10_000, 10_000))}, "image_too_large"),
    "five minutes": ({"audio": (8_000, np.zeros(2_400_000))}, "audio_too_long"),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_after_every_bad_input_the_model_still_writes(tiny_model: V25Model, name: str) -> None:
    call, key = BAD_CALLS[name]
    expected = tiny_model.generate("apples", max_length=4, seed=1).text
    assert key_of(lambda: tiny_model.generate(**call)) == key
    assert key_of(lambda: list(tiny_model.stream(**call))) == key
    assert key_of(lambda: tiny_model.generate_batch(["fine", call])) == key
    assert tiny_model.generate("apples", max_length=4, seed=1).text == expected


@pytest.mark.parametrize("side", [0, -1, "8", 2.5, True])
def test_a_side_that_cannot_be(tiny_model: V25Model, side: object) -> None:
    assert (
        key_of(lambda: tiny_model.get_attention_map("a", max_side=side)) == "max_side_out_of_range"
    )


@pytest.mark.parametrize("quantization", ["int4", "INT8", 8, ["int8"], ""])
def test_an_unknown_quantization_names_the_choices(
    tiny_checkpoint: Path, quantization: object
) -> None:
    with pytest.raises(V25Error, match="None, 'fp16' or 'int8'") as caught:
        V25Model(tiny_checkpoint, quantization=quantization)
    assert caught.value.key == "unknown_quantization"


def test_an_unknown_precision_names_the_choices(tiny_model: V25Model) -> None:
    with pytest.raises(V25Error, match="fp32, bf16, fp16, int8"):
        tiny_model.with_precision("fp8")


@pytest.mark.parametrize("heads", [0, 17, True, "8"])
def test_a_model_cannot_open_heads_it_has_not(tiny_checkpoint: Path, heads: object) -> None:
    assert key_of(lambda: V25Model(tiny_checkpoint, attention_heads=heads)) == "heads_out_of_range"


@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps", "meta", "xyz", []])
def test_a_device_that_is_not_there(tiny_checkpoint: Path, device: object) -> None:
    if str(device).startswith("cuda") and torch.cuda.is_available():
        pytest.skip("there is a GPU here")
    if device == "mps" and torch.backends.mps.is_available():
        pytest.skip("there is such a device here")
    assert key_of(lambda: V25Model(tiny_checkpoint, device=device)) == "device_missing"


@pytest.mark.parametrize(
    "name", ["none", "./none", "/none/here", "nobody/nothing", "", "a/b/c", 5, None]
)
def test_a_model_that_is_not_there(name: object) -> None:
    assert key_of(lambda: find_checkpoint(name)) == "model_missing"


def _edited(**values: object) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text())
        for name, value in values.items():
            part, _, inner = name.partition("__")
            if inner:
                config["v25"][part][inner] = value
            else:
                config["v25"][part] = value
        (folder / "config.json").write_text(json.dumps(config))

    return edit


def _shard(folder: Path) -> Path:
    return sorted(folder.glob("*.safetensors"))[0]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "other width": _edited(width=80),
    "width out of range": _edited(width=81),
    "no heads": _edited(heads=0),
    "budget out of range": _edited(budget=99),
    "more layers": _edited(decision_layers=3),
    "fewer layers": _edited(decision_layers=1),
    "other labels": _edited(labels=[["a", "b"]]),
    "other alphabet": _edited(speech__characters="abc"),
    "words as a width": _edited(width="wide"),
    "nothing as text": _edited(text=None),
    "no strides": _edited(speech__conv_stride=[0] * 7),
    "config of no object": lambda f: (f / "config.json").write_text("[]"),
    "config cut": lambda f: (f / "config.json").write_text("{"),
    "config of another kind": lambda f: (f / "config.json").write_text('{"v25": [1]}'),
    "shard cut": lambda f: _shard(f).write_bytes(_shard(f).read_bytes()[:1_000]),
    "shard cut late": lambda f: _shard(f).write_bytes(_shard(f).read_bytes()[:-1_000]),
    "shard of words": lambda f: _shard(f).write_text("words"),
    "shard missing": lambda f: _shard(f).unlink(),
    "index missing": lambda f: (f / "model.safetensors.index.json").unlink(),
    "tokenizer missing": lambda f: (f / "tokenizer.json").unlink(),
    "tokenizer cut": lambda f: (f / "tokenizer.json").write_text("{"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_checkpoint_says_so(tiny_checkpoint: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(tiny_checkpoint, folder)
    DAMAGES[name](folder)
    with pytest.raises(V25Error, match="damaged") as caught:
        V25Model(folder, device="cpu")
    assert caught.value.key == "checkpoint_mismatch"


def test_loading_leaves_the_library_s_logging_as_it_was(tiny_checkpoint: Path) -> None:
    from transformers.utils import logging

    before = logging.get_verbosity(), logging.is_progress_bar_enabled()
    V25Model(tiny_checkpoint, device="cpu")
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == before
