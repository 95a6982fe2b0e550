"""Parts of a file's name are plain words, none so long that the file cannot be kept."""

import pytest

from data.exporting import file_names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Policy levers", "policy-levers"),
        ("Community buildings and hubs, in the North East; direction: impeded",
         "community-buildings-and-hubs-in-the-north-east-direction-impeded"),
        ("with the words “Türkiye’s café”", "with-the-words-turkiyes-cafe"),
        ("../../etc/passwd", "etc-passwd"),
        ("“”", "unnamed"),
        ("word " * 40, "-".join(["word"] * 18)),
        ("x" * 200, "x" * 90),
    ],
)  # fmt: skip
def test_words_become_a_part_of_a_name(words: str, name: str) -> None:
    assert file_names.plain(words) == name
