"""Perception: photo, sound and words become tokens of one width, each with its mask.

Every encoder keeps one contract: `(B, N, D)` tokens and a `(B, N)` mask, true where a token is
real. The networks are transformers' own ResNet, Wav2Vec 2.0 and BERT.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import (
    BertConfig,
    BertModel,
    ResNetConfig,
    ResNetModel,
    Wav2Vec2Config,
    Wav2Vec2Model,
)

from v25.config import ImageConfig, SpeechConfig, TextConfig

PIXEL_MEAN, PIXEL_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of red, green and blue from 0 to 1, over ImageNet's photos."""


def standardise(values: Tensor) -> Tensor:
    """`(B, 3, H, W)` red, green and blue from 0 to 1, as the image encoder takes them."""
    # by numbers: a tensor of them would have to cross over to the device
    parts = zip(values.unbind(1), PIXEL_MEAN, PIXEL_STD, strict=True)
    return torch.stack([(colour - mean) / std for colour, mean, std in parts], 1)


class ImageEncoder(nn.Module):
    """ResNet to a grid of cells, a label for the photo, and a token for the photo as a whole."""

    def __init__(self, config: ImageConfig, labels: int, width: int) -> None:
        super().__init__()
        self.grid = config.grid
        self.resnet = ResNetModel(
            ResNetConfig(
                embedding_size=config.embedding_size,
                hidden_sizes=list(config.hidden_sizes),
                depths=list(config.depths),
                layer_type="bottleneck",
            )
        )
        channels = config.hidden_sizes[-1]
        self.head = nn.Linear(channels, labels)
        self.cell = nn.Linear(channels, width)
        self.place = nn.Parameter(torch.zeros(self.grid**2, width))
        self.whole = nn.Linear(channels, width)
        self.label = nn.Linear(labels, width, bias=False)
        self.norm = nn.LayerNorm(width)
        nn.init.normal_(self.place, std=0.02)

    def look(self, pixels: Tensor) -> Tensor:
        """`features` of `(B, 3, size, size)` uint8 pixels."""
        return self.features(standardise(pixels.float() / 255).to(self.place.dtype))

    def features(self, pixels: Tensor) -> Tensor:
        """`(B, 3, size, size)` normalised pixels to `(B, C, grid, grid)` features."""
        return self.resnet(pixels).last_hidden_state

    def classify(self, features: Tensor) -> Tensor:
        """Label logits `(B, labels)` of `features`."""
        return self.head(features.mean((2, 3)))

    def tokens(self, features: Tensor, logits: Tensor) -> Tensor:
        """`(B, grid * grid + 1, D)`: the cells row by row, then the photo as a whole.

        The last token also says what the classifier saw, as its probabilities.
        """
        cells = self.cell(features.flatten(2).transpose(1, 2)) + self.place
        seen = self.label(logits.softmax(-1).to(features.dtype))
        whole = self.whole(features.mean((2, 3))) + seen
        return self.norm(torch.cat((cells, whole[:, None]), 1))


class SpeechEncoder(nn.Module):
    """Wav2Vec 2.0 to frames, a CTC transcript of them, and pooled tokens."""

    def __init__(self, config: SpeechConfig, width: int) -> None:
        super().__init__()
        self.config = config
        self.wav2vec2 = Wav2Vec2Model(
            Wav2Vec2Config(
                hidden_size=config.hidden,
                num_hidden_layers=config.layers,
                num_attention_heads=config.heads,
                intermediate_size=config.feed_forward,
                conv_dim=list(config.conv_dim),
                conv_kernel=list(config.conv_kernel),
                conv_stride=list(config.conv_stride),
                feat_extract_norm="layer",  # group norm would let padding change the frames
                do_stable_layer_norm=True,
                apply_spec_augment=False,  # training masks on its own, on the GPU
                hidden_dropout=0.0,
                attention_dropout=0.0,
                activation_dropout=0.0,
                feat_proj_dropout=0.0,
                layerdrop=0.0,
            )
        )
        self.ctc = nn.Linear(config.hidden, len(config.characters) + 1)
        self.project = nn.Linear(config.hidden * config.pool, width)
        self.norm = nn.LayerNorm(width)

    def frames(self, waveform: Tensor, samples: Tensor) -> tuple[Tensor, Tensor]:
        """`(B, S)` waveforms of `samples` `(B,)` to `(B, F, hidden)` frames and their mask.

        Padded samples are zeros, and a frame is real when it lies wholly inside its sound.
        """
        inside = torch.arange(waveform.shape[1], device=waveform.device) < samples[:, None]
        hidden = self.wav2vec2(waveform, attention_mask=inside.long()).last_hidden_state
        count = self.wav2vec2._get_feat_extract_output_lengths(samples)
        mask = torch.arange(hidden.shape[1], device=waveform.device) < count[:, None]
        return hidden * mask.unsqueeze(-1).to(hidden.dtype), mask

    def features(self, waveform: Tensor) -> Tensor:
        """`(B, S)` normalised waveforms to what the convolutions make of them, `(B, F, C)`.

        Each frame comes of `SpeechConfig.reach` samples alone.
        """
        return self.wav2vec2.feature_extractor(waveform).transpose(1, 2)

    def contextual(self, features: Tensor, inside: Tensor | None = None) -> Tensor:
        """`features` of whole sounds to the `(B, F, hidden)` that `frames` gives.

        `inside` `(B, F)` is false where they are padded; None: nowhere.
        """
        hidden, _ = self.wav2vec2.feature_projection(features)
        return self.wav2vec2.encoder(hidden, attention_mask=inside).last_hidden_state

    def transcribe(self, frames: Tensor) -> Tensor:
        """CTC logits `(B, F, characters + 1)`; class 0 is the blank."""
        return self.ctc(frames)

    def tokens(self, frames: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`pool` frames make a token: `(B, ceil(F / pool), D)` and its mask."""
        pool = self.config.pool
        short = -frames.shape[1] % pool
        frames, mask = F.pad(frames, (0, 0, 0, short)), F.pad(mask, (0, short))
        joined = frames.unflatten(1, (-1, pool)).flatten(2)
        return self.norm(self.project(joined)), mask.unflatten(1, (-1, pool)).any(-1)


class TextEncoder(nn.Module):
    """BERT over the typed words and the heard ones, in windows when they are many."""

    def __init__(self, config: TextConfig, width: int) -> None:
        super().__init__()
        self.window = config.window
        self.bert = BertModel(
            BertConfig(
                vocab_size=config.vocabulary,
                hidden_size=config.hidden,
                num_hidden_layers=config.layers,
                num_attention_heads=config.heads,
                intermediate_size=config.feed_forward,
                max_position_embeddings=config.window,
                type_vocab_size=2,
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            ),
            add_pooling_layer=False,
        )
        self.project = nn.Linear(config.hidden, width)
        self.norm = nn.LayerNorm(width)

    def forward(self, ids: Tensor, heard: Tensor, mask: Tensor) -> Tensor:
        """`(B, N)` ids to `(B, N, D)`; `heard` is 1 where a word was spoken, 0 where typed."""
        rows, length = ids.shape
        windows = -(-length // self.window)
        if windows == 1:
            hidden = self._encode(ids, heard, mask)
        else:  # each window reads itself alone, so that cost grows with length, not its square
            short = windows * self.window - length
            parts = [F.pad(x, (0, short)).view(-1, self.window) for x in (ids, heard, mask)]
            hidden = self._encode(*parts).reshape(rows, windows * self.window, -1)[:, :length]
        return self.norm(self.project(hidden))

    def _encode(self, ids: Tensor, heard: Tensor, mask: Tensor) -> Tensor:
        first = torch.zeros_like(mask)
        first[:, 0] = True  # a wholly padded row must still look somewhere, or it turns to NaN
        readable = (mask | first).long()
        return self.bert(ids, attention_mask=readable, token_type_ids=heard).last_hidden_state
