"""Checkpoints: where they lie, and what of them becomes a network and its processor."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from safetensors import SafetensorError

from v25.model.network import V25Network
from v25.processing import Processor
from v25.schema import V25Error

BUNDLED = {"deepseek-v2.5-base": Path(__file__).resolve().parent.parent / "assets" / "v25-base"}
UNFIT = (
    SafetensorError,
    OSError,
    RuntimeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
)
"""What reading a damaged or edited checkpoint may raise."""


def find_checkpoint(model_name: str | Path) -> Path:
    """The folder of a checkpoint: bundled, local, or fetched from the Hub.

    Raises:
        V25Error: there is none.
    """
    folder = BUNDLED.get(str(model_name), Path(str(model_name)))
    if (folder / "config.json").is_file():
        return folder
    name = str(model_name)
    looks_like_a_repository = name.count("/") == 1 and not name.startswith((".", "/", "~"))
    if looks_like_a_repository and not folder.exists() and os.sep not in name.replace("/", "", 1):
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import (
            HfHubHTTPError,
            HFValidationError,
            LocalEntryNotFoundError,
        )

        try:
            return Path(snapshot_download(name))
        except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
            raise _missing(name) from error
    raise _missing(name)


def load_network(folder: Path) -> V25Network:
    """The network of a checkpoint, in float32 and ready to run.

    Raises:
        V25Error: the files do not fit each other.
    """
    from transformers.utils import logging

    progress = logging.is_progress_bar_enabled()
    verbosity = logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        network, report = V25Network.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, output_loading_info=True
        )
    except UNFIT as error:
        raise _mismatch(folder) from error
    finally:
        logging.set_verbosity(verbosity)
        if progress:
            logging.enable_progress_bar()
    if report["missing_keys"] or report["mismatched_keys"] or report["unexpected_keys"]:
        raise _mismatch(folder)
    return network.eval().requires_grad_(False)


def load_processor(network: V25Network, folder: Path) -> Processor:
    """The processor with the tokenizer that lies beside the weights.

    Raises:
        V25Error: there is none, or it knows more tokens than the network.
    """
    try:
        processor = Processor.from_pretrained(network.sizes, folder)
    except UNFIT as error:
        raise _mismatch(folder) from error
    if len(processor.tokenizer) > network.sizes.text.vocabulary:
        raise _mismatch(folder)
    return processor


def _missing(name: str) -> V25Error:
    return V25Error(
        "model_missing",
        f"There is no model {name!r}: give 'deepseek-v2.5-base', a folder with config.json, or a "
        "Hub repository id that can be reached.",
        name=name,
    )


def _mismatch(folder: Path) -> V25Error:
    return V25Error(
        "checkpoint_mismatch",
        f"The weights in {folder.name!r} do not fit its config.json; please fetch or save the "
        "checkpoint again.",
        name=folder.name,
    )


def choose_device(device: str | torch.device | None) -> torch.device:
    """The device of that name; None: a GPU when there is one.

    Raises:
        V25Error: there is none.
    """
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        chosen = torch.device(device)
        torch.empty(0, device=chosen)
    except (RuntimeError, AssertionError, TypeError) as error:
        raise _no_device(device) from error
    if chosen.type == "meta":  # has shapes but no numbers
        raise _no_device(device)
    return chosen


def _no_device(device: object) -> V25Error:
    return V25Error(
        "device_missing",
        f"There is no device {str(device)!r} here; please use device='cpu' or None.",
        value=str(device),
    )
