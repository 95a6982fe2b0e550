"""How far do coders agree?"""

from components.agreement import agreement_slides, agreement_view, settling_desk
from components.briefings import opening
from components.frame import shell

wanted = shell.current_filter()
opening.show(
    "agreement",
    wanted,
    lambda: agreement_view.answer(wanted),
    lambda: agreement_view.beyond_chance(wanted),
    lambda: agreement_view.how_sure(wanted),
    tables=settling_desk.download_tables(wanted),
    slides=agreement_slides.of(wanted),
    numbers=lambda: agreement_view.numbers(wanted),
)
agreement_view.show_controls(wanted)
agreement_view.show(wanted)
settling_desk.show(wanted)
