"""The room's slide on a phone, its question, and the way to look for oneself."""

from components.frame import shell
from components.meeting.follower import follow_page

shell.current_filter()
follow_page.show()
