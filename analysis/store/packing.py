"""A table as the bytes the store keeps, and back: Parquet with the columns of its contract."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import pandas as pd

from analysis.sources.contracts import Contract, Kind
from analysis.sources.written import as_text, csv_bytes

DTYPES: dict[Kind, str] = {
    "text": "str",
    "code": "str",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
}
ARROW: dict[Kind, str] = {"text": "string", "code": "string", "integer": "int64", "number": "double", "flag": "bool"}


@dataclass(frozen=True)
class Packed:
    """Bytes to keep. `sha256` is of the table written as CSV (or of a layer's file), `packed_sha256` of the bytes."""

    packed: bytes
    packed_sha256: str
    sha256: str
    rows: int


def packed(frame: pd.DataFrame, contract: Contract) -> Packed:
    """A typed table as Parquet; `frame` must already have been checked against its contract."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema([(field.column, pa.type_for_alias(ARROW[field.kind])) for field in contract.fields])
    held = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata()
    out = io.BytesIO()
    parquet.write_table(held, out, compression="zstd")
    return _packed(out.getvalue(), checksum(csv_bytes(as_text(frame))), len(frame))


def packed_layer(content: bytes) -> Packed:
    """A layer of boundaries as its own bytes."""
    return _packed(content, checksum(content), 0)


def unpacked(held: bytes, contract: Contract) -> pd.DataFrame:
    """The typed table of `packed`, equal to what went in."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame = parquet.read_table(io.BytesIO(held)).to_pandas(ignore_metadata=True, types_mapper=types.get)
    return pd.DataFrame({field.column: frame[field.column].astype(DTYPES[field.kind]) for field in contract.fields})


def checksum(content: bytes) -> str:
    """SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def _packed(content: bytes, sha256: str, rows: int) -> Packed:
    return Packed(content, checksum(content), sha256, rows)
