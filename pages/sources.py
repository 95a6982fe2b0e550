"""sources."""

from components import cards, finding_view, opening, shell

wanted = shell.current_filter()
opening.show("sources", wanted, lambda: finding_view.answer(wanted))
cards.show_findings(wanted, "sources")
