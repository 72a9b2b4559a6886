"""The shape of the code: who may import whom, and how long things may grow."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

from analysis.sources.library import ROOT

OURS = ("analysis", "pages", "app")
PAGES = sorted(path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
CACHED = sorted((ROOT / "pages" / "components" / "cached").glob("*.py"))
EVERYTHING = [
    *ANALYSIS,
    *sorted((ROOT / "pages").rglob("*.py")),
    *(ROOT / name for name in ("app.py", "edge.py", "serve.py")),
]
BUILD = ROOT / "analysis" / "build"
COMMAND_LINE = ROOT / "analysis" / "decision_commands.py"
COMMANDS = {"analysis.build.refresh.command", "analysis.build.area.command"}
TOLD = {"analysis.present.difference_lines"}
SHOWING = {"present", "pictures", "exports", "reports"}
LONGEST_FILE, LONGEST_FUNCTION = 250, 40
SKIPPED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Dotted names of everything a file imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def docstring_lines(tree: ast.Module) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    first = [
        node.body[0] for node in ast.walk(tree) if isinstance(node, owners) and ast.get_docstring(node, clean=False)
    ]
    return {line for statement in first for line in range(statement.lineno, statement.end_lineno + 1)}


def code_lines(path: Path) -> set[int]:
    """Numbers of the lines that hold code, not blank, comment or docstring."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {line for token in tokens if token.type not in SKIPPED for line in range(token.start[0], token.end[0] + 1)}
    return lines - docstring_lines(ast.parse(text))


def test_the_counting_of_code_lines(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text('"""Words."""\n\n# note\ndef f() -> str:\n    """More\n    words."""\n    return """a\nb"""\n')
    assert code_lines(sample) >= {4, 7, 8}
    assert not code_lines(sample) & {1, 2, 3, 5, 6}


def test_there_is_something_to_look_at() -> None:
    assert {"pages/overview.py", "pages/deprivation.py", "pages/sources.py"} <= {name(path) for path in PAGES}
    assert len(ANALYSIS) > 30


@pytest.mark.parametrize("path", ANALYSIS, ids=name)
def test_analysis_knows_nothing_of_streamlit_or_pages(path: Path) -> None:
    top = {module.partition(".")[0] for module in imported(path)}
    assert not top & {"streamlit", "streamlit_folium", "pages", "app"}


@pytest.mark.parametrize("path", sorted((ROOT / "analysis" / "statistics").glob("*.py")), ids=name)
def test_statistics_know_only_each_other(path: Path) -> None:
    ours = {module for module in imported(path) if module.partition(".")[0] in OURS}
    assert all(module.startswith("analysis.statistics.") for module in ours)


@pytest.mark.parametrize("path", sorted((ROOT / "analysis" / "sources").rglob("*.py")), ids=name)
def test_sources_know_no_subject_and_no_screen(path: Path) -> None:
    ours = {module for module in imported(path) if module.partition(".")[0] in OURS}
    assert all(module.startswith("analysis.sources") for module in ours)


@pytest.mark.parametrize("path", [path for path in ANALYSIS if not path.is_relative_to(BUILD)], ids=name)
def test_the_build_is_not_needed_to_run(path: Path) -> None:
    allowed = COMMANDS if path == ROOT / "analysis" / "__main__.py" else set()
    assert {module for module in imported(path) if module.startswith("analysis.build")} <= allowed


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_of_the_build_loads_it_only_when_it_is_given(command: str) -> None:
    path = ROOT / f"{command.replace('.', '/')}.py"
    at_the_top = ast.parse(path.read_text(encoding="utf-8")).body
    named = [node for node in at_the_top if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not any("analysis" in ast.unparse(node) for node in named)


SUBJECTS = [path for path in ANALYSIS if not SHOWING & set(path.relative_to(ROOT).parts) and path != COMMAND_LINE]


@pytest.mark.parametrize("path", SUBJECTS, ids=name)
def test_subjects_do_not_know_how_they_are_shown(path: Path) -> None:
    allowed = TOLD if path == ROOT / "analysis" / "__main__.py" else set()
    assert {module for module in imported(path) if module.startswith("analysis.present")} <= allowed


def test_files_are_offered_in_one_place_and_others_name_theirs_as_it_does() -> None:
    """What editors are given is their own file, their log and an empty table: none holds a viewer's figure.

    The log of decisions never holds a small count, whoever asks for it.
    """
    offering = {name(path): path.read_text("utf-8") for path in sorted((ROOT / "pages").rglob("*.py"))}
    offering = {path: text for path, text in offering.items() if "st.download_button(" in text}
    own = {"pages/own_return.py", "pages/components/locality_maker.py", "pages/components/what_if_result.py"}
    editors = {f"pages/components/update_{part}.py" for part in ("template", "check", "history")}
    named_where_it_is_made = {"pages/components/jobs.py", "pages/decisions.py"}
    assert set(offering) == {"pages/components/downloads.py", *named_where_it_is_made, *own, *editors}
    assert all("evidence.file_name(" in offering[path] for path in own)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_do_not_import_each_other(path: Path) -> None:
    ours = {module for module in imported(path) if module.startswith("pages")}
    assert all(module.startswith("pages.components") for module in ours)


@pytest.mark.parametrize("path", sorted((ROOT / "pages" / "components").rglob("*.py")), ids=name)
def test_components_do_not_import_pages(path: Path) -> None:
    ours = {module for module in imported(path) if module.startswith(("pages", "app"))}
    assert all(module.startswith("pages.components") for module in ours)


def test_only_one_folder_caches() -> None:
    caching = {path.parent for path in EVERYTHING if "st.cache_" in path.read_text(encoding="utf-8")}
    assert caching == {ROOT / "pages" / "components" / "cached"}


@pytest.mark.parametrize("path", CACHED, ids=name)
def test_nothing_cached_asks_who_is_looking(path: Path) -> None:
    asking = {"pages.components.roles", "pages.components.scope", "pages.components.account", "analysis.roles"}
    assert not imported(path) & asking
    assert not any(f"st.{name}" in path.read_text(encoding="utf-8") for name in ("user", "session_state", "context"))


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_no_file_holds_two_ideas(path: Path) -> None:
    assert len(code_lines(path)) <= LONGEST_FILE


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    code = code_lines(path)
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    long = [
        node.name for node in functions if len(code & set(range(node.lineno, node.end_lineno + 1))) > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_nothing_names_the_workshop_it_was_built_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "/work" + "/" not in text
    assert ".libra" + "ry/" not in text
