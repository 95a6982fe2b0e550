"""What do we show the room?"""

from components.briefings import briefing_list
from components.frame import shell

shell.current_filter()
briefing_list.show()
