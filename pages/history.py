"""What changed, who did it, and can it be taken back?"""

from components.frame import admission, heading, shell
from components.history import past

shell.current_filter()
who = admission.admit("history", "see loads and undo them")
loads = past.loads()
heading.show(past.answer(loads))
past.show(loads, who)
