"""Make every derived table anew from the raw files: `python -m analysis.build FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from analysis.build import (
    assessment2020,
    children_social_care,
    deprivation,
    geography,
    illustrative,
    lait,
    lookups,
    open_data,
    population,
    postcodes,
    poverty,
    profiles2020,
    sections2020,
    services2020,
    sites,
    strategies,
    survey2020,
)
from analysis.sources.catalogue import accept
from analysis.sources.library import ROOT

STEPS = (
    geography,
    lookups,
    postcodes,
    deprivation,
    poverty,
    population,
    sites,
    assessment2020,
    services2020,
    children_social_care,
    profiles2020,
    sections2020,
    survey2020,
    strategies,
    lait,
    open_data,
    illustrative,
)


def main(raw: Path, root: Path = ROOT) -> None:
    """Run every step in order and declare the result in the catalogue."""
    for step in STEPS:
        print(step.__name__.rpartition(".")[2])
        step.build(raw, root)
    changed = accept(root)
    print(f"{len(changed)} files changed: {', '.join(changed)}" if changed else "No file changed.")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data").is_dir():
        sys.exit("Name the folder that holds the raw data/ and sources/: make data RAW=folder")
    main(Path(sys.argv[1]))
