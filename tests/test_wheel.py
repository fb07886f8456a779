"""A wheel built from the checkout carries what it needs and works outside of it."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(command, check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_ontology_shapes_and_tables(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"kg/_data/ontology/ontology.ttl", "kg/_data/shapes/cable.ttl", "kg/data/posts.tsv", "kg/py.typed"} <= names
    assert any(name.startswith("kg/_data/ontology/examples/") for name in names)
    assert any(name.startswith("kg/web/templates/") for name in names)
    assert not any(name.startswith(("tests/", "examples/")) for name in names)


def test_the_wheel_carries_the_script_of_the_query_page_where_it_is_built(wheel):
    if not (ROOT / "kg" / "web" / "static" / "yasgui" / "page.js").is_file():
        pytest.skip("needs the script of the query page, which has not been built (make page, with Node)")
    with zipfile.ZipFile(wheel) as archive:
        script = {name for name in archive.namelist() if name.startswith("kg/web/static/yasgui/")}
        licences = archive.read("kg/web/static/yasgui/LICENSES.txt").decode()
        assert not any(name.startswith("kg/web/page/") for name in archive.namelist())
    assert {name.rpartition("/")[2] for name in script} == {"page.js", "page.css", "LICENSES.txt"}
    for package in ("@zazuko/yasgui 4", "codemirror 5", "n3 1", "dompurify 3"):
        assert f"\n{package}" in licences


def test_the_wheel_builds_a_graph_outside_the_checkout(wheel, examples, tmp_path):
    venv.create(tmp_path / "venv", with_pip=False)
    (site,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    # The locked dependencies are those of this environment; the wheel's own kg comes before the checkout's.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    kg = [str(tmp_path / "venv" / "bin" / "python"), "-m", "kg.cli"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    found = subprocess.run(
        [kg[0], "-c", "import kg; print(kg.__file__)"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert str(site) in found.stdout.decode()
    subprocess.run([*kg, "build", str(examples / "seventies")], cwd=tmp_path, env=environment, check=True)
    ask = "SELECT (COUNT(*) AS ?n) { ?c a ck:Cable }"
    done = subprocess.run(
        [*kg, "query", ask, "--format", "csv"], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    assert done.stdout.split() == [b"n", b"2"]
