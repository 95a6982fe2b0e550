"""How do we bring the room in?"""

from components import admission, shell
from components.meeting import meetings

shell.current_filter()
admission.admit("meeting", "start a roundtable")
meetings.show()
