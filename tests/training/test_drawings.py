import random

import numpy as np
import pytest
from PIL import Image

from v25.labels import LABELS
from v25.training.drawings import EXAMPLES, PAINTERS, draw, drawn_photos, write_examples
from v25.training.sketch import Sketch, both, ellipse, path


@pytest.mark.parametrize("label", sorted(PAINTERS))
def test_every_label_is_drawn_anew_each_time(label):
    assert label in LABELS
    first, again, other = (np.asarray(draw(label, random.Random(s), 64)) for s in (1, 1, 2))
    assert first.shape == (64, 64, 3)
    assert np.array_equal(first, again)
    assert np.abs(first.astype(int) - other).mean() > 2
    assert first.std() > 5


def test_an_unknown_label_is_an_error():
    with pytest.raises(KeyError):
        draw("Arla-Standard-Milk", random.Random(0))


def test_drawn_photos_are_repeatable():
    photos = drawn_photos(1, seed=3, size=32, workers=1)
    assert photos.pixels.shape == (len(PAINTERS), 3, 32, 32)
    assert set(photos.labels) == set(PAINTERS)
    assert (photos.pixels == drawn_photos(1, seed=3, size=32, workers=1).pixels).all()
    assert (photos.pixels != drawn_photos(1, seed=4, size=32, workers=1).pixels).any()


def test_examples_are_small_files(tmp_path):
    files = write_examples(tmp_path, size=96)
    assert {file.stem for file in files} == set(EXAMPLES)
    assert len(files) >= 6
    for file in files:
        assert file.stat().st_size < 80_000
        with Image.open(file) as image:
            assert image.size == (96, 96)


def test_paths_end_where_they_say():
    points = path("M 10 10 L 20 10 Q 30 10 30 20 C 30 30 20 40 10 40")
    assert points[0] == (10, 10)
    assert points[-1] == pytest.approx((10, 40))
    assert len(both(points)) == 2 * len(points)


def test_fills_stay_within_their_outline_and_off_sheet_paint_is_no_error():
    sketch = Sketch(50)
    sketch.fill(ellipse(50, 50, 40), (255, 0, 0), 0.3, within=ellipse(20, 50, 10), blur=1)
    alpha = np.asarray(sketch.image)[..., 3]
    assert alpha[25, 10] > 200
    assert alpha[:, 20:].max() == 0
    sketch.stroke([(150, 150), (180, 190)], (0, 0, 0), 2)
    assert np.array_equal(alpha, np.asarray(sketch.image)[..., 3])
