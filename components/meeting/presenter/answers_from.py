"""Where the present question's answers come from, in the speaker's window, and the hand that leaves some out.

An address is a letter and a device a number; what a device answered is not told.
"""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from components.figures import list_parts
from components.meeting.follower import meeting_queries
from components.meeting.presenter import lead
from data.collection import clock
from data.filters.wording import number_of
from data.meeting.arrivals import Address, Arrivals, Device

TITLE = "Where answers come from"
SHARED = (
    "Many phones behind one wifi share an address, so this alone is no fault. What you leave out counts in no question "
    "of this meeting, earlier ones too; it is kept, the record says how much it is, and it may be taken in again."
)
ADDRESSES, DEVICES = 5, 10
"""What is listed at a time: longer lists, drawn each second, would keep the presses waiting."""
NONE, NEWEST = "None", "The newest"


def show(number: int, slide: str, leads: bool) -> None:
    """Point out where answers come unusually, and list addresses then, or while any is left out, or where wanted."""
    came = meeting_queries.arrivals(number, slide)
    said = unusual(came)
    with st.container():  # there also where it is empty, so that what stands beneath it stays open
        if said:
            st.html(Markup('<p class="lead" role="status">{}</p>').format(said))
    some_left_out = any(address.left_out for address in came.addresses)
    if not (said or some_left_out or st.toggle(TITLE, key="answers_from")):
        return
    st.html(Markup('<h3 class="figure-title">{}</h3><p class="note">{}</p>').format(TITLE, SHARED))
    listed = _addresses(number, came, leads)
    _devices(number, slide, listed, leads)


def unusual(came: Arrivals) -> str:
    """Say in a sentence what is unusual about how answers came; nothing where nothing is."""
    said = []
    if came.crowded:
        most = max(address.devices - address.left_out for address in came.addresses)
        said.append(f"{number_of(most, 'device')} come from one address")
    if came.fast:
        said.append(f"{number_of(came.busiest, 'answer')} came within one minute")
    return f"Unusual: {' and '.join(said)}." if said else ""


def _addresses(number: int, came: Arrivals, leads: bool) -> tuple[Address, ...]:
    """Draw a part of the addresses, and return it."""
    total, part = len(came.addresses), 1
    if total > ADDRESSES:
        part = list_parts.choose(st.columns([2, 3])[0], total, ADDRESSES, "answers_from_part", "Part of the addresses")
        st.html(list_parts.told("Addresses", part, total, ADDRESSES))
    listed = came.addresses[(part - 1) * ADDRESSES : part * ADDRESSES]
    for address in listed:
        name = f"address {address.letter}"
        with st.container(key=f"came_from_{address.letter}", gap=None):
            st.html(_of_address(address))
            with st.container(horizontal=True):
                if not address.closed:
                    _button(f"Leave out {name}", lead.leave_out_address, number, address.origin, True, leads)
                if address.closed or address.left_out:
                    _button(f"Take {name} in again", lead.leave_out_address, number, address.origin, False, leads)
    return listed


def _of_address(address: Address) -> Markup:
    said = [number_of(address.devices, "device"), number_of(address.answers, "answer"),
            f"{address.last_minute:,} in the last minute"]  # fmt: skip
    if address.closed:
        said.append("left out, with all that comes from there")
    elif address.left_out:
        said.append(f"{number_of(address.left_out, 'device')} left out")
    return Markup('<p class="came-from"><strong>Address {}</strong> · {}</p>').format(address.letter, " · ".join(said))


def _devices(number: int, slide: str, listed: tuple[Address, ...], leads: bool) -> None:
    """Draw a part of the devices that are wanted: of all, or of one of the addresses that are listed."""
    of = {f"Of address {address.letter}": address for address in listed}
    chosen = st.selectbox("List devices", [NONE, NEWEST, *of], key="answers_from_of", width=200) or NONE
    if chosen == NONE:
        return
    origin, total = None, meeting_queries.joined(number) + meeting_queries.left_out(number)
    if chosen in of:
        origin, total = of[chosen].origin, of[chosen].devices
    key = f"answers_from_devices_{chosen}"
    part = (
        list_parts.choose(st.columns([2, 3])[0], total, DEVICES, key, "Part of the devices") if total > DEVICES else 1
    )
    for device in meeting_queries.devices_from(number, slide, origin, (part - 1) * DEVICES, DEVICES):
        with st.container(key=f"came_{device.number}", gap=None):
            st.html(_of_device(device))
            name = f"device {device.number}"
            label = f"Take {name} in again" if device.left_out else f"Leave out {name}"
            _button(label, lead.leave_out, number, device.participant, not device.left_out, leads)
    if total > DEVICES:
        st.html(list_parts.told("Devices, the newest first,", part, total, DEVICES))


def _of_device(device: Device) -> Markup:
    said = [f"address {device.letter}"] if device.letter else []
    said += [f"joined {_time(device.joined)}", f"answered {_time(device.answered)}" if device.answered else "no answer"]
    said += ["left out"] if device.left_out else []
    return Markup('<p class="came-from"><strong>Device {}</strong> · {}</p>').format(device.number, " · ".join(said))


def _time(at: datetime) -> str:
    return f"{clock.local(at):%H:%M:%S}"


Action = Callable[[int, int, bool], None]


def _button(label: str, action: Action, number: int, which: int, on: bool, leads: bool) -> None:
    # Each label has a key: pressed twice, a button does that once, and not what it says from then on.
    key = f"{action.__name__}_{which}_{on}"
    st.button(label, key=key, on_click=lead.act, args=(action, number, which, on), disabled=not leads)
