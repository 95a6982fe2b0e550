"""What do we show the room?"""

from components import briefing_list, shell

shell.current_filter()
briefing_list.show()
