"""The room's slide on a phone, its question, and the way to look for oneself."""

from components.frame import shell
from components.meeting.follower import follow

shell.current_filter()
follow.show()
