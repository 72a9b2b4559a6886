"""The files and the guide for running the atlas for others, held against the code: nothing needs to be installed."""

from __future__ import annotations

import argparse
import configparser
import re
import shlex
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from streamlit import config as streamlit_config

from analysis.__main__ import main
from analysis.access_settings import LOCAL_EDITING, NAMED_BY, from_this_machine, read
from analysis.sources.library import ROOT
from analysis.store import commands
from analysis.store.place import from_environment
from edge import PASSED_ON

DEPLOY = ROOT / "deploy"
SHIPPED = sorted(path for path in DEPLOY.iterdir() if not path.name.startswith("."))
GUIDE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
NOTES = (ROOT / "docs" / "data-protection.md").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
SERVICE = configparser.RawConfigParser(strict=False)
SERVICE.optionxform = str
SERVICE.read(DEPLOY / "early-help-atlas.service")
COPIED = [source for line in re.findall(r"^COPY (.+)$", CONTAINERFILE, re.MULTILINE) for source in line.split()[:-1]]
SECRET = re.compile(r"(?i)(password|secret|key)\s*[:=]\s*[\"']?[A-Za-z0-9+/_-]{8,}")


def environment() -> dict[str, str]:
    """The settings a service starts with."""
    lines = (DEPLOY / "early-help-atlas.environment").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def kept_out(path: str) -> bool:
    """Whether a path of the project stays out of an image: of the lines that name it, the last one counts."""
    out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        inside = any(fnmatch(part, pattern) for part in [path, *map(str, Path(path).parents), Path(path).name])
        if line and not line.startswith("#") and inside:
            out = not line.startswith("!")
    return out


def options_of(command: list[str]) -> set[str]:
    return {word.removeprefix("--") for word in command if word.startswith("--")}


def headers_of_nginx() -> dict[str, str]:
    given = dict(re.findall(r"proxy_set_header (\S+) (\S+);", NGINX))
    return {name: value for name, value in given.items() if value != '""'}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_file_is_named_by_the_guide_and_holds_no_secret(path: Path) -> None:
    assert f"`deploy/{path.name}`" in GUIDE
    assert SECRET.search(path.read_text("utf-8")) is None


def test_the_guide_names_only_files_and_variables_that_are_there() -> None:
    named = set(re.findall(r"(?<!/)\bdeploy/[\w.-]+\w", GUIDE + NOTES))
    assert named == {f"deploy/{path.name}" for path in SHIPPED}
    meant = {LOCAL_EDITING, NAMED_BY, *environment(), *re.findall(r"ATLAS_\w+", (DEPLOY / "compose.yaml").read_text())}
    assert set(re.findall(r"ATLAS_\w+", GUIDE + NOTES)) <= meant
    assert from_environment({"DATABASE_URL": "postgresql://atlas:PASSWORD@HOST/atlas"}).file is None
    assert from_environment(environment()).file == Path(environment()["ATLAS_STORE"])
    assert set(re.findall(r"`server\.(\w+)`", GUIDE)) == {"enableXsrfProtection", "enableCORS"}


def test_what_the_guide_says_of_streamlit_holds() -> None:
    assert streamlit_config.get_option("server.enableXsrfProtection") is True
    assert streamlit_config.get_option("server.enableCORS") is True
    assert streamlit_config.get_option("server.disconnectedSessionTTL") == 120


def test_every_command_on_editions_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [GUIDE, NOTES, (DEPLOY / "early-help-atlas.cron").read_text("utf-8")]
    found = [words for text in texts for words in re.findall(r"-m analysis (edition [^\n`&]+)", text)]
    run: list[argparse.Namespace] = []
    acts = {name: (lambda options: run.append(options) or 0, *rest) for name, (_, *rest) in commands.ACTS.items()}
    monkeypatch.setattr(commands, "ACTS", acts)
    complete = [words for words in found if "--" in words or words.split()[1] == "list"]
    for words in complete:
        assert main(shlex.split(words.replace(r"$(date +\%F)", "today"))) == 0, words
    assert len(run) == len(complete) >= 5
    assert {words.split()[1] for words in found} <= set(acts)


def test_the_service_starts_the_atlas_that_the_guide_installs() -> None:
    unit, folder = SERVICE["Service"], SERVICE["Service"]["WorkingDirectory"]
    program, run, script, *rest = shlex.split(unit["ExecStart"])
    assert f"`{folder}`" in GUIDE
    assert (program, run) == (f"{folder}/.venv/bin/streamlit", "run")
    assert (ROOT / script).is_file()
    assert options_of(rest) <= set(streamlit_config.get_config_options())
    assert set(re.findall(r"\$\{(\w+)\}", unit["ExecStart"])) <= set(environment())
    assert unit["EnvironmentFile"].startswith("/etc/early-help-atlas/")
    assert environment()[NAMED_BY].startswith("/etc/early-help-atlas/")
    assert Path(environment()["ATLAS_STORE"]).parent == Path("/var/lib") / unit["StateDirectory"]


def test_the_service_is_shut_in_and_never_edits_without_a_sign_in() -> None:
    unit = SERVICE["Service"]
    assert unit["UnsetEnvironment"] == LOCAL_EDITING
    assert unit["User"] == "atlas"
    assert (unit["ProtectSystem"], unit["NoNewPrivileges"], unit["UMask"]) == ("strict", "yes", "0077")
    assert (unit["StateDirectoryMode"], unit["CapabilityBoundingSet"]) == ("0700", "")


def test_the_least_file_of_roles_is_lawful() -> None:
    assert "at the least one line, `[atlas]`" in GUIDE
    assert read("[atlas]\n", "atlas.toml").people == {}


def test_a_request_through_nginx_is_never_from_the_machine_itself() -> None:
    headers = headers_of_nginx() | {"Host": "127.0.0.1"}
    assert not from_this_machine(headers, "127.0.0.1")
    for kept in [name for name in headers if name.startswith("X-")]:
        assert not from_this_machine({"Host": "127.0.0.1", kept: headers[kept]}, "127.0.0.1")
    assert {name.lower() for name in headers} & set(PASSED_ON)


def test_nginx_passes_websockets_on_and_waits_for_them() -> None:
    stream = re.search(r"location = /_stcore/stream \{(.*?)\n    \}", NGINX, re.DOTALL)
    assert stream is not None
    assert "proxy_read_timeout 300s;" in stream[1]
    assert "proxy_set_header" not in stream[1]
    assert {"Upgrade", "Connection", "Host"} <= set(headers_of_nginx())


def test_no_connection_that_the_atlas_may_be_closing_is_used_again() -> None:
    assert '"" close;' in NGINX
    assert re.search(r"^\s*keepalive ", NGINX, re.MULTILINE) is None


def test_nginx_lets_the_atlas_itself_refuse_what_is_too_large() -> None:
    mine = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]["maxUploadSize"]
    assert f"client_max_body_size {mine + 1}m;" in NGINX
    assert f"`client_max_body_size {mine + 1}m`" in GUIDE


def test_what_an_image_is_made_of_is_there_and_nothing_else_is_let_in() -> None:
    for source in COPIED:
        assert (ROOT / source).exists(), source
        assert not kept_out(source), source
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert let_in == set(COPIED)
    secret = [
        ".streamlit/secrets.toml",
        "atlas.toml",
        "deploy/.env",
        "kept-returns/activity.csv",
        "data/store/atlas.db",
    ]
    for path in [*secret, ".git/config", "tests/conftest.py", "analysis/__pycache__/need.cpython-311.pyc"]:
        assert kept_out(path), path


def test_an_image_starts_the_atlas_as_a_person_without_rights() -> None:
    command = re.search(r"^CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    assert command is not None
    words = yaml.safe_load(command[1])
    assert (ROOT / words[2]).is_file()
    assert options_of(words) <= set(streamlit_config.get_config_options())
    assert CONTAINERFILE.index("\nUSER atlas\n") < command.start()
    assert words[-1] == "/run/secrets/atlas_sign_in"
    assert {"atlas_sign_in", "atlas_roles"} == set(compose()["secrets"])


def test_containers_share_one_database_and_only_nginx_is_reached() -> None:
    services, networks = compose()["services"], compose()["networks"]
    first, second = services["app1"], services["app2"]
    assert first == second
    assert first["environment"]["DATABASE_URL"].startswith("postgresql://atlas:${ATLAS_DATABASE_PASSWORD:?")
    assert first["read_only"] is True
    assert LOCAL_EDITING not in first["environment"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert services["database"]["networks"] == ["store"]
    assert networks["store"] == {"internal": True}
    servers = (DEPLOY / "nginx-servers-several.conf").read_text("utf-8")
    assert re.findall(r"^server (\w+):8501 ", servers, re.MULTILINE) == ["app1", "app2"]


def test_files_given_to_nginx_are_there_or_named_by_the_guide_and_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    given = [line.split(":")[0].removeprefix("./") for line in compose()["services"]["nginx"]["volumes"]]
    secret = [file["file"].removeprefix("./") for file in compose()["secrets"].values()]
    for name in [*given, *secret]:
        assert f"`{name}`" in GUIDE or f"`deploy/{name}`" in GUIDE, name
        assert (DEPLOY / name).is_file() or any(fnmatch(f"deploy/{name}", line) for line in ignored), name
    inside = {line.split(":")[1] for line in compose()["services"]["nginx"]["volumes"]}
    assert {f"/etc/nginx/{name}" for name in re.findall(r"(atlas/[\w.]+);", NGINX)} <= inside


def test_measures_against_risks_name_files_that_are_there() -> None:
    section = NOTES.split("## 6.")[1].split("## 7.")[0]
    rows = [line for line in section.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) >= 20
    for row in rows:
        named = re.findall(r"`((?:tests|deploy)/[^`]+)`", row)
        assert named or "](" in row, row
        assert all((ROOT / name).is_file() for name in named), row
    risks = set(re.findall(r"^\| (\d+) \|", NOTES.split("## 5.")[1].split("## 6.")[0], re.MULTILINE))
    assert risks == {number for row in rows for number in re.findall(r"\d+", row.split("|")[1])}
