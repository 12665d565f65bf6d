"""Another speech recogniser in the embedded encoder's stead, where its reader wants one.

The embedded encoder has heard synthetic voices only. `V25_SPEECH_MODEL` names a recogniser that
knows people: whatever transformers' automatic-speech-recognition pipeline loads. It writes the
transcript alone; the sound's tokens still come from the embedded encoder.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from transformers import AutomaticSpeechRecognitionPipeline

VARIABLE = "V25_SPEECH_MODEL"
PATIENCE = 5.0
"""Seconds to wait for the Hub's answer: a machine without network should not hang."""


class Recogniser:
    """A recogniser from a folder, the Hub's cache or the Hub; loaded when first asked, once.

    Args:
        model: a folder, or a Hub repository id.
        device: where it runs.

    Attributes:
        name: the repository id, or the folder's own name (not its path: a page shows it).
    """

    def __init__(self, model: str, device: torch.device) -> None:
        self.model, self.device = model, device
        folder = Path(model).expanduser()
        self.name = folder.resolve().name if folder.is_dir() else model
        self._pipeline: AutomaticSpeechRecognitionPipeline | None = None
        self._lock = threading.Lock()  # requests come from several threads, models load once
        self._lost = self._warned = False

    @property
    def usable(self) -> bool:
        """False once loading has failed: it is not tried again."""
        return not self._lost

    def transcribe(self, samples: np.ndarray, rate: int) -> str | None:
        """What mono `samples` `(S,)` within -1 to 1 say; None when it can't tell.

        The first failure, to load or to transcribe, gives a warning; later ones are silent.
        """
        with self._lock:
            if self._pipeline is None and not self._lost:
                self._load()
            if self._pipeline is None:
                return None
            try:
                with _quiet():
                    heard = self._pipeline({"raw": samples, "sampling_rate": rate})["text"]
            except Exception as error:  # whatever a stranger's model raises: there is a transcript
                self._warn("failed on a recording", error)
                return None
        return _tidy(heard)

    def _load(self) -> None:
        try:
            # the request that asks runs in inference mode, and weights made there never leave it
            with torch.inference_mode(False), _quiet():
                self._pipeline = _find(self.model, self.device)
        except Exception as error:  # missing, damaged, no recogniser, a library it lacks, no room
            self._lost = True
            self._warn("can't be loaded", error)

    def _warn(self, trouble: str, error: Exception) -> None:
        if self._warned:
            return
        self._warned = True
        reason = (str(error).strip().splitlines() or [""])[0][:200]
        warnings.warn(
            f"{VARIABLE}={self.model!r} {trouble} ({type(error).__name__}: {reason}); the embedded "
            "speech encoder writes the transcript.",
            RuntimeWarning,
            stacklevel=3,
        )


def from_environment(device: torch.device) -> Recogniser | None:
    """The recogniser that `V25_SPEECH_MODEL` names; None when it names none."""
    model = os.environ.get(VARIABLE, "").strip()
    return Recogniser(model, device) if model else None


def _find(model: str, device: torch.device) -> AutomaticSpeechRecognitionPipeline:
    """From a folder, else from the Hub's cache without asking the Hub, else from the Hub."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _open(str(folder), device)
    from huggingface_hub import HfApi, try_to_load_from_cache

    # a file that every model has, rather than a whole snapshot: what is there may well be enough
    config = try_to_load_from_cache(model, "config.json")
    damaged: Exception | None = None
    if isinstance(config, str):
        try:
            return _open(str(Path(config).parent), device)
        except Exception as error:  # there in part, as after a broken download, or no recogniser
            damaged = error
    try:
        # one short question first: opening a model asks many, each with its own long patience.
        # With HF_HUB_OFFLINE set, this raises at once
        HfApi().model_info(model, timeout=PATIENCE)
    except Exception as error:
        raise damaged or error from None
    return _open(model, device)


def _open(source: str, device: torch.device) -> AutomaticSpeechRecognitionPipeline:
    from transformers import pipeline

    dtype = torch.float32 if device.type == "cpu" else "auto"  # half precision crawls on a CPU
    return pipeline("automatic-speech-recognition", model=source, device=device, dtype=dtype)


def _tidy(text: str) -> str:
    """One line. An alphabet of capitals only (wav2vec2-base-960h) says nothing by them.

    The model learnt from transcripts in small letters. A Chinese sentence's T恤 stays as it is.
    """
    text = " ".join(text.split())
    return text.lower() if text.isascii() and text.isupper() else text


@contextmanager
def _quiet() -> Iterator[None]:
    """Without transformers' notes on a checkpoint and its use; what fails is our warning."""
    from transformers.utils import logging

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
