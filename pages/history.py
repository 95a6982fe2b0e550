"""What changed, who did it, and can it be taken back?"""

from components.frame import admission, heading, shell
from components.history import history_parts

shell.current_filter()
who = admission.admit("history", "see loads and undo them")
loads = history_parts.loads()
heading.show(history_parts.answer(loads))
history_parts.show(loads, who)
