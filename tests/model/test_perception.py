"""Each encoder keeps the contract: tokens and a mask, places kept, padding without effect."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from v25.config import TINY
from v25.model.network import V25Network
from v25.model.perception import PIXEL_MEAN, PIXEL_STD, ImageEncoder, SpeechEncoder
from v25.training import photos


def test_a_photo_gives_its_cells_and_one_token_for_the_whole(tiny_network: V25Network) -> None:
    size, grid = tiny_network.sizes.image.size, tiny_network.sizes.image.grid
    features = tiny_network.image.features(torch.randn(2, 3, size, size))
    tokens, logits = tiny_network.see(features)
    assert features.shape[2:] == (grid, grid)
    assert tokens.shape == (2, grid**2 + 1, tiny_network.sizes.width)
    assert tokens.shape[1] == tiny_network.sizes.image.tokens
    assert logits.shape == (2, len(tiny_network.sizes.labels))


def test_a_look_at_bytes_is_a_look_at_what_training_makes_of_them(
    tiny_network: V25Network,
) -> None:
    size = tiny_network.sizes.image.size
    pixels = torch.randint(0, 256, (2, 3, size, size), dtype=torch.uint8)
    plain = tiny_network.image.features(photos.normalise(pixels))
    assert torch.equal(tiny_network.image.look(pixels), plain)
    mean, std = torch.tensor(PIXEL_MEAN), torch.tensor(PIXEL_STD)
    values = photos.normalise(pixels).movedim(1, -1) * std + mean
    assert torch.allclose(values.movedim(-1, 1) * 255, pixels.float(), atol=1e-3)


@pytest.mark.parametrize("size", [208, 224])
def test_a_cell_sees_its_own_place_of_the_photo(size: int) -> None:
    """A patch at the middle of a cell's box changes the features there: within half a cell.

    Strided convolutions centre a cell on its upper left, so that is as near as it gets.
    """
    with torch.random.fork_rng():
        torch.manual_seed(2)
        encoder = ImageEncoder(replace(TINY.image, size=size), 4, 16).eval()
    grid = encoder.grid
    assert grid == 7
    for row, column in ((0, 0), (0, 6), (3, 2), (5, 4), (6, 6)):
        plain = torch.zeros(1, 3, size, size)
        patched = plain.clone()
        y, x = (round((place + 0.5) / grid * size) for place in (row, column))
        patched[..., y - 4 : y + 5, x - 4 : x + 5] = 3.0
        with torch.no_grad():
            change = (encoder.features(patched) - encoder.features(plain)).abs().sum(1)[0]
        share, places = change / change.sum(), torch.arange(grid).float()
        assert abs(float(share.sum(1) @ places) - row) < 0.6
        assert abs(float(share.sum(0) @ places) - column) < 0.6


def test_the_whole_token_says_what_the_classifier_saw(tiny_network: V25Network) -> None:
    size = tiny_network.sizes.image.size
    features = tiny_network.image.features(torch.randn(1, 3, size, size))
    logits = tiny_network.image.classify(features)
    other = tiny_network.image.tokens(features, logits.flip(-1) + torch.arange(4) * 5.0)
    tokens = tiny_network.image.tokens(features, logits)
    assert torch.equal(tokens[:, :-1], other[:, :-1])
    assert not torch.allclose(tokens[:, -1], other[:, -1])


def test_frames_and_tokens_are_as_many_as_the_sizes_say(tiny_network: V25Network) -> None:
    speech = tiny_network.sizes.speech
    for samples in (3_200, 16_000, 23_456):
        frames, mask = tiny_network.speech.frames(torch.randn(1, samples), torch.tensor([samples]))
        tokens, token_mask = tiny_network.speech.tokens(frames, mask)
        assert frames.shape[1] == speech.frames(samples) == int(mask.sum())
        assert tokens.shape[1] == speech.tokens(samples) == int(token_mask.sum())


def test_padding_a_sound_changes_nothing(tiny_network: V25Network) -> None:
    lengths = [16_000, 9_000, 3_300, 0]
    waveform = torch.zeros(4, 16_000)
    for row, count in zip(waveform, lengths, strict=True):
        row[:count] = torch.randn(count)
    frames, mask = tiny_network.speech.frames(waveform, torch.tensor(lengths))
    tokens, token_mask = tiny_network.speech.tokens(frames, mask)
    assert bool(frames.isfinite().all())
    assert not bool(token_mask[3].any())
    for row, count in enumerate(lengths[:3]):
        alone, inside = tiny_network.speech.frames(
            waveform[row : row + 1, :count], torch.tensor([count])
        )
        single, _ = tiny_network.speech.tokens(alone, inside)
        assert int(mask[row].sum()) == alone.shape[1]
        torch.testing.assert_close(frames[row, mask[row]], alone[0], atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(tokens[row, token_mask[row]], single[0], atol=1e-5, rtol=1e-4)


def test_the_alphabet_and_a_blank_are_the_transcript_s_classes(tiny_network: V25Network) -> None:
    encoder: SpeechEncoder = tiny_network.speech
    frames = torch.randn(1, 5, tiny_network.sizes.speech.hidden)
    assert encoder.transcribe(frames).shape[-1] == len(tiny_network.sizes.speech.characters) + 1


@pytest.mark.parametrize("length", [5, 16, 17, 40])
def test_padding_a_text_changes_nothing(tiny_network: V25Network, length: int) -> None:
    """Also when the batch, but not the text, is longer than a window."""
    ids = torch.randint(11, 300, (2, 48))
    heard = torch.zeros_like(ids)
    mask = torch.arange(48) < torch.tensor([[length], [48]])
    together = tiny_network.read(ids * mask, heard, mask)
    alone = tiny_network.read(ids[:1, :length], heard[:1, :length], mask[:1, :length])
    assert bool(together.isfinite().all())
    torch.testing.assert_close(together[0, :length], alone[0], atol=1e-5, rtol=1e-4)


def test_windows_read_themselves_alone(tiny_network: V25Network) -> None:
    ids = torch.randint(11, 300, (1, 40))
    mask, heard = torch.ones_like(ids, dtype=torch.bool), torch.zeros_like(ids)
    other = ids.clone()
    other[0, 20] += 1
    change = (
        (tiny_network.read(ids, heard, mask) - tiny_network.read(other, heard, mask))
        .abs()
        .sum(-1)[0]
    )
    touched = change > 0
    window = tiny_network.sizes.text.window
    assert not bool(touched[:window].any())
    assert bool(touched[window : 2 * window].any())
    assert not bool(touched[2 * window :].any())


def test_heard_words_differ_from_typed_ones(tiny_network: V25Network) -> None:
    ids = torch.randint(11, 300, (1, 6))
    mask = torch.ones_like(ids, dtype=torch.bool)
    typed = tiny_network.read(ids, torch.zeros_like(ids), mask)
    assert not torch.allclose(typed, tiny_network.read(ids, torch.ones_like(ids), mask))
