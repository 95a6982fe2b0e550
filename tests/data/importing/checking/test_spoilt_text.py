"""Text that was read in a wrong encoding is pointed out; letters that are meant so are not."""

import pytest

from data.importing.checking import spoilt_text


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("The Pen LlÅ·n buses", "LlÅ·n", "Llŷn"),
        ("A cafÃ© reopened", "cafÃ©", "café"),
        ("They donâ€™t meet", "donâ€™t", "don’t"),
        ("It cost Â£5m", "Â£5m", "£5m"),
        ("TÅ· Newydd", "TÅ·", "Tŷ"),
    ],
)
def test_a_spoilt_word_is_told_with_what_was_meant(text: str, word: str, meant: str) -> None:
    assert spoilt_text.told(("title", "Halls"), ("finding", text)) == [
        ("finding", f'"{word}" looks spoilt by a wrong encoding; was "{meant}" meant? Save the file anew as UTF-8')
    ]


def test_a_lost_character_is_told() -> None:
    assert spoilt_text.told(("place", "Pen Ll\ufffdn")) == [
        ("place", '"Ll�n" has lost a character to a wrong encoding; type it again')
    ]


@pytest.mark.parametrize(("text", "named"), [("a\0b", "U+0000"), ("bell\x07 rang", "U+0007"), ("Llŷn\x7f", "U+007F")])
def test_a_control_character_is_told(text: str, named: str) -> None:
    assert spoilt_text.told(("finding", text), ("title", "two\r\nlines\tand a tab")) == [
        (
            "finding",
            f'holds a control character ({named}), which no workbook can hold: there it stands as "�"; take it out',
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Llŷn",
        "São Paulo",
        "ÅLAND and ÅÄÖ",
        "“CAFÉ” and “naïve” – a ‘quote’…",
        "Łódź",
        "25 °C, £5m, ½",
        "Ynys Môn",
        "IRMÃ",
    ],
)
def test_letters_that_are_meant_so_are_left_alone(text: str) -> None:
    assert spoilt_text.told(("finding", text)) == []
