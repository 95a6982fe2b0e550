"""Times are kept in UTC and read by the room's clock, summer time and all."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from data.collection import clock

SUMMER, WINTER = datetime(2026, 6, 24, 23, 30), datetime(2026, 11, 24, 23, 30)


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("", SUMMER, "25 June 2026, 00:30 BST"),
        ("", WINTER, "24 November 2026, 23:30 GMT"),
        ("Europe/London", SUMMER, "25 June 2026, 00:30 BST"),
        ("America/New_York", WINTER, "24 November 2026, 18:30 EST"),
        ("Asia/Kolkata", WINTER, "25 November 2026, 05:00 IST"),
        ("UTC", SUMMER, "24 June 2026, 23:30 UTC"),
    ],
)
def test_a_time_is_said_by_the_clock_of_the_room(monkeypatch, zone: str, at: datetime, said: str) -> None:
    monkeypatch.setenv(clock.SETTING, zone)
    assert clock.day_and_hour(at) == clock.day_and_hour(at.replace(tzinfo=UTC)) == said
    assert clock.day_and_hour(pd.Timestamp(at)) == said


def test_the_hour_that_comes_twice_in_autumn_is_told_apart() -> None:
    stamps = [clock.stamp(datetime(2026, 10, 25, hour, 30)) for hour in (0, 1)]
    assert stamps == ["2026-10-25 01:30 BST", "2026-10-25 01:30 GMT"]


def test_a_log_has_seconds() -> None:
    assert clock.to_the_second(datetime(2026, 6, 24, 18, 0, 5)) == "2026-06-24 19:00:05 BST"


def test_today_is_the_day_of_the_room(monkeypatch) -> None:
    before, days = datetime.now(UTC), {}
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # fourteen hours ahead and twelve behind: never one day
        monkeypatch.setenv(clock.SETTING, zone)
        days[zone] = clock.today()
    assert days["Pacific/Kiritimati"] > days["Etc/GMT+12"]
    assert all(abs((found - before.date()).days) <= 1 for found in days.values())
    assert isinstance(days["Etc/GMT+12"], date)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("2026-06-24 18:30 UTC", "2026-06-24 19:30 BST"),
        ("2026-11-23", "2026-11-23"),
        ("", ""),
        ("on Tuesday UTC", "on Tuesday UTC"),
    ],
)
def test_a_time_kept_as_text_is_said_alike_and_any_other_text_stays(kept: str, said: str) -> None:
    assert clock.stamp_of(kept) == said


@pytest.mark.parametrize("name", ["Europe/Londn", "GMT+25", "Europe", "../etc/passwd", "x" * 5000, "/etc/localtime"])
def test_a_name_that_is_no_zone_is_refused_in_words(monkeypatch, name: str) -> None:
    monkeypatch.setenv(clock.SETTING, name)
    with pytest.raises(clock.ZoneFault, match=r"is no time zone.*such as Europe/London or UTC"):
        clock.zone()


def test_a_name_that_is_nearly_one_is_offered_it(monkeypatch) -> None:
    monkeypatch.setenv(clock.SETTING, "Europe/Londn")
    with pytest.raises(
        clock.ZoneFault, match=r"is 'Europe/Londn', which is no time zone; did you mean Europe/London\?"
    ):
        clock.zone()
