"""What tests of the database's safekeeping start from: a meeting under way too."""

from tests.data.meeting.conftest import room

__all__ = ["room"]
