"""A meeting's screens: one idea each, in words that can be read from the back of a room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from analysis.comparison import Verdict
from analysis.decisions_compared import ThenNow
from analysis.editions import EDITIONS
from analysis.gap import BASIS_ORDER, Gap
from analysis.present.frozen_figures import figure
from analysis.present.gap_view import Row, ordered, rows_of, tally
from analysis.present.palette import VERDICTS
from analysis.present.words import OWN_RETURN, headline, limits, listed, number, power_sentence
from analysis.provision import REST
from analysis.store.decisions import Decision, Figure

Kind = Literal["agenda", "headline", "map", "place", "changed", "options", "decision", "decided"]
TO_DISCUSS = (Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY)
MOST_CHANGES, MOST_DECIDED, MOST_OPTIONS = 5, 6, 5
MOST_LETTERS = 220


@dataclass(frozen=True)
class Screen:
    """One screen. `sentence` is its idea, `points` what stands under it, `facts` figures by their names.

    `basis` is that of the figures shown, or None where none is. `codes` are the wards to outline and `verdict` what is
    said of them; `options` is a table for the options, and `decision` and `then_now` a decision beside what its
    figures have become.
    """

    id: str
    kind: Kind
    title: str
    sentence: str = ""
    points: tuple[str, ...] = ()
    facts: Mapping[str, str] | None = None
    basis: str | None = None
    codes: tuple[str, ...] = ()
    verdict: Verdict | None = None
    options: pd.DataFrame | None = None
    decision: Decision | None = None
    then_now: ThenNow | None = None


@dataclass(frozen=True)
class Meeting:
    """What a meeting looks at: a comparison, that with its localities or None, and the wards or locality chosen.

    `changed` sets the figures of the publication before beside those of now and `since` is when that one was made;
    `options` is what can be compared, with its sentence and basis; `decided` are decisions already made on the same
    comparison, each with what became of its figures (None where that can no longer be worked out); `scenario` says that
    the options are a scenario, whose figures are kept with a decision.
    """

    result: Gap
    grouped: Gap | None
    chosen: tuple[str, ...]
    options: tuple[str, pd.DataFrame, str]
    changed: ThenNow | None = None
    since: date | None = None
    decided: tuple[tuple[Decision, ThenNow | None], ...] = ()
    scenario: bool = False


def screens(asked: Meeting) -> tuple[Screen, ...]:
    """Every screen in its order: agenda, answer, map, places one by one, changes, options, decision, decided."""
    places = _places(asked)
    changed = [_changed(asked)] if asked.changed and asked.changed.moved else []
    after = [
        *changed,
        _options(asked),
        _decision(asked),
        *(_decided(one, beside) for one, beside in asked.decided[:MOST_DECIDED]),
    ]
    shown = (_headline(asked.result), _map(asked.result), *places, *after)
    return (_agenda(asked, places), *shown)


def said_day(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"


def briefly(text: str, most: int = MOST_LETTERS) -> str:
    """As many whole words of a text on one line as there is room for, with an ellipsis where some are left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def _agenda(asked: Meeting, places: Sequence[Screen]) -> Screen:
    result = asked.result
    named = [one.title for one in places]
    lines = ["The answer, as a sentence", "The map"]
    if named:
        lines.append(f"To discuss: {listed(named, 5)}")
    if asked.changed and asked.changed.moved:
        lines.append("What changed since the last publication")
    lines += ["Options", "What we decide, and when we look again"]
    if asked.decided:
        count = len(asked.decided)
        lines.append(f"{'One decision' if count == 1 else f'{count} decisions'} made before, then and now")
    compared = f"{result.need.title}, set against {_lowered(result.provision.title)}."
    return Screen("agenda", "agenda", "What we will look at", compared, tuple(lines), basis=result.basis)


def _lowered(words: str) -> str:
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def _headline(result: Gap) -> Screen:
    first, more = headline(result)
    said = more.removesuffix(OWN_RETURN).strip()
    return Screen("headline", "headline", "The answer", first, (said,) if said else (), basis=result.basis)


def _map(result: Gap) -> Screen:
    certain, likely = (int((result.wards["verdict"] == verdict).sum()) for verdict in TO_DISCUSS)
    wards = EDITIONS[result.edition].wards
    sentence = f"Of {wards}, {certain or 'none'} under-provided for certain and {likely or 'none'} likely."
    return Screen("map", "map", "On the map", sentence, basis=result.basis)


def _places(asked: Meeting) -> list[Screen]:
    """What was chosen first, then the under-provided for certain and the likely, the one furthest short first."""
    found = {str(row["area_code"]): (asked.result, row) for row in rows_of(ordered(asked.result))}
    if asked.grouped is not None:
        found |= {str(row["area_code"]): (asked.grouped, row) for row in rows_of(asked.grouped.grouped)}
    short = [code for code, (_, row) in found.items() if row["verdict"] in TO_DISCUSS and code != REST]
    order = sorted(short, key=lambda code: TO_DISCUSS.index(found[code][1]["verdict"]))
    first = [code for code in asked.chosen if code in found]
    return [_place(*found[code]) for code in dict.fromkeys([*first, *order])]


def _place(result: Gap, row: Row) -> Screen:
    frozen, verdict = figure(result, row), VERDICTS[Verdict(row["verdict"])]
    codes = tuple(str(row["area_code"]).split("+"))
    facts = {
        "Need": _need(row, frozen),
        "Provision": frozen.provision or _blank(frozen),
        "Provision against its share": _value(frozen),
        "Short of its share by": _short(result, row, frozen),
    }
    return Screen(
        place_id(str(row["area_code"])),
        "place",
        str(row["area_name"]),
        f"{verdict.symbol} {verdict.label}",
        tuple(_not_known(result, row, frozen)),
        facts,
        frozen.basis,
        codes,
        Verdict(row["verdict"]),
    )


def alt(result: Gap, screen: Screen) -> str:
    """What a screen reader hears of the map on a screen."""
    if screen.kind == "place":
        return f"Map of the wards: {screen.title} is outlined."
    counted = ", ".join(f"{item.label}: {count}" for item, (count, _) in tally(result).items() if count)
    return f"Map of the wards by verdict. {counted}."


def place_id(code: str) -> str:
    """The name of a place's screen in a link."""
    return f"place-{code}"


def _need(row: Row, frozen: Figure) -> str:
    if not frozen.need:
        return _blank(frozen)
    return f"{frozen.need}; {100 * row['need_share']:.1f}% of all"


def _blank(frozen: Figure) -> str:
    return f"Not known: {frozen.why}" if frozen.status != "suppressed" else f"Not shown: {frozen.why}"


def _value(frozen: Figure) -> str:
    if not frozen.value:
        return _blank(frozen)
    return f"{frozen.value} of it ({frozen.limits})" if frozen.limits else f"{frozen.value} of it"


def _short(result: Gap, row: Row, frozen: Figure) -> str:
    if pd.isna(row["gap"]):
        least = row.get("gap_lower")
        return f"at least {number(least, 1)} {result.provision.unit}" if pd.notna(least) else _blank(frozen)
    return f"{limits(row['gap'], row['gap_lower'], row['gap_upper'], 1)} {result.provision.unit}"


def _not_known(result: Gap, row: Row, frozen: Figure) -> list[str]:
    """What these figures do not say, in a sentence or two."""
    if result.provision.kind == "access":
        return ["Not known: who uses these places, and what lies across the council's border."]
    if result.provision.kind == "shares":
        return [
            "Not known: whether there is enough. Parents in contact and children in need are not the same people."
            if frozen.value and pd.notna(row["oe"])
            else "Not known: how many. The source prints only the wards with the most contact."
        ]
    if pd.isna(row["expected"]):
        return ["Not known: how many are expected here."]
    return [power_sentence(float(row["expected"]))]


def _changed(asked: Meeting) -> Screen:
    changed = asked.changed
    if changed is None:
        raise ValueError("Nothing changed.")
    verdicts = changed.verdicts
    told = [f"{one.label}: {one.verdict_then.lower()}, now {one.verdict_now.lower()}" for one in verdicts]
    others = len(told) - MOST_CHANGES
    points = (*told[:MOST_CHANGES], *([f"and {others} more"] if others > 0 else []))
    moved = len(changed.moved)
    areas = "one area differ" if moved == 1 else f"{moved} areas differ"
    sentence = f"Figures of {areas}; {_verdicts(len(verdicts))}."
    title = (
        f"What changed since the publication of {said_day(asked.since)}"
        if asked.since
        else "What changed since the last publication"
    )
    if changed.headline_then != changed.headline_now:
        points = (*points, f"The answer was: {briefly(changed.headline_then)}")
    return Screen("changed", "changed", title, sentence, points, basis=asked.result.basis)


def _verdicts(count: int) -> str:
    return "no verdict does" if not count else "one verdict does" if count == 1 else f"{count} verdicts do"


def _options(asked: Meeting) -> Screen:
    sentence, table, basis = asked.options
    return Screen("options", "options", "Options", sentence, options=table, basis=basis)


def _decision(asked: Meeting) -> Screen:
    bases = [asked.result.basis, *([asked.options[2]] if asked.scenario else [])]
    said = headline(asked.result)[0]
    return Screen("decision", "decision", "What do we decide?", said, basis=max(bases, key=BASIS_ORDER.index))


def _decided(one: Decision, beside: ThenNow | None) -> Screen:
    title = f"Decided on {said_day(one.words.met_on)}"
    return Screen(
        f"decided-{one.id}",
        "decided",
        title,
        briefly(one.words.what),
        (
            f"Why: {briefly(one.words.why)}",
            f"{briefly(one.words.meeting)}. To be looked at again on {said_day(one.words.review_on)}.",
        ),
        basis=one.frozen.basis,
        decision=one,
        then_now=beside,
    )


def lens_options(results: Mapping[str, Gap | str], shown: Gap) -> tuple[pd.DataFrame, str]:
    """The same need set against other provisions, and the weakest basis of any row; a refusal stands as it is.

    Each row says how many wards fall short, and how many of those of the comparison `shown` are among them.
    """
    own = set(_short_wards(shown))
    rows = [_lens_row(title, result, own) for title, result in [*results.items()][:MOST_OPTIONS]]
    bases = [one.basis for one in [shown, *results.values()] if isinstance(one, Gap)]
    columns = ["Set against", "Basis", "For certain", "Likely", f"Of the {len(own)} to discuss"]
    table = pd.DataFrame(rows, columns=columns)
    return (table if own else table[columns[:-1]]), max(bases, key=BASIS_ORDER.index)


def _lens_row(title: str, result: Gap | str, own: set[str]) -> list[str]:
    if isinstance(result, str):
        return [title, "–", "–", "–", result]
    found = _short_wards(result)
    certain = int((result.wards["verdict"] == Verdict.UNDER_CERTAIN).sum())
    return [title, result.basis, f"{certain}", f"{len(found) - certain}", f"{len(own & set(found))}"]


def _short_wards(result: Gap) -> list[str]:
    return list(result.wards.loc[result.wards["verdict"].isin(TO_DISCUSS), "area_code"])
