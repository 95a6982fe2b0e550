"""What did the meeting leave, and what of it is evidence?"""

from components import admission, shell
from components.meeting import record

shell.current_filter()
who = admission.admit("record", "see a meeting's record")
record.show(who)
