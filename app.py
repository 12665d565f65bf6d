"""Start the page: `python app.py`, then open the address that it prints."""

from __future__ import annotations

import argparse

from v25 import V25Model
from v25.ui import build_demo, launch_settings, warm_up


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="deepseek-v2.5-base", help="name, folder or Hub id")
    parser.add_argument("--heads", type=int, help="heads that each layer opens, 1 to 16")
    parser.add_argument("--quantization", choices=("fp16", "int8"))
    parser.add_argument("--device", help="cpu, cuda, cuda:1, ...; the best one by default")
    parser.add_argument("--host", help="address to listen on; this machine alone by default")
    parser.add_argument("--port", type=int, help="port to listen on; the first free from 7860")
    return parser.parse_args()


def main() -> None:
    """Load the model and serve the page."""
    asked = arguments()
    model = V25Model(
        asked.model,
        attention_heads=asked.heads,
        quantization=asked.quantization,
        device=asked.device,
    )
    warm_up(model)
    build_demo(model).launch(server_name=asked.host, server_port=asked.port, **launch_settings())


if __name__ == "__main__":
    main()
