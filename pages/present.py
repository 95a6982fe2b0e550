"""A briefing on the wall."""

from components.frame import shell
from components.meeting.presenter import presentation

shell.current_filter()
presentation.show()
