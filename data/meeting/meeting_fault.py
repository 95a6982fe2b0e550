"""What a meeting refuses, in words for the person who asked."""

from data.faults import ForPeople


class MeetingFault(ForPeople):
    """A meeting cannot do what was asked; the message says why and what can be done."""


def need(held: bool, why: str) -> None:
    """Raise MeetingFault with these words where something does not hold."""
    if not held:
        raise MeetingFault(why)
