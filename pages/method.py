"""Can I trust it?"""

from components.briefings import opening
from components.frame import shell
from components.views import method_view

wanted = shell.current_filter()
opening.show(
    "method",
    wanted,
    method_view.answer,
    tables=method_view.download_tables,
    stands_alone=True,
    numbers=method_view.numbers,
)
method_view.contents()
method_view.show_coding()
method_view.show_agreement()
method_view.show_limits()
method_view.show_words()
method_view.show_codebook()
method_view.show_swim()
method_view.show_changes()
method_view.show_accessibility()
