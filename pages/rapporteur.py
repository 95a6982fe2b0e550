"""What is being said, and by whom?"""

from components import admission, shell
from components.meeting import rapporteur

shell.current_filter()
who = admission.admit("rapporteur", "take notes of a meeting")
rapporteur.show(who)
