"""The room's slide on a phone, its question, and the way to look for oneself."""

from components import shell
from components.meeting import follow

shell.current_filter()
follow.show()
