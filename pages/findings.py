"""Show me the proof."""

from components import finding_view, opening, shell

wanted = shell.current_filter()
opening.show("findings", wanted, lambda: finding_view.answer(wanted))
finding_view.show(wanted)
