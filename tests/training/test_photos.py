import csv
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from v25.labels import LABEL_PRODUCTS, LABELS, LABELS_EN, LABELS_ZH
from v25.lexicon import PRODUCTS
from v25.model.perception import PIXEL_MEAN, PIXEL_STD
from v25.training.photos import (
    Photos,
    augment,
    join_photos,
    load_photos,
    mix,
    normalise,
    resize,
    to_square,
)

DATA = Path(os.environ.get("V25_DATA", Path(__file__).parents[3] / "shared" / "data"))
ZIPS = ("clothing_train", "clothing_validation", "grocery_train", "grocery_validation")


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def folder(tmp_path):
    for label, name, colour in (
        ("shoes", "a.png", (255, 0, 0)),
        ("shoes", "b.jpg", (0, 255, 0)),
        ("Banana", "c.webp", (0, 0, 255)),
    ):
        (tmp_path / "set" / label).mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (60, 40), colour).save(tmp_path / "set" / label / name)
    (tmp_path / "set" / "README.txt").write_text("not a photo")
    (tmp_path / "set" / "unknown").mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "set" / "unknown" / "d.png")
    return tmp_path / "set"


def test_labels_cover_every_product_and_have_names():
    assert len(LABELS) == 98
    assert len(set(LABELS)) == 98
    assert set(LABEL_PRODUCTS.values()) == set(PRODUCTS)
    groups = [PRODUCTS[LABEL_PRODUCTS[label]].group for label in LABELS]
    assert groups == ["clothing"] * 17 + ["grocery"] * 81
    for names in (LABELS_ZH, LABELS_EN):
        assert set(names) == set(LABELS)
        assert len(set(names.values())) == 98
    assert all("-" not in name or " " in name or name == "T-shirt" for name in LABELS_EN.values())


@pytest.mark.skipif(not (DATA / "classes.csv").exists(), reason="the photo sets are not here")
def test_labels_cover_the_photo_sets():
    seen = set()
    for name in ZIPS:
        with zipfile.ZipFile(DATA / f"{name}.zip") as archive:
            seen |= {Path(n).parent.name for n in archive.namelist() if n.endswith(".webp")}
    assert seen == set(LABELS)
    with (DATA / "classes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            coarse = row["Coarse Class Name (str)"].lower()
            assert LABEL_PRODUCTS[row["Class Name (str)"]] == coarse


@pytest.mark.skipif(not (DATA / "classes.csv").exists(), reason="the photo sets are not here")
def test_reads_a_shared_zip():
    photos = load_photos([DATA / "grocery_validation.zip"], size=32, limit=12)
    assert photos.pixels.shape == (12, 3, 32, 32)
    assert photos.pixels.float().std() > 20
    assert len(set(photos.labels)) > 5


def test_reads_a_folder_and_a_zip_alike(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for file in folder.rglob("*.*"):
            archive.write(file, file.relative_to(folder))
    filed, zipped = load_photos([folder], 16), load_photos([tmp_path / "set.zip"], 16)
    assert filed.labels == zipped.labels == ["Banana", "shoes", "shoes"]
    assert torch.equal(filed.pixels, zipped.pixels)
    assert filed.names == ["set/Banana/c.webp", "set/shoes/a.png", "set/shoes/b.jpg"]
    assert filed.targets.tolist() == [LABELS.index(label) for label in filed.labels]
    assert len(join_photos([filed, zipped])) == 6


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="LABEL/photo"):
        load_photos([tmp_path])


def test_the_whole_photo_is_squashed():
    image = Image.new("RGB", (90, 30), (255, 255, 255))
    image.paste((0, 0, 0), (0, 0, 30, 30))
    square = to_square(image, 30)
    assert square.shape == (3, 30, 30)
    assert (square[:, :, :8] < 20).all()
    assert (square[:, :, 13:] > 235).all()


def test_a_sideways_photo_is_turned_upright():
    image = Image.new("RGB", (40, 20), (255, 0, 0))
    image.paste((0, 0, 255), (20, 0, 40, 20))
    image.getexif()[0x0112] = 6
    square = to_square(image, 16)
    assert square[0, 2].mean() > 200
    assert square[2, 13].mean() > 200


def test_normalise_and_resize():
    pixels = torch.full((2, 3, 20, 20), 128, dtype=torch.uint8)
    expected = (128 / 255 - torch.tensor(PIXEL_MEAN)) / torch.tensor(PIXEL_STD)
    assert torch.allclose(normalise(pixels)[0, :, 3, 3], expected, atol=1e-5)
    assert torch.allclose(resize(pixels, 14)[0, :, 3, 3], expected, atol=1e-4)
    assert resize(pixels, 14).shape == (2, 3, 14, 14)


@pytest.mark.parametrize("light", [False, True])
def test_augment_keeps_shape_range_and_seed(light):
    pixels = torch.randint(0, 256, (6, 3, 40, 40), generator=generator()).to(torch.uint8)
    x = augment(pixels, 32, generator(1), light)
    assert x.shape == (6, 3, 32, 32)
    assert x.dtype == torch.float32
    low = ((0 - torch.tensor(PIXEL_MEAN)) / torch.tensor(PIXEL_STD)).view(3, 1, 1)
    high = ((1 - torch.tensor(PIXEL_MEAN)) / torch.tensor(PIXEL_STD)).view(3, 1, 1)
    assert (x >= low - 1e-4).all()
    assert (x <= high + 1e-4).all()
    assert torch.equal(x, augment(pixels, 32, generator(1), light))
    assert not torch.equal(x, augment(pixels, 32, generator(2), light))


def test_augment_differs_within_a_batch_and_flips_half():
    ramp = torch.linspace(0, 255, 48).to(torch.uint8).expand(64, 3, 48, 48)
    x = augment(ramp, 24, generator(3), light=True)
    rising = (x[..., -4:].mean((1, 2, 3)) > x[..., :4].mean((1, 2, 3))).float().mean()
    assert 0.3 < rising < 0.7
    assert x.mean((1, 2, 3)).std() > 0.05


def test_light_augmentation_stays_close_to_the_photo():
    pixels = torch.randint(0, 256, (1, 3, 6, 6), generator=generator()).to(torch.uint8)
    pixels = pixels.repeat_interleave(8, 2).repeat_interleave(8, 3).expand(32, -1, -1, -1)
    plain = normalise(pixels)
    strong = (augment(pixels, 48, generator(4)) - plain).abs().mean()
    light = (augment(pixels, 48, generator(4), light=True) - plain).abs().mean()
    assert light < strong


def test_mix_blends_photos_and_targets_alike():
    x = torch.eye(8).view(8, 8, 1, 1).expand(8, 8, 20, 20)[:, :3]
    targets = torch.eye(8)
    mixed, soft = mix(x.contiguous(), targets, generator(5))
    assert torch.allclose(soft.sum(1), torch.ones(8))
    assert (soft >= 0).all()
    assert torch.allclose(mixed.mean((2, 3)), soft[:, :3], atol=1e-5)
    assert not torch.equal(soft, targets)


def test_mix_keeps_some_as_they_are():
    x, targets = torch.rand(200, 3, 4, 4), torch.eye(200)
    _, soft = mix(x, targets, generator(6))
    assert 20 < (soft.max(1).values == 1).sum() < 120


def test_photos_have_a_length():
    assert len(Photos(torch.from_numpy(np.zeros((1, 3, 2, 2), np.uint8)), ["hat"], ["x"])) == 1
