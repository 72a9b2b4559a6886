"""A version as files anybody can open: a zip of CSVs with their catalogue and the lines of the audit log."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, replace

import pandas as pd

from analysis.sources.catalogue import LAYER, Entry
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text, csv_bytes
from analysis.store.database import Store
from analysis.store.decisions import decisions, listed
from analysis.store.packing import checksum
from analysis.store.reading import Held, StoreLibrary, of_version
from analysis.store.records import audit

MADE = (2020, 1, 1, 0, 0, 0)
DANGEROUS = ("=", "+", "-", "@", "\t", "\n")


def export(store: Store, version: int, *, small_counts: bool = False) -> bytes:
    """The bytes of a zip: every table under its path, data/catalogue.toml, audit.csv, and the decisions made on it.

    The same bytes every time.

    Returns of small counts are left out, and named in left_out.txt, unless `small_counts` asks for them. A text that a
    spreadsheet would take for a formula is written with an apostrophe before it.
    """
    library = of_version(store, version)
    parts: dict[str, bytes] = {}
    entries, left_out = [], []
    for path, held in library.held.items():
        reason = why_left_out(held, small_counts)
        if reason:
            left_out.append(f"{path}: {reason}")
            continue
        parts[path] = _content(library, held)
        entries.append(replace(held.entry, sha256=checksum(parts[path])))
    parts["data/catalogue.toml"] = catalogue_text(entries).encode("utf-8")
    parts["audit.csv"] = _audit_lines(store, version)
    parts |= _decisions(store, version)
    if left_out:
        parts["left_out.txt"] = ("\n".join(left_out) + "\n").encode("utf-8")
    return _zipped(parts)


def catalogue_text(entries: list[Entry]) -> str:
    """Entries as the text of a catalogue that `read_catalogue` reads."""
    blocks = []
    for entry in entries:
        lines = [f"{name} = {_toml(value)}" for name, value in asdict(entry).items()]
        blocks.append("\n".join(["[[file]]", *lines, ""]))
    return "\n".join(blocks)


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells that a spreadsheet would run as a formula, with an apostrophe before them; numbers as they are.

    Line breaks of every kind become one, since a lone carriage return would end the row.
    """
    texts = [name for name in frame.columns if pd.api.types.is_string_dtype(frame[name].dtype)]
    shown = frame.copy()
    for name in texts:
        shown[name] = shown[name].str.replace("\r\n", "\n").str.replace("\r", "\n")
        risky = shown[name].str.startswith(DANGEROUS).fillna(False).astype(bool)
        shown[name] = shown[name].mask(risky, "'" + shown[name])
    return shown


def why_left_out(held: Held, small_counts: bool) -> str:
    """Why a table is not exported; nothing where it is."""
    contract = CONTRACTS.get(held.entry.contract)
    if held.packed is None:
        return "deleted under the retention rules"
    if contract is not None and contract.small_counts and not small_counts:
        return "counts so small that somebody could be recognised; ask for them with --small-counts"
    return ""


def _content(library: StoreLibrary, held: Held) -> bytes:
    if held.entry.contract == LAYER:
        return held.packed or b""
    return csv_bytes(as_text(defused(library.table(held.entry.contract))))


def _audit_lines(store: Store, version: int) -> bytes:
    lines = audit(store, version=version)
    for name in ("warnings", "reasons"):
        lines[name] = [json.dumps(value, ensure_ascii=False) for value in lines[name]]
    return csv_bytes(as_text(defused(lines)))


def _decisions(store: Store, version: int) -> dict[str, bytes]:
    """The decisions made on this version, where there are any."""
    taken = [one for one in decisions(store) if one.frozen.version == version]
    if not taken:
        return {}
    lines = pd.DataFrame([listed(one) for one in taken])
    return {"decisions.csv": csv_bytes(as_text(defused(lines)))}


def _toml(value: object) -> str:
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)  # type: ignore[call-overload]


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(parts):
            packed.writestr(zipfile.ZipInfo(path, MADE), parts[path], zipfile.ZIP_DEFLATED)
    return out.getvalue()
