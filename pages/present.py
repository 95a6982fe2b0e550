"""A briefing on the wall."""

from components.frame import shell
from components.meeting.presenter import present

shell.current_filter()
present.show()
