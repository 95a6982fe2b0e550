"""What do people mean by social infrastructure?"""

from components.briefings import opening
from components.frame import shell
from components.views import definition_view, definition_voices

wanted = shell.current_filter()
opening.show(
    "definitions",
    wanted,
    definition_view.answer,
    definition_view.how_many,
    definition_view.cautions,
    tables=definition_voices.download_tables(),
    stands_alone=True,
)
definition_view.show_controls()
definition_view.show()
definition_voices.show_voices()
definition_voices.show_each()
