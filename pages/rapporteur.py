"""What is being said, and by whom?"""

from components.frame import admission, shell
from components.meeting.notes import rapporteur_form

shell.current_filter()
who = admission.admit("rapporteur", "take notes of a meeting")
rapporteur_form.show(who)
