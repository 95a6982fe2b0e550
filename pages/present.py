"""A briefing on the wall."""

from components import present, shell

shell.current_filter()
present.show()
