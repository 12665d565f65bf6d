"""The ready-made requests of the page: `python -m v25.training examples` writes all their files.

Pictures are drawn (`v25.training.drawings`), commands are spoken by free engines
(`v25.training.voices`), and `examples.json` says what goes with what.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import soundfile

from v25.training import drawings
from v25.training.voices import RATE, Take, Voice, record

NOTE = "把这张产品图生成三种不同风格的营销文案"
"""The command of the product note."""

CATALOGUES = {
    "zh": """\
春季新品目录
编号201；产品：连衣裙；品牌：云织；价格：299元；卖点：透气、百搭
编号202；产品：运动鞋；品牌：飞跃者；价格：459元；卖点：轻便、防滑
编号203；产品：渔夫帽；品牌：山野集；价格：89元；卖点：防晒
编号204；产品：卫衣；品牌：暖冬社；价格：199元；卖点：保暖、柔软
编号205；产品：苹果；品牌：果然甜；价格：19.9元；卖点：香甜、脆爽
编号206；产品：橙汁；品牌：晨露；价格：12元；卖点：无添加、新鲜
编号207；产品：牛油果；品牌：绿野；价格：29元；卖点：绵密、有机

给编号204写两条文案，高端和俏皮。""",
    "en": """\
Spring range 2026
No. 101 | Trench coat | Brand: Norvale | Price: $189 | Points: waterproof, slimming
No. 102 | Canvas sneakers | Brand: Brightby | Price: $59.90 | Points: breathable, lightweight
No. 103 | Wool hat | Brand: Torra | Price: $24 | Points: warm, soft
No. 104 | Linen shirt | Brand: Casa Lume | Price: $72 | Points: breathable, easy-care
No. 105 | Summer dress | Brand: Olivane | Price: $98.50 | Points: lightweight, versatile
No. 106 | Hoodie | Brand: Kestrel & Co | Price: $64 | Points: warm, comfortable
No. 107 | Orange juice | Brand: Sunfold | Price: $4.80 | Points: additive-free, sweet
No. 108 | Avocados | Brand: Verdano | Price: 2 for $3 | Points: creamy, organic

An ad for the Torra item, playful style please""",
}
"""A list to find an entry in, and what is asked for."""

SPOKEN: dict[str, Take] = {
    "three-styles": Take(NOTE, Voice("espeak", "cmn+f2", "zh"), speed=300),
    "sweet-apples": Take(
        "给这款苹果写一条小红书文案，突出香甜和多汁",
        Voice("espeak", "cmn+m3", "zh"),
        pitch=40,
        speed=330,
    ),
    "fun-hat": Take(
        "write two captions for this hat one playful and one premium",
        Voice("flite", "awb", "en"),
    ),
    "live-bananas": Take(
        "write a live stream text for bananas sweet and fresh",
        Voice("espeak", "en-us", "en"),
        speed=150,
    ),
}
"""Name of each recording to what is said in it, and how."""

REQUESTS: tuple[dict[str, str], ...] = (
    {"language": "zh", "text": NOTE, "image": "shoes"},
    {"language": "zh", "audio": "three-styles", "image": "shoes"},
    {
        "language": "zh",
        "text": "为这件T恤写一条小红书种草文案和一条促销文案，品牌云步，突出透气和百搭，只要99元",
        "image": "t-shirt",
    },
    {"language": "zh", "audio": "sweet-apples", "image": "apple"},
    {"language": "zh", "text": "这件卫衣要两条英文文案，俏皮和极简，主打保暖", "image": "hoodie"},
    {"language": "zh", "image": "banana"},
    {"language": "zh", "text": CATALOGUES["zh"]},
    {
        "language": "en",
        "text": "A premium text for this dress by Fennora, $129, soft and slimming.",
        "image": "dress",
    },
    {"language": "en", "audio": "fun-hat", "image": "hat"},
    {
        "language": "en",
        "text": "Three takes on these avocados: expert review, story, live-stream. They're creamy.",
        "image": "avocado",
    },
    {"language": "en", "audio": "live-bananas"},
    {"language": "en", "text": CATALOGUES["en"]},
)
"""Typed, shown, spoken, spoken about a photo, and a catalogue; files without their endings."""


def rows() -> list[dict[str, str]]:
    """What `examples.json` lists: each request with the names of its files."""
    endings = {"image": ".webp", "audio": ".flac"}
    listed = [{k: v + endings.get(k, "") for k, v in row.items()} for row in REQUESTS]
    for row, request in zip(listed, REQUESTS, strict=True):
        if "audio" in request:
            row["said"] = SPOKEN[request["audio"]].text
    return listed


def write_sounds(folder: Path) -> list[Path]:
    """Speaks every command; returns the files.

    Raises:
        RuntimeError: an engine is missing.
    """
    paths = []
    for name, take in SPOKEN.items():
        samples = record([take])[0]
        if not len(samples):
            raise RuntimeError(f"{take.voice.engine} could not speak {name!r}: is it installed?")
        path = folder / f"{name}.flac"  # plays in every browser, and every run writes the same
        soundfile.write(path, samples, RATE, subtype="PCM_16", compression_level=1.0)
        paths.append(path)
    return paths


def write(folder: Path) -> list[Path]:
    """Writes pictures, sounds and the list; returns all files.

    Raises:
        RuntimeError: an engine is missing.
    """
    listed = folder / "examples.json"
    paths = [*drawings.write_examples(folder), *write_sounds(folder), listed]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows())
    listed.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return paths


def main(arguments: list[str] | None = None) -> None:
    """Writes the folder."""
    parser = argparse.ArgumentParser(prog="python -m v25.training examples", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=Path("assets/examples"))
    for path in write(parser.parse_args(arguments).out):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
