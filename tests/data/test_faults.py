"""Every error of ours that a person may meet is one for people, whose message is told and never a traceback."""

import importlib
import inspect
import pkgutil
from types import ModuleType

import components
import data
from data.faults import ForPeople

STARTS_A_SERVER = {"components.server.serving", "components.server.roundtable", "data.__main__"}
NO_MODULES = "data.safekeeping.migrations."
"""Steps that Alembic runs, within a transaction of its own."""


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if found.name not in STARTS_A_SERVER and not found.name.startswith(NO_MODULES)
    ]


def test_every_error_of_ours_is_one_for_people() -> None:
    ours = {
        error
        for package in (components, data)
        for module in modules(package)
        for _, error in inspect.getmembers(module, inspect.isclass)
        if issubclass(error, Exception) and error.__module__.split(".")[0] in ("components", "data")
    }
    assert len(ours) > 15
    assert [error for error in ours if not issubclass(error, ForPeople)] == []
