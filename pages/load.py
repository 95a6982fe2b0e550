"""How do I bring evidence in?"""

from components import admission, shell

shell.current_filter()
who = admission.admit("load", "load evidence")
