"""The packages that are installed: one version of each, known to the byte, that is what the requirements ask for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = {
    "requirements.lock": ("requirements.txt",),
    "tests/requirements.lock": ("requirements.txt", "tests/requirements.txt"),
    "benchmarks/requirements.lock": ("requirements.txt", "tests/requirements.txt", "benchmarks/requirements.txt"),
}
"""Each lock, with the requirements that it answers; `make lock` writes them all."""
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = (("linux", "Linux"), ("darwin", "Darwin"))


def pinned(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Give each package of a lock, as it is required there, with the digests of its files."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = re.sub(r"(?m)^ *#.*\n", "", text).replace("\\\n", " ").splitlines()
    for line in lines:
        required, *digests = re.split(r"\s+--hash=", line.strip())
        yield Requirement(required), digests


def versions(lock: str, python: str, system: tuple[str, str]) -> dict[str, str]:
    """Return the version of each package that a lock installs on a machine; fail where it names two."""
    here = {
        "python_version": python, "python_full_version": f"{python}.0", "sys_platform": system[0],
        "platform_system": system[1], "implementation_name": "cpython", "platform_python_implementation": "CPython",
        "os_name": "posix",
    }  # fmt: skip
    found: dict[str, str] = {}
    for required, _ in pinned(lock):
        if required.marker is None or required.marker.evaluate(here):
            name = canonicalize_name(required.name)
            assert name not in found, f"{lock} has {name} twice"
            found[name] = str(required.specifier).removeprefix("==")
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_one_version_with_the_digests_of_its_files_and_no_address(lock: str):
    held = list(pinned(lock))
    assert len(held) > 60
    assert [str(required) for required, digests in held if not digests] == []
    assert [str(required) for required, _ in held if not re.fullmatch(r"==[\w.+!]+", str(required.specifier))] == []
    assert {bool(re.fullmatch(r"sha256:[0-9a-f]{64}", digest)) for _, digests in held for digest in digests} == {True}
    assert re.search(r"://|index-url|find-links| @ ", (ROOT / lock).read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("system", SYSTEMS, ids=["linux", "mac"])
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_locked_is_what_is_required(lock: str, python: str, system: tuple[str, str]):
    held = versions(lock, python, system)
    for file in LOCKS[lock]:
        for line in (ROOT / file).read_text(encoding="utf-8").split():
            required = Requirement(line)
            assert required.specifier.contains(held[canonicalize_name(required.name)]), line


@pytest.mark.parametrize("python", PYTHONS)
def test_what_is_tested_is_what_is_run(python: str):
    run, tested, measured = (versions(lock, python, SYSTEMS[0]) for lock in LOCKS)
    assert run.items() <= tested.items() <= measured.items()
