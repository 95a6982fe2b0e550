"""The speaker's window by sector and region: groups of five at least, once the question is closed."""

import re

from benchmarks.sessions import Reader, reading
from components.meeting.answers_by import NONE, WHILE_OPEN
from data import codebook, database
from data.meeting import answers, leading, rooms
from data.meeting.tables import Meeting
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import PRESENTER, WINDOW, device
from tests.event_loops import in_a_loop

COUNTS = re.compile(r'<th scope="row">([^<]+)</th>.*?<td class="number">([^<]+)</td>')


def _answered(roundtable: Roundtable, meeting: Meeting) -> None:
    """Let six policymakers of the North East choose pubs, and seven of the community, of nowhere said, parks."""
    roundtable.ask(meeting, "one")
    words, number = database.ask(roundtable.engine, codebook.read), meeting.id or 0
    for one in range(13):
        group = ("policymaker", "TLC", "Pubs") if one < 6 else ("community", "", "Parks")
        rooms.introduce(roundtable.engine, number, device(one), group[0], group[1], words)
        answers.answer(roundtable.engine, number, device(one), "one", [group[2]], words)


def _shown(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the counts of the newest results that the window drew, by group; those of all have no name."""
    html = [text for text in reader.texts if 'class="room-results"' in text][-1]
    first, *groups = html.split("<h4>")
    found = {name: dict(COUNTS.findall(rest)) for name, _, rest in (group.partition("</h4>") for group in groups)}
    return found or ({"": dict(COUNTS.findall(first))} if "<table" in first else {})


def test_the_speakers_window_tells_groups_apart_by_sector_and_region_once_the_question_is_closed(
    roundtable: Roundtable,
):
    meeting = roundtable.start()
    _answered(roundtable, meeting)
    policymakers = {"Libraries": "0", "Pubs": "6", "Parks": "0"}
    community = {"Libraries": "0", "Pubs": "0", "Parks": "7"}

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as speaker:
            await roundtable.enter(speaker)
            assert _shown(speaker) == {"": {"Libraries": "0", "Pubs": "6", "Parks": "7"}}

            await speaker.use(speaker.find("selectbox", "Show the answers"), string_value="By sector")
            assert _shown(speaker) == {}
            assert any(WHILE_OPEN in text for text in speaker.texts)

            leading.open_question(roundtable.engine, meeting.id or 0, PRESENTER, WINDOW, False)
            await speaker.use(speaker.find("selectbox", "Show the answers"), string_value="By sector")
            assert _shown(speaker) == {"policymaker": policymakers, "community": community}

            await speaker.use(speaker.find("selectbox", "Show the answers"), string_value="By region")
            assert _shown(speaker) == {"North East": policymakers, "not said": community}
            assert not any(NONE in text for text in speaker.texts)

    in_a_loop(walk())


def test_groups_too_small_to_be_told_apart_are_said_to_be(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    roundtable.answer(meeting, "one", ["Pubs"])
    leading.open_question(roundtable.engine, meeting.id or 0, PRESENTER, WINDOW, False)

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as speaker:
            await roundtable.enter(speaker)
            await speaker.use(speaker.find("selectbox", "Show the answers"), string_value="By sector")
            assert _shown(speaker) == {}
            assert any(NONE in text for text in speaker.texts)

    in_a_loop(walk())
