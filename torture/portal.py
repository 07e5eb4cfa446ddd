"""The portals of one run, all of them ours: databases with tables alone, or with a record of every kind."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

from bench.servers import new_database, run

TABLES, RECORD = "tables", "record"


def inside(part, *arguments, database_url="sqlite://:memory:", **variables):
    """What `main` of a module of ours finds, in a process with the settings of a portal. Ends the run if it fails."""
    command = ["-m", "torture.inside", part, *map(json.dumps, arguments)]
    return json.loads(run(*command, database_url=database_url, **variables).splitlines()[-1])


class Portal(NamedTuple):
    """A database, and the folder of its files."""

    url: str
    media: Path

    def run(self, part, *arguments):
        """What `main` of a module of ours finds on this portal."""
        own = {"MEDIA_ROOT": str(self.media), "CACHE_URL": "", "REQUIRE_SECOND_FACTOR": "off"}
        return inside(part, *arguments, database_url=self.url, **own)


class Portals:
    """Gives portals on one kind of database: `place` is a folder, or the address of a PostgreSQL server."""

    def __init__(self, place, folder: Path):
        self.place, self.folder, self.made = place, folder, set()
        folder.mkdir(exist_ok=True)

    def new(self, name, holds) -> Portal:
        """A portal of its own: a copy of one that is made once in the run."""
        if holds not in self.made:
            portal = self._copy(holds, TABLES if holds == RECORD else "template1")
            self.made.add(holds)
            portal.run("filling", holds)
        return self._copy(name, holds)

    def _copy(self, name, of):
        if of == TABLES and of not in self.made:
            self.new(f"{name}-before", TABLES)
        media = self.folder / f"{name}-media"
        if (before := self.folder / f"{of}-media").exists():
            shutil.copytree(before, media)
        return Portal(new_database(self.place, name, template=of), media)
