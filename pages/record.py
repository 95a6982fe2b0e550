"""What did the meeting leave, and what of it is evidence?"""

from components.frame import admission, shell
from components.meeting.notes import record_view

shell.current_filter()
who = admission.admit("record", "see a meeting's record")
record_view.show(who)
