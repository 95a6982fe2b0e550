"""The speaker's window: this slide, the next, notes, time, and what the room says."""

from components.frame import admission, shell
from components.meeting.presenter import speaker_window

shell.current_filter()
admission.admit("speaker", "lead a meeting")
speaker_window.show()
