"""A refresh as a new folder of checked tables and a manifest: for a person to look at, or for the store to take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from analysis.build.geography import write_layer
from analysis.build.refresh.drafted import Drafted
from analysis.build.whole import whole_folder
from analysis.sources.catalogue import LAYER, sha256
from analysis.sources.tables import CONTRACTS
from analysis.sources.write import write_table

MANIFEST = "manifest.json"


def keep(source: str, tables: Sequence[Drafted], folder: Path) -> Path:
    """Write the tables and the manifest; the folder appears whole or not at all. Returns the manifest."""
    with whole_folder(folder) as partial:
        told = {"source": source, "tables": [_written(table, partial) for table in tables]}
        (partial / MANIFEST).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder / MANIFEST


def _written(table: Drafted, folder: Path) -> dict[str, object]:
    path = folder / Path(table.path).name
    if table.contract == LAYER:
        write_layer(table.frame, path)
    else:
        write_table(table.frame, CONTRACTS[table.contract], path)
    return {
        "contract": table.contract,
        "file": path.name,
        "path": table.path,
        "rows": len(table.frame),
        "sha256": sha256(path),
        "changes": dict(table.changes),
        "warnings": list(table.warnings),
        "details": dict(table.details),
        "fetched": [fetched.record() for fetched in table.fetched],
    }
