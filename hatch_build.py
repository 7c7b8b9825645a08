"""Compiles `src/shida/restore/speedups.pyx` where there is a compiler; without one the package works, more slowly."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SpeedupsHook(BuildHookInterface[Any]):
    """Builds the extension beside its source before a wheel is made, an editable one too.

    `SHIDA_SPEEDUPS=no` leaves it out, `SHIDA_SPEEDUPS=yes` makes it an error that it cannot be built.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the extension to the wheel, or say why there is none."""
        wanted = os.environ.get("SHIDA_SPEEDUPS", "if possible")
        if self.target_name != "wheel" or wanted == "no":
            return
        try:
            built = compiled(Path(self.root))
        except Exception as error:
            if wanted == "yes":
                raise
            self.app.display_warning(f"shida: restoring will be slower, its compiled part cannot be built: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(f"/{built.as_posix()}")


def compiled(root: Path) -> Path:
    """Build the extension in `root`; its path from there. Raises what Cython and the compiler raise."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    here = Path.cwd()
    os.chdir(root)  # both write beside the folder they are started in
    try:
        modules = cythonize(  # type: ignore[no-untyped-call]
            [Extension("shida.restore.speedups", ["src/shida/restore/speedups.pyx"], extra_compile_args=["-O2"])],
            build_dir="build/speedups",
            quiet=True,
        )
        command = Distribution({"ext_modules": modules, "package_dir": {"": "src"}}).get_command_obj("build_ext")
        command.inplace = True
        command.build_temp = "build/speedups"
        command.ensure_finalized()
        command.run()
        return Path("src", command.get_ext_filename("shida.restore.speedups"))
    finally:
        os.chdir(here)
