"""The server makes itself ready before it lets anyone in, so that the first readers do not wait for what all need."""

import asyncio
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import components
from components.requests import open_files
from components.requests.server_limits import Limits
from components.server import door, entrance, script_loops
from components.store import remembered_answers, store, visitor
from data.collection import database
from data.collection.database import DatabaseFault
from data.commands import upgrade_commands
from data.filters.filter import Filter
from data.safekeeping import own_file, verification
from models import Access

STARTERS = ("components.server.serving", "components.server.roundtable")
"""Modules that start a server, and are no part of a page."""
log = logging.getLogger(__name__)


@asynccontextmanager
async def ready(then: AbstractAsyncContextManager[None], limits: Limits) -> AsyncIterator[None]:
    """Make the server ready, then do what else is done for as long as it runs."""
    script_loops.keep()
    door.keep(limits)
    await asyncio.to_thread(prepare)
    entrance.tell()
    if not visitor.token_offered():
        print(open_files.told(open_files.limit(), limits.connections), flush=True)
    async with then:
        yield


def prepare() -> None:
    """Bring the database up to this version, import what pages are made of, and read the collection as most see it.

    A database that cannot be asked or brought up is no fault here: the page that asks it says so.
    """
    bring_up()
    give_meetings_their_file()
    look_over()
    for module in pkgutil.walk_packages(components.__path__, f"{components.__name__}."):
        if module.name not in STARTERS:
            importlib.import_module(module.name)
    try:
        with store.beside_the_page(mostly()):
            store.facets(Filter())
            store.words()  # which the first misspelt search of a large collection would wait for
    except DatabaseFault as fault:
        log.warning("the collection could not be read at the start: %s", fault)


def bring_up() -> None:
    """Bring a database of an older version up, and say so."""
    try:
        with database.opened() as opened:
            if done := upgrade_commands.brought_up(opened, "the server, at its start"):
                print(done, flush=True)
    except DatabaseFault as fault:
        log.warning("the database could not be brought up to this version: %s", fault)


def give_meetings_their_file() -> None:
    """Take meetings that are in the database into a file of their own, so that no room waits for a load."""
    try:
        with database.opened() as opened:
            database.check(opened)
            if kept := own_file.divide_where_met(opened):
                print(f"meetings that the database did not hold are kept as {kept.name} beside it", flush=True)
    except DatabaseFault as fault:
        log.info("the meetings were given no file of their own: %s", fault)


def look_over() -> None:
    """See whether the database is whole; where it is not, say so here and on every page instead of reading past it."""
    try:
        faults = verification.faults(remembered_answers.engine(), each_row=False)
    except DatabaseFault:
        return  # there is none, or none of this version: the page that asks it says so
    if faults:
        told = f"{database.name_of(remembered_answers.engine())} is not whole: {'; '.join(faults[:3])}"
        log.error("%s", told)
        remembered_answers.refuse(f"{told}; {database.GO_BACK}; then start the dashboard again")


def mostly() -> Access:
    """Return what most readers of this server see: on a laptop that serves only itself all, else what is public."""
    return visitor.LOCAL_USER.access if visitor.token_offered() else Access.PUBLIC
