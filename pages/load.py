"""How do I bring evidence in?"""

from components.frame import admission, heading, shell
from components.loading import importing

shell.current_filter()
who = admission.admit("load", "load evidence")
held = importing.current()
heading.show(importing.answer(held))
importing.show(held, who)
