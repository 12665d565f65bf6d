"""V2.5: a multimodal copywriter that shows its own attention.

Example:
    from v25 import V25Model

    model = V25Model("deepseek-v2.5-base")
    print(model.generate(text="生成产品描述", image="product.jpg"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from v25.api import V25Model
    from v25.recording import load_recording, save_recording, trace_arrays
    from v25.schema import Generation, Request, V25Error

__all__ = [
    "Generation",
    "Request",
    "V25Error",
    "V25Model",
    "load_recording",
    "save_recording",
    "trace_arrays",
]

_HOMES = {
    "V25Model": "v25.api",
    "load_recording": "v25.recording",
    "save_recording": "v25.recording",
    "trace_arrays": "v25.recording",
    "Generation": "v25.schema",
    "Request": "v25.schema",
    "V25Error": "v25.schema",
}


def __getattr__(name: str) -> Any:
    """Loads torch and the model's code when they are first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'v25' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
