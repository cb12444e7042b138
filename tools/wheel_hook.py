"""What hatchling does before it packs a wheel: compile the translations, refuse to pack half of Wenlan."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("src/wenlan/web/static/wenlan", "src/wenlan/ui/fonts")


class WheelHook(BuildHookInterface[Any]):
    """Runs in a build only; an installation in place uses the checkout as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Compile the translations. Raises FileNotFoundError when front end or fonts have not been built."""
        if version == "editable":
            return
        for folder in BUILT:
            if not any(Path(self.root, folder).glob("*")):
                raise FileNotFoundError(f"{folder} is not built; run ./dev build, which does that first")
        sys.path.insert(0, str(Path(self.root, "src")))
        from wenlan.config.messages import compile_catalogues

        compile_catalogues()
