"""The wheel carries all of Wenlan: installed alone in an empty environment, it lives a year and serves it."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import environment
from tools.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel, what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=False)
    lock = environment.REQUIREMENTS / "development.txt"
    command = [environment.BIN / "uv", "pip", "install", "--quiet", "--python", folder, "--constraint", lock, wheel]
    settings = {**environment.settings_for_uv(), "VIRTUAL_ENV": str(folder)}
    subprocess.run(command, env={**os.environ, **settings}, check=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


@pytest.fixture(scope="module")
def installation(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a small demonstration, built by the installed program far from the checkout."""
    home = tmp_path_factory.mktemp("home")
    stated = {**os.environ, "WENLAN_HOME": str(home), "WENLAN_DATABASE_URL": ""}
    demo = [programs / "wenlan", "demo", "--scale", "0.001"]
    subprocess.run(demo, env=stated, cwd=home, check=True, timeout=600)
    return stated


@pytest.fixture
def address(programs: Path, installation: dict[str, str]) -> Iterator[str]:
    """The address of a running `wenlan serve`."""
    web, sip2 = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    command = [programs / "wenlan", "serve", "--http", web, "--sip2", sip2]
    server = subprocess.Popen(command, env=installation, cwd=installation["WENLAN_HOME"])
    try:
        wait_until_healthy(f"http://{web}/healthz", server)
        yield f"http://{web}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_until_healthy(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Ask until the server says that it is well. Fails when it ends or a minute has passed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"wenlan serve did not answer at {url}")


def test_the_wheel_holds_pages_translations_fonts_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    fonts = sorted(name for name in names if name.endswith(".ttf"))
    assert fonts == [
        "wenlan/ui/fonts/NotoSansSC-Bold.ttf",
        "wenlan/ui/fonts/NotoSansSC-Regular.ttf",
        "wenlan/ui/fonts/NotoSerifSC-Bold.ttf",
        "wenlan/ui/fonts/NotoSerifSC-Regular.ttf",
    ]
    assert any(name.startswith("wenlan/web/static/wenlan/") and name.endswith(".css") for name in names)
    packages_with_words = {path.parents[3].name for path in (ROOT / "src" / "wenlan").glob("*/locale/*/*/django.po")}
    assert {name.split("/")[1] for name in names if name.endswith(".mo")} == packages_with_words
    templates = {path.relative_to(ROOT / "src").as_posix() for path in ROOT.glob("src/wenlan/*/templates/**/*.*")}
    assert templates <= set(names)
    assert {f"wenlan/config/schema/{vendor}.sql" for vendor in ("sqlite", "postgresql")} <= set(names)
    assert [name for name in names if "/tests/" in name or name.endswith(".po")] == []


@pytest.mark.slow
def test_the_installed_program_lives_a_year_and_serves_it(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode("utf-8")

    assert answer.status == 200
    assert "演示数据" in page
