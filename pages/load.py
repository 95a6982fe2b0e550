"""How do I bring evidence in?"""

from components.frame import admission, heading, shell
from components.loading import steps

shell.current_filter()
who = admission.admit("load", "load evidence")
held = steps.current()
heading.show(steps.answer(held))
steps.show(held, who)
