"""How do we bring the room in?"""

from components.frame import admission, shell
from components.meeting.presenter import meetings

shell.current_filter()
admission.admit("meeting", "start a roundtable")
meetings.show()
