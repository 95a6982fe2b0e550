"""The event loop that Streamlit gives each session's script holds no open files unless it is run, and ours runs none.

It is there for libraries that ask for one. Made the usual way it takes three open files for as long as the session is
kept, a quarter of an hour after its reader has left: with 256 files, as a Mac gives, nobody came in after 80 visits.
"""

import asyncio
import selectors


class ScriptLoop(asyncio.SelectorEventLoop):
    """An event loop that opens the files by which it waits and is woken when it is run for the first time."""

    _pipe_made = False

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())  # the one kind that is no open file

    def run_forever(self) -> None:
        """Open the files, then run."""
        if not self._pipe_made:
            self._selector = selectors.DefaultSelector()
            super()._make_self_pipe()  # type: ignore[misc]
            self._pipe_made = True
        super().run_forever()

    def _make_self_pipe(self) -> None:
        """Open nothing yet: asyncio asks for it as soon as a loop is made."""
        self._ssock = self._csock = None

    def _close_self_pipe(self) -> None:
        if self._pipe_made:
            super()._close_self_pipe()  # type: ignore[misc]


class ScriptLoops(asyncio.DefaultEventLoopPolicy):
    """The usual way to make event loops, but for those made where one runs: they are those of scripts."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """Return a new loop: one that cannot be run here, as another runs, is for a script."""
        return ScriptLoop() if asyncio._get_running_loop() else super().new_event_loop()


def keep() -> None:
    """Have the sessions of this server made with such loops."""
    asyncio.set_event_loop_policy(ScriptLoops())
