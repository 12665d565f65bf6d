"""Start the page: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import argparse
import sys
import threading
from typing import Any

import v25
from v25 import Generation, V25Error
from v25.bench_live import LiveBenches
from v25.ui import ReplayModel, build_demo, launch_settings, warm_up


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="deepseek-v2.5-base", help="name, folder or Hub id")
    parser.add_argument("--heads", type=int, help="heads that each layer opens, 1 to 16")
    parser.add_argument("--quantization", choices=("fp16", "int8"))
    parser.add_argument("--device", help="cpu, cuda, cuda:1, ...; the best one by default")
    parser.add_argument("--replay", metavar="FILE", help="show a saved recording, without a model")
    parser.add_argument("--host", help="address to listen on; this machine alone by default")
    parser.add_argument("--port", type=int, help="port to listen on; the first free from 7860")
    return parser.parse_args()


def engine(asked: argparse.Namespace) -> tuple[Any, Generation | None]:
    """The model, or what stands for it, and the recording to show.

    Raises:
        V25Error: the model or the recording cannot be read.
    """
    if asked.replay:
        recording = v25.load_recording(asked.replay)
        return ReplayModel(recording), recording
    model = v25.V25Model(
        asked.model,
        attention_heads=asked.heads,
        quantization=asked.quantization,
        device=asked.device,
    )
    model.share()
    threading.Thread(target=warm_up, args=(model,), daemon=True).start()
    return model, None


def main() -> None:
    """Load the model, or the recording, and serve the page."""
    asked = arguments()
    try:
        model, recording = engine(asked)
    except V25Error as error:
        sys.exit(str(error))
    benches = None if asked.replay else LiveBenches(model, asked.model)
    demo = build_demo(model, recording=recording, benches=benches)
    demo.launch(server_name=asked.host, server_port=asked.port, **launch_settings())


if __name__ == "__main__":
    main()
