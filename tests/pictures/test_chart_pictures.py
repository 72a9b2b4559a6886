"""Charts as pictures: every figure of the project converts with all its words; what is not known is refused."""

from __future__ import annotations

import ast
import html
import re
import struct
from typing import Any

import plotly.graph_objects as go
import pytest

from analysis.indicators import Indicators, collected
from analysis.pictures.chart import chart
from analysis.pictures.parts import NotDrawn, colour
from analysis.pictures.scales import scale
from analysis.pictures.sheet import Words
from analysis.pictures.type_setting import plain, width, wrapped
from analysis.sources.library import ROOT, Library
from tests.world.project_figures import FIGURES

WORDS = Words("What it shows", ("Source: somebody.",), "published")


@pytest.fixture(scope="module")
def held(shipped: Library) -> Indicators:
    return collected(shipped)


def printed(picture: bytes) -> list[str]:
    """The words on an SVG: matplotlib notes each beside the outlines of its letters."""
    return [html.unescape(words.strip()) for words in re.findall(r"<!--(.*?)-->", picture.decode(), flags=re.DOTALL)]


def returning_figures() -> set[str]:
    """Every public function of analysis/present that makes a figure of its own."""
    found = set()
    for path in sorted((ROOT / "analysis" / "present").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            makes = isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "go.Figure"
            if makes and not node.name.startswith("_"):
                given = [ast.unparse(one.annotation) for one in node.args.args if one.annotation]
                found |= set() if "go.Figure" in given else {f"{path.stem}.{node.name}"}
    return found


def test_every_figure_of_the_project_is_tried() -> None:
    assert returning_figures() == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_project_has_all_its_words_in_its_picture(
    shipped: Library, held: Indicators, name: str
) -> None:
    figure = FIGURES[name](shipped, held, False)
    shown = " ".join(printed(chart(figure, WORDS, kind="svg")))
    for words in said_by(figure):
        assert words in shown


def said_by(figure: go.Figure) -> list[str]:
    layout = figure.layout.to_plotly_json()
    axes = [part for name, part in layout.items() if name.startswith(("xaxis", "yaxis"))]
    ticks = [one for axis in axes if axis.get("visible") is not False for one in axis.get("ticktext") or ()]
    titles = [axis["title"]["text"] for axis in axes if axis.get("title")]
    notes = [note["text"] for note in layout.get("annotations", ())]
    many = len(figure.data) > 1 and layout.get("showlegend") is not False
    names = [one.name for one in figure.data if many and one.name and one.showlegend is not False]
    inside = [str(one) for trace in figure.data if trace.text is not None for one in trace.text]
    return [
        line.strip()
        for words in [*ticks, *titles, *notes, *names, *inside]
        for line in plain(float(words) if str(words).replace(".", "").isdigit() else words)[0].split("\n")
    ]


def points(**layout: Any) -> go.Figure:
    return go.Figure(go.Scatter(x=[1, 2], y=["a", "b"], mode="markers"), layout=layout)


def test_png_is_as_wide_as_a_page_and_sharp() -> None:
    picture = chart(points(height=300), WORDS)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20]) == (1720,)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_chart_gives_the_same_bytes(kind: Any) -> None:
    assert chart(points(), WORDS, kind=kind) == chart(points(), WORDS, kind=kind)
    assert chart(points(), WORDS, kind=kind) != chart(points(), Words("Other", (), "published"), kind=kind)


def test_no_date_and_no_program_stands_in_a_picture() -> None:
    for kind in ("png", "svg"):
        assert not re.search(rb"dc:date|dc:creator|Software|tEXt", chart(points(), WORDS, kind=kind))


@pytest.mark.parametrize(
    ("basis", "analysts", "marks"),
    [
        ("published", False, []),
        ("modelled", False, ["MODELLED (OURS): worked out by us, not published"]),
        ("illustrative", False, ["ILLUSTRATIVE: made up to show the tool, and says nothing of these places"]),
        ("published", True, ["ANALYST'S VIEW: NOT FOR PUBLICATION"]),
    ],
)
def test_what_a_picture_is_stands_on_it(basis: str, analysts: bool, marks: list[str]) -> None:
    words = printed(chart(points(), Words("Title", (), basis, analysts), kind="svg"))
    assert [one for one in words if one.isupper() or one.startswith(("MODELLED", "ILLUSTRATIVE"))] == marks
    assert any(one.startswith("Basis: ") for one in words)


def test_a_basis_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError, match="guessed"):
        chart(points(), Words("Title", (), "guessed"))


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (go.Figure(go.Heatmap(z=[[1]])), "trace 1: no picture shows 'heatmap'"),
        (go.Figure(go.Scatter(x=[1], y=[1], marker={"symbol": "hash"})), "no picture shows 'hash'"),
        (go.Figure(go.Scatter(x=[1], y=[1], stackgroup="a")), "trace 1: no picture shows stackgroup"),
        (go.Figure(go.Scatter(x=[1], y=[1], fill="tozeroy")), "no picture shows the fill 'tozeroy'"),
        (go.Figure(go.Scatter(x=[1], y=[1], connectgaps=True)), "joins a line over its gaps"),
        (go.Figure(go.Scatter(x=[1], y=[1], line={"color": "red"})), "the colour 'red'"),
        (points(updatemenus=[{}]), "layout: no picture shows updatemenus"),
        (points(xaxis={"rangeslider": {"visible": True}}), "axis x: no picture shows rangeslider"),
        (points(xaxis={"type": "date"}), "an axis of type 'date'"),
        (points(annotations=[{"x": 1, "y": 0, "text": "here"}]), "shows an arrow"),
        (points(shapes=[{"type": "rect", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]), "upright lines"),
    ],
)
def test_what_no_picture_shows_is_refused(figure: go.Figure, said: str) -> None:
    with pytest.raises(NotDrawn, match=re.escape(said)):
        chart(figure, WORDS)


def test_words_are_drawn_as_they_are_and_never_run() -> None:
    figure = go.Figure(go.Scatter(x=[1, 2], y=["$x^2$", "<script>alert(1)</script>"], mode="markers"))
    picture = chart(figure, Words("A $title$ & <b>", (), "published"), kind="svg")
    assert b"<script" not in picture
    assert "A $title$ & <b>" in printed(picture)
    assert "$x^2$" in printed(picture)


def test_categories_stand_in_the_order_given_then_as_they_come() -> None:
    ordered = scale("y", {"categoryarray": ["c", "a"]}, [["a", "b", None]])
    assert ordered.places == {"c": 0, "a": 1, "b": 2}
    assert list(ordered.at(["b", "c"])) == [2, 0]
    assert str(ordered.at([None])[0]) == "nan"


def test_numbers_stay_numbers_unless_the_axis_is_of_categories() -> None:
    assert list(scale("x", {}, [[3, 1]]).at([3, 1])) == [3, 1]
    assert list(scale("x", {"type": "category"}, [[3, 1]]).at([3, 1])) == [0, 1]


def test_colours() -> None:
    assert colour("#ff0080", "it") == (1.0, 0.0, 128 / 255, 1.0)
    assert colour("rgba(0, 51, 255, .25)", "it") == (0.0, 0.2, 1.0, 0.25)


def test_lines_break_between_words_where_they_would_be_too_wide() -> None:
    lines = wrapped("one two three four", 12, width("one two", 12) + 1)
    assert lines == ["one two", "three", "four"]
    assert wrapped("", 12, 100) == []
