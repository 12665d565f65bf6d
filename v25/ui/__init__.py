"""The page in the browser: `build_demo(model).launch(**launch_settings())`."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before Gradio is imported

from v25.ui.blocks import build_demo, launch_settings
from v25.ui.gallery import warm_up
from v25.ui.recordings import ReplayModel

__all__ = ["ReplayModel", "build_demo", "launch_settings", "warm_up"]
