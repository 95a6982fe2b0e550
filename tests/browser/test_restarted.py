"""The server is killed and started again while a load is mapped and a slide is written: both are gone on with."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.loading_page import choose, give, payload, serving_a_copy, told
from tests.browser.server import ROOT, serving
from tests.browser.visits import let_in, unexcepted

PROJECT = ROOT / "tests" / "files" / "readers" / "aqda.qdpx"
BRIEFING = "briefings?briefing=what-the-evidence-says"


def test_a_load_and_a_slide_under_way_outlive_the_server(shipped_file: Path, tmp_path: Path, new_reader):
    with serving_a_copy(shipped_file, tmp_path) as server:
        reader = new_reader(server)
        reader.page.goto(f"{reader.address}/{BRIEFING}")
        message = reader.page.get_by_role("textbox", name="Message", exact=True)
        expect(message).to_be_visible()
        reader.wait_until_drawn()
        message.press("ControlOrMeta+a")
        with reader.answered():  # what is typed is told though its field is not left
            message.press_sequentially("Half a sen")
        reader.wait_until_drawn()
        reader.open("load")
        give(reader, payload("interviews.qdpx", PROJECT.read_bytes()), kind="REFI-QDA project")
        choose(reader, "What the column group fills", "Population")
        server.kill()
        with serving(tmp_path / "evidence.sqlite", server.port) as again:
            let_in(reader.page.context, again)
            reader.open("load")
            told(reader, "Here is what you had begun by")
            fills = reader.page.get_by_role("combobox", name="What the column group fills", exact=True)
            expect(fills).to_have_value("Population")
            reader.page.goto(f"{reader.address}/{BRIEFING}")
            told(reader, "Here is what you had typed by")
            expect(message).to_have_value("Half a sen")
            assert unexcepted(reader) == []
