"""Build the distribution `yishiting-methods`: the mathematics alone, without Django, from this very tree.

    python tools/methods_wheel.py [FOLDER]      writes FOLDER/yishiting_methods-VERSION-py3-none-any.whl (dist by default)

Nothing is fetched: it builds with the setuptools that is installed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")


def lay_out(folder: Path) -> None:
    """The source tree of the distribution: its own description, the licence, and the one package."""
    shutil.copy(HOUSE / "packaging" / "methods" / "pyproject.toml", folder)
    shutil.copy(HOUSE / "LICENSE", folder)
    shutil.copy(HOUSE / "yishiting" / "methods" / "README.md", folder)
    package = folder / "yishiting"
    package.mkdir()
    shutil.copy(HOUSE / "yishiting" / "__init__.py", package)
    shutil.copytree(HOUSE / "yishiting" / "methods", package / "methods", ignore=LEFT_OUT)


def build(target: Path) -> Path:
    """The wheel, newly built."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tree:
        lay_out(Path(tree))
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        offline = ["--no-index", "--no-build-isolation", "--no-deps", "--wheel-dir", str(target)]
        subprocess.run([*pip, *offline, tree], check=True)
    return max(target.glob("yishiting_methods-*.whl"), key=lambda wheel: wheel.stat().st_mtime)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if sys.argv[1:] else HOUSE / "dist"))
