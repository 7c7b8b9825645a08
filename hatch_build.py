"""Compiles the hot loops of some rooms where there is a compiler; without one the package works, more slowly."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = ("shida.restore.speedups", "shida.restore.stretches", "shida.read.speedups", "shida.text.speedups")
"""The modules that are compiled, each from the `.pyx` beside it. A room does the same in Python where there is none."""


class SpeedupsHook(BuildHookInterface[Any]):
    """Builds the extensions beside their sources before a wheel is made, an editable one too.

    `SHIDA_SPEEDUPS=no` leaves them out, `SHIDA_SPEEDUPS=yes` makes it an error that one cannot be built.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the extensions to the wheel, or say why there are none."""
        wanted = os.environ.get("SHIDA_SPEEDUPS", "if possible")
        if self.target_name != "wheel" or wanted == "no":
            return
        try:
            built = compiled(Path(self.root))
        except Exception as error:
            if wanted == "yes":
                raise
            self.app.display_warning(f"shida: some work will be slower, its compiled loops cannot be built: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [f"/{path.as_posix()}" for path in built]


def compiled(root: Path) -> list[Path]:
    """Build the extensions in `root`; their paths from there. Raises what Cython and the compiler raise."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    here = Path.cwd()
    os.chdir(root)  # both write beside the folder they are started in
    try:
        sources = [f"src/{name.replace('.', '/')}.pyx" for name in COMPILED]
        modules = cythonize(  # type: ignore[no-untyped-call]
            [
                Extension(name, [source], extra_compile_args=["-O2", "-ftree-vectorize"])
                for name, source in zip(COMPILED, sources, strict=True)
            ],
            build_dir="build/speedups",
            include_path=["src"],
            quiet=True,
        )
        command = Distribution({"ext_modules": modules, "package_dir": {"": "src"}}).get_command_obj("build_ext")
        command.inplace = True
        command.build_temp = "build/speedups"
        command.ensure_finalized()
        command.run()
        return [Path("src", command.get_ext_filename(name)) for name in COMPILED]
    finally:
        os.chdir(here)
