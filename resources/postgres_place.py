"""Where an embedded PostgreSQL lives and as whom it runs.

An ordinary user's server lives in its home. PostgreSQL refuses root, and another user cannot reach into
root's home, so root's server lives in a place of its own that the home names (`tempat`) and that names it:

    /var/lib/perlinsos-<id>/    root, 0710 for the server's group: nobody else enters
        asal                    device and path of the home
        pg/                     copy of the programs, only where the server's user cannot run them in place
        server/                 the server's user, 0700: data, log, socket

Root writes nothing inside `server/` itself: what happens there is done as the server's user.
"""

import contextlib
import errno
import hashlib
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from resources.postgres_process import Place, PostgresError, find_programs

# A database belongs in /var/lib, which no cleaner empties; /var/tmp serves where that is read-only.
_PARENTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 (our folder there is root's, its name random)
# An account of our own if the office made one, then PostgreSQL's, then the one every system has.
_ACCOUNTS = ("perlinsos", "postgres", "nobody")
_SYSTEM = {
    errno.EACCES: "tidak boleh ditulis",
    errno.EPERM: "tidak boleh ditulis",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOSPC: "penyimpanannya penuh",
    errno.ENOENT: "tidak ada",
    errno.ENOTDIR: "bukan folder",
}
_LONGEST_TEMP = 60  # bytes; a socket's whole path has at most 107


def find_place(home: Path) -> Place | None:
    """The place of the server of `home` as it stands, or None if there is none."""
    if os.geteuid():
        return Place(home, _sockets_of(home), find_programs())
    outer = _read_mark(home)
    if outer is None or not (outer / "server").is_dir() or _original(outer, home) != home:
        return None
    return _root_place(outer)


def claim_place(home: Path) -> Place:
    """The place of the server of `home`, made whole; root's call also stops servers whose home is gone."""
    if os.geteuid():
        sockets = _sockets_of(home)
        with contextlib.suppress(FileExistsError):
            sockets.mkdir(mode=0o700)
        check_private(sockets)
        sockets.chmod(0o700)
        return Place(home, sockets, find_programs())
    place = _reclaim(outer, home) if (outer := _read_mark(home)) else _settle(home)
    for orphan in orphans():
        _halt(orphan)
    return place


def orphans() -> list[Path]:
    """Root's places whose home is gone, or was moved and not used since: nobody can tell which, so they stay until
    somebody says so. A disk not mounted is not a home that is gone."""
    if os.geteuid():
        return []
    found = [outer for parent in _PARENTS for outer in parent.glob("perlinsos-*")]
    return sorted(outer for outer in found if _is_orphan(outer))


def remove_orphan(outer: Path) -> None:
    """Stop and remove a place of root, one of `orphans`."""
    _halt(outer)
    shutil.rmtree(outer, ignore_errors=True)


def _is_orphan(outer: Path) -> bool:
    try:
        device, home = (outer / "asal").read_text().split("\n", 1)
        named = outer.lstat().st_uid or _read_mark(Path(home)) == outer
        return not named and _device_of(Path(home)) == int(device)
    except (OSError, ValueError):  # in the making, or not ours
        return False


def _halt(outer: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # another start does as well
        _root_place(outer).halt()


def check_private(sockets: Path) -> None:
    """Raise PostgresError if another user planted the socket's folder (root's lies where none can)."""
    with contextlib.suppress(FileNotFoundError):
        found = sockets.lstat()
        if os.geteuid() and not (stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()):
            raise PostgresError(
                f"{sockets} dibuat oleh pengguna lain mesin ini. Minta admin menghapusnya, lalu ulangi."
            )


def write_private(path: Path, text: str) -> None:
    """Write a file only we may read (0600), whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-", delete=False) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)


def _sockets_of(home: Path) -> Path:
    temp = tempfile.gettempdir()
    short = temp if len(os.fsencode(temp)) <= _LONGEST_TEMP else "/tmp"  # noqa: S108 (its owner is verified)
    return Path(short) / f"perlinsos-{os.geteuid()}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def _read_mark(home: Path) -> Path | None:
    try:
        return Path((home / "tempat").read_text())
    except OSError:
        return None


def _original(outer: Path, home: Path) -> Path:
    """The home a place belongs to: `home` itself, also after a move, or the one it was copied from."""
    with contextlib.suppress(OSError, IndexError):
        named = Path((outer / "asal").read_text().split("\n", 1)[1])
        return named if _read_mark(named) == outer else home
    return home


def _settle(home: Path) -> Place:
    """A new place, in the first folder where the server's user can live."""
    reasons = []
    for parent in _PARENTS:
        outer = parent / f"perlinsos-{secrets.token_hex(6)}"
        write_private(home / "tempat", str(outer))  # first: what no home names is an orphan
        try:
            return _furnish(outer, home)
        except OSError as error:
            reasons.append(f"{parent}: {_why(error)}")
            shutil.rmtree(outer, ignore_errors=True)
    (home / "tempat").unlink()
    raise PostgresError(
        "PostgreSQL menolak root, dan tidak ada tempat bagi pengguna lain "
        f"({'; '.join(reasons)}). Jalankan perlinsos sebagai pengguna biasa."
    )


def _reclaim(outer: Path, home: Path) -> Place:
    if (original := _original(outer, home)) != home:
        raise PostgresError(f"{home} adalah salinan {original}, pemilik gudangnya. Hapus {home}, lalu ulangi.")
    if (home / "alamat").exists() and not (outer / "server" / "data").is_dir():
        raise PostgresError(
            f"Data gudang di {outer} tidak ada lagi. Pulihkan folder itu dari cadangan, "
            f"atau hapus {home} untuk mulai dengan gudang kosong."
        )
    try:
        return _furnish(outer, home)
    except OSError as error:
        reason = f"Tempat gudang {outer} tidak terpakai: {_why(error)}. Perbaiki itu, lalu ulangi."
        raise PostgresError(reason) from error


def _furnish(outer: Path, home: Path) -> Place:
    """Make the place, or make it whole again. Raise OSError where the server's user cannot live."""
    inner = outer / "server"
    account = _account_of(inner)
    outer.mkdir(mode=0o700, exist_ok=True)
    write_private(outer / "asal", f"{_device_of(home)}\n{home}")
    inner.mkdir(mode=0o700, exist_ok=True)
    os.chown(inner, account.pw_uid, account.pw_gid)
    os.chown(outer, 0, account.pw_gid)
    outer.chmod(0o710)
    place = Place(inner, inner, find_programs(), account)
    if place.run("test", "-w", str(inner)).returncode:
        raise PermissionError(errno.EACCES, f"closed to {account.pw_name}")
    if not _can_run(place):
        _copy_programs(place.programs, outer / "pg")
    return _root_place(outer)


def _root_place(outer: Path) -> Place:
    inner, programs = outer / "server", find_programs()
    place = Place(inner, inner, programs, _account_of(inner))
    copied = outer / "pg" / programs.relative_to(programs.parents[2])
    return Place(inner, inner, copied, place.account) if copied.is_dir() and not _can_run(place) else place


def _account_of(inner: Path) -> pwd.struct_passwd:
    """The user of an existing server, else the first account of the list that this machine has."""
    with contextlib.suppress(FileNotFoundError, KeyError):
        if owner := inner.stat().st_uid:
            return pwd.getpwuid(owner)
    for name in _ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresError("PostgreSQL menolak root. Buat penggunanya: useradd --system perlinsos")


def _can_run(place: Place) -> bool:
    try:
        return not any(place.run(program, "--version").returncode for program in ("postgres", "initdb"))
    except OSError:
        return False


def _copy_programs(programs: Path, target: Path) -> None:
    """Copy PostgreSQL and the libraries its wheel carries beside it, unless the copy is today's."""
    site, prefix = programs.parents[2], programs.parent
    with contextlib.suppress(FileNotFoundError):
        theirs = (programs / "postgres").stat()
        ours = (target / programs.relative_to(site) / "postgres").stat()
        if (ours.st_size, int(ours.st_mtime)) == (theirs.st_size, int(theirs.st_mtime)):
            return
    shutil.rmtree(target, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".pg-"))
    unused = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")
    for part in (prefix, site / f"{prefix.parent.name}.libs"):
        if part.is_dir():
            shutil.copytree(part, draft / part.relative_to(site), ignore=unused, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    draft.rename(target)


def _device_of(home: Path) -> int:
    """The disk of a folder, or of what is left of its path."""
    return next(folder.stat().st_dev for folder in (home, *home.parents) if folder.exists())


def _why(error: OSError) -> str:
    """What the system said, in Indonesian."""
    return _SYSTEM.get(error.errno or 0, f"ditolak sistem (galat {error.errno})")
