"""Files the browser fetches from this server: Leaflet (from its installed package), our map script, boundaries."""

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "django-js-lib-leaflet"


def ensure(static: Path) -> None:
    """Copy what is missing or different into `static`/vendor and `static`/geo; each file appears whole or not at all.

    Raises ModuleNotFoundError, naming the package to install, when Leaflet is not there.
    """
    _keep(_wanted(static))


def ensure_layers(static: Path, root: Path, code: str) -> None:
    """Copy the boundaries of another council, from its folder `root`, into `static`/geo/`code` in the same way."""
    _keep((source, static / "geo" / code / source.name) for source in sorted((root / "geo").glob("*.geojson")))


def _keep(wanted: Iterable[tuple[Path, Path]]) -> None:
    for source, target in wanted:
        content = source.read_bytes()
        if not target.exists() or target.read_bytes() != content:
            _write_whole(target, content)


def _wanted(static: Path) -> Iterator[tuple[Path, Path]]:
    leaflet = _leaflet()
    yield leaflet / "leaflet.js", static / "vendor" / "leaflet.js"
    yield leaflet / "leaflet.css", static / "vendor" / "leaflet.css"
    yield _licence(), static / "vendor" / "leaflet.LICENCE.txt"
    for name in ("area_layer.js", "area_layer.css"):
        yield ROOT / "analysis" / "present" / name, static / "vendor" / name
    for source in sorted((ROOT / "geo").glob("*.geojson")):
        yield source, static / "geo" / source.name


def _leaflet() -> Path:
    spec = find_spec("js_lib_leaflet")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"Leaflet is not installed: pip install {PACKAGE}")
    return Path(spec.origin).parent / "static" / "js_lib_leaflet"


def _licence() -> Path:
    """The licence file that the installed package carries."""
    found = [entry for entry in files(PACKAGE) or [] if "license" in entry.name.lower()]
    return Path(str(found[0].locate()))


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(target)
