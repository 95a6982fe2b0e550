"""The short texts in the speaker's window: a page at a time, however many the room sent."""

from streamlit.testing.v1 import AppTest


def window() -> None:
    from components.meeting.presenter import speaker_window  # noqa: PLC0415 - a script of its own
    from data.meeting.results import Results, Text  # noqa: PLC0415

    texts = tuple(Text(number, f"Text {number}", False) for number in range(1, 46))
    speaker_window._texts(1, "said", Results(45, 45, (), texts))


def shown(app: AppTest) -> tuple[str, str, int]:
    """Return the first and the last text that is listed, and how many can be let through."""
    texts = [element.proto.body for element in app.get("html") if "said-text" in element.proto.body]
    first, last = (text.split("<bdi>")[1].split("</bdi>")[0] for text in (texts[0], texts[-1]))
    return first, last, len([button for button in app.button if button.label == "Let through to the room"])


def test_are_listed_twenty_at_a_time_with_the_way_to_the_others() -> None:
    app = AppTest.from_function(window, default_timeout=60).run()
    assert shown(app) == ("Text 1", "Text 20", 20)
    app.session_state["speaker_texts_said"] = 3
    app = app.run()
    assert shown(app) == ("Text 41", "Text 45", 5)
    assert any("Texts 41 to 45 of 45." in element.proto.body for element in app.get("html"))
