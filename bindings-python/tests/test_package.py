"""What is shipped: the wheel, the command, the words of the README."""

import doctest
import re
import runpy
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

import baguan

ROOT = Path(__file__).parents[2]


def run(*arguments: str, draft: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "baguan", *arguments]
    return subprocess.run(command, input=draft, capture_output=True, encoding="utf-8", check=False)


def test_wheel_is_small_and_depends_on_nothing() -> None:
    [wheel] = (ROOT / "target/wheels").glob("baguan-*.whl")
    assert wheel.stat().st_size <= 6_000_000
    assert requires("baguan") is None


def test_command() -> None:
    assert run("--version").stdout == f"baguan {baguan.__version__}\n"
    checked = run("check", "-", "--as-of", "2026-11-23", draft="会议一愁莫展。\n")
    assert checked.returncode == 1 and "wording/idiom-misspelt" in checked.stdout
    passed = run("check", "-", draft="会议要求，各单位抓好落实。\n")
    assert passed.returncode == 0
    wrong = run("chek")
    assert wrong.returncode == 2 and "check" in wrong.stderr
    assert "Usage: baguan " in run("--help").stdout


def test_console_script() -> None:
    script = Path(sys.executable).with_name("baguan")
    assert subprocess.run([script, "classes"], capture_output=True, check=True).stdout


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "bindings-python/README.md"])
def test_readme(name: str, tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
    assert blocks
    for block in blocks:
        path = tmp_path / "block.py"
        path.write_text(block, "utf-8")
        assert runpy.run_path(str(path))["report"]


def test_docstring() -> None:
    assert doctest.testmod(baguan).failed == 0 and doctest.testmod(baguan).attempted >= 4


def test_everything_public_is_exported() -> None:
    public = {name for name in vars(baguan) if name[0] != "_"} | {"__version__"}
    modules = {name for name in public if isinstance(vars(baguan)[name], type(sys))}
    assert public - modules == set(baguan.__all__)
