"""Choices as text in the address bar, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NONE = "none"


def dotted(chosen: Sequence[str], allowed: Sequence[str]) -> str:
    """The choices in the order of `allowed` with dots between them."""
    return ".".join(value for value in allowed if value in chosen) or NONE


def undotted(text: str) -> list[str]:
    """The choices that `dotted` wrote."""
    return [] if text == NONE else text.split(".")


def paired(chosen: Mapping[str, int], usual: int) -> str:
    """Those numbers that are not the usual one, as `id:number` between dots."""
    return ".".join(f"{one}:{amount}" for one, amount in chosen.items() if amount != usual)


def unpaired(text: str, allowed: Sequence[str], most: int) -> dict[str, int] | None:
    """The numbers that `paired` wrote; None where an id is not allowed or a number is not from 0 to `most`."""
    pairs = [pair.partition(":") for pair in text.split(".")] if text else []
    numbers = [str(number) for number in range(most + 1)]
    lawful = all(one in allowed and amount in numbers for one, _, amount in pairs)
    return {one: int(amount) for one, _, amount in pairs} if lawful else None
