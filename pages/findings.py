"""Show me the proof."""

from components.briefings import opening
from components.findings import finding_view
from components.frame import shell

wanted = shell.current_filter()
opening.show(
    "findings",
    wanted,
    lambda: finding_view.answer(wanted),
    named=finding_view.named(wanted),
    numbers=lambda: finding_view.numbers(wanted),
)
finding_view.show(wanted)
