"""A file that leaves: whole or not at all, through links, and never in a device's place."""

import os
from pathlib import Path

import pytest

from data.exporting.whole_file import opened
from data.faults import Refused


def write(out: Path, contents: bytes = b"new") -> None:
    with opened(out) as file:
        file.write(contents)


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "folder" / "real.xlsx", tmp_path / "link.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link.symlink_to(target)
    write(link)
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    assert [path.name for path in target.parent.iterdir()] == ["real.xlsx"]


def test_a_link_to_nothing_yet_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "real.xlsx")
    write(link)
    assert (link.is_symlink(), (tmp_path / "real.xlsx").read_bytes()) == (True, b"new")


def test_a_device_a_pipe_and_a_folder_are_refused_and_stay_what_they_are(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "null"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")
    for out, what in ((pipe, "a device or a pipe"), (link, "a device or a pipe"), (tmp_path, "a folder")):
        with pytest.raises(Refused) as refused:
            write(out)
        assert str(refused.value) == f"{out}: is no file that can be written over, but {what}; name a file"
    assert (pipe.is_fifo(), Path("/dev/null").is_char_device()) == (True, True)


def test_a_file_written_over_keeps_who_may_read_it(tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    out.write_bytes(b"old")
    out.chmod(0o640)
    write(out)
    assert (out.read_bytes(), out.stat().st_mode & 0o777) == (b"new", 0o640)


def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    out.write_bytes(b"old")
    with pytest.raises(Refused, match="cannot be written: No space left on device"), opened(out) as file:
        file.write(b"half")
        raise OSError(28, "No space left on device")
    assert (out.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"old", ["kept.xlsx"])
