"""What a session's page is told of the server, and which orders of it are passed on."""

from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from components import session_messages
from components.session_messages import SessionMessages
from tests.event_loops import in_a_loop

ROOT = Path("/srv/evidence")


def order(kind: str) -> bytes:
    """Return the message of a page that gives an order of this kind, or asks for an operation of this kind."""
    message = BackMsg()
    if kind in ("deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"):
        getattr(message.backend_operation_request, kind).SetInParent()
    elif kind in ("rerun_script", "file_urls_request"):
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message.SerializeToString()


@pytest.mark.parametrize(
    "kind", ["rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "deferred_file", "dataframe_chunk"]
)
def test_what_a_page_needs_is_passed_on(kind: str):
    assert session_messages.is_taken(order(kind))


@pytest.mark.parametrize(
    "kind",
    ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime", "debug_disconnect_websocket",
     "install_skills", "dismiss_skills_nudge"],
)  # fmt: skip
def test_orders_for_whoever_develops_streamlit_apps_are_not(kind: str):
    assert not session_messages.is_taken(order(kind))
    assert not session_messages.is_taken(order("rerun_script") + order(kind))  # the last of two is the one that counts


def test_a_message_that_names_no_order_is_dropped_and_what_is_none_is_left_to_streamlit_to_end():
    assert not session_messages.is_taken(BackMsg().SerializeToString())
    assert session_messages.is_taken(b"\xff")


def beginning() -> ForwardMsg:
    message = ForwardMsg()
    new = message.new_session
    new.name, new.main_script_path, new.main_script_hash = "dashboard", f"{ROOT}/dashboard.py", "a1"
    new.initialize.session_id = "s"
    new.initialize.user_info.installation_id_v3 = "machine"
    of = new.initialize.environment_info
    of.streamlit_version, of.python_version, of.server_os = "1.67.0", "3.11.7", "linux"
    return message


def test_a_page_is_told_no_path_no_machine_and_nothing_of_what_runs_there():
    told = ForwardMsg.FromString(session_messages.without_server(beginning().SerializeToString()))
    wanted = beginning()
    wanted.new_session.main_script_path = ""
    wanted.new_session.initialize.user_info.installation_id_v3 = ""
    wanted.new_session.initialize.environment_info.python_version = ""
    wanted.new_session.initialize.environment_info.server_os = ""
    assert told == wanted
    assert told.new_session.initialize.HasField("user_info")


def test_messages_go_through_but_for_what_is_taken_out():
    shown = ForwardMsg()
    shown.delta.new_element.html.body = f"a finding on {ROOT}"
    sent, heard = [], []
    coming = iter([order("clear_cache"), order("rerun_script")])

    async def receive():
        return {"type": "websocket.receive", "bytes": next(coming)}

    async def send(message):
        sent.append(message["bytes"])

    async def app(scope, receive, send):
        heard.append((await receive())["bytes"])
        for message in (beginning(), shown):
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})

    in_a_loop(SessionMessages(app, ROOT)({"type": "websocket"}, receive, send))
    assert heard == [order("rerun_script")]
    assert sent == [session_messages.without_server(beginning().SerializeToString()), shown.SerializeToString()]
