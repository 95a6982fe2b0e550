"""What matters to communities?"""

from components.briefings import opening
from components.findings import study_cards
from components.frame import shell
from components.views import theme_view

wanted = shell.current_filter()
opening.show(
    "themes",
    wanted,
    lambda: theme_view.answer(wanted),
    lambda: theme_view.of_all_strands(wanted),
    ratios=True,
    tables=lambda: theme_view.download_tables(wanted),
    numbers=lambda: theme_view.numbers(wanted),
)
theme_view.show_directions(wanted)
theme_view.show_together(wanted)
study_cards.show_beneath(wanted, "themes")
