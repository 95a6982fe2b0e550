"""What changed, who did it, and can it be taken back?"""

from components import admission, shell

shell.current_filter()
who = admission.admit("history", "see loads and undo them")
