#!/bin/sh
# The wheel on its own: built without its compiled part, as where there is no compiler, installed beside nothing but its
# locked dependencies, and its demo run in an empty folder.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
SHIDA_SPEEDUPS=no "$top/.venv/bin/python" -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation -w "$room" "$top"
python=${PYTHON:-python3}
"$python" -m venv "$room/venv"
"$room/venv/bin/python" -m pip --disable-pip-version-check install --quiet --require-hashes -r "$top/requirements/core.txt"
"$room/venv/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps "$room"/shida-*.whl
cd "$room"
"$room/venv/bin/shida" demo --once
test -s demo-newsroom/site/index.html
"$room/venv/bin/shida" top 2025 --field 质量 --home demo-newsroom --as-of 2026-11-22 -n 3
echo "the wheel installs and runs the demo"
