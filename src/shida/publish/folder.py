"""A site's folder: written aside, swapped in whole; files that did not change keep their time of change."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import xxhash

from shida.errors import InputError, NewsroomBusy

MANIFEST = ".shida-site.json"
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class Written(msgspec.Struct, frozen=True, array_like=True):
    """What a file of the site was made from, and its content."""

    key: str
    content: str


class Manifest(msgspec.Struct, frozen=True):
    """What the last build left: its files, and the values it wants to remember."""

    files: dict[str, Written] = {}
    notes: dict[str, str] = {}


class SiteFolder:
    """One build of a site. As a context manager: swapped in at the end, thrown away on an exception.

    `put` writes a file; `keep` says that a file made from the same key is still there, and takes it over.

    Raises InputError where `out` cannot be written or is somebody else's folder, NewsroomBusy where another
    build writes there.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.aside = self.out.parent / f".{self.out.name}.new"
        self.before = self.out.parent / f".{self.out.name}.old"
        self._lock_file = self.out.parent / f".{self.out.name}.lock"
        self.files: dict[str, Written] = {}
        self.notes: dict[str, str] = {}
        self.written = self.kept = self.removed = 0
        self._made: set[str] = set()
        self._lock: int | None = None
        self.last = Manifest()

    def __enter__(self) -> Self:
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            if self.before.exists() and not self.out.exists():
                self.before.rename(self.out)  # killed between the two renames of a swap
            for left in (self.aside, self.before):
                if left.exists():
                    shutil.rmtree(left)
            self._read_last()
            self.aside.mkdir()
        except OSError as error:
            self._free_lock()
            raise InputError(f"{self.out}: {error.strerror or error}. Give a folder that can be written.") from error
        except BaseException:
            self._free_lock()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            shutil.rmtree(self.aside, ignore_errors=True)
            self._free_lock()

    def keep(self, path: str, key: str) -> bool:
        """True, and the file taken over, where the last build made `path` from the same `key`."""
        last = self.last.files.get(path)
        if last is None or last.key != key or not self._take_over(path):
            return False
        self.files[path] = last
        self.kept += 1
        return True

    def put(self, path: str, content: bytes | str, key: str = "") -> None:
        """Write `content` to `path` of the site, or take the old file over where it is the same."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        entry = Written(key, xxhash.xxh3_64_hexdigest(data))
        last = self.last.files.get(path)
        if path in self.files:  # taken over before it was known that its twin is missing
            self.kept -= 1
        self.files[path] = entry
        if last is not None and last.content == entry.content and self._take_over(path):
            self.kept += 1
            return
        self._folder_for(path)
        name, flags = f"{self.aside}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            descriptor = os.open(name, flags, 0o644)
        except FileExistsError:  # taken over just now: it is the old site's file too, and must not be written into
            os.unlink(name)
            descriptor = os.open(name, flags, 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        self.written += 1

    def _take_over(self, path: str) -> bool:
        self._folder_for(path)
        old, new = f"{self.out}/{path}", f"{self.aside}/{path}"
        try:
            os.link(old, new, follow_symlinks=False)
        except FileNotFoundError:
            return False
        except FileExistsError:
            return True
        except OSError:  # a file system without hard links
            try:
                shutil.copy2(old, new, follow_symlinks=False)
            except OSError:
                return False
        return True

    def _folder_for(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            (self.aside / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)

    def _read_last(self) -> None:
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise InputError(f"{self.out} is a file. Give a folder for the site.")
        manifest = self.out / MANIFEST
        if not manifest.is_file():
            if any(self.out.iterdir()):
                raise InputError(f"{self.out} holds files that are not a site made by shida. Give an empty folder.")
            return
        try:
            self.last = msgspec.json.decode(manifest.read_bytes(), type=Manifest)
        except msgspec.DecodeError:
            self.last = Manifest()  # everything is written anew

    def _finish(self) -> None:
        for folder, _, names in os.walk(self.out):
            inner = os.path.relpath(folder, self.out)
            for name in names:
                path = name if inner == "." else f"{inner}/{name}".replace(os.sep, "/")
                if path in self.files or path == MANIFEST:
                    continue
                if path in self.last.files:
                    self.removed += 1
                else:
                    self._take_over(path)  # put there by a person (CNAME, a key for a search engine): stays
        manifest = Manifest(files=self.files, notes=self.notes)
        (self.aside / MANIFEST).write_bytes(msgspec.json.encode(manifest))
        self._swap()

    def _swap(self) -> None:
        if not self.out.exists():
            self.aside.rename(self.out)
            return
        if not _exchange(self.aside, self.out):
            self.out.rename(self.before)
            self.aside.rename(self.out)
            shutil.rmtree(self.before, ignore_errors=True)

    def _take_lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # a system without it builds unlocked
            return
        while self._lock is None:
            taken = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(taken, fcntl.LOCK_EX | fcntl.LOCK_NB)
                here = os.stat(self._lock_file)
                if os.path.samestat(os.fstat(taken), here):
                    self._lock = taken
            except FileNotFoundError:  # its owner has just finished and taken it away: make another
                pass
            except OSError as error:
                os.close(taken)
                raise NewsroomBusy(f"{self.out}: another build is writing there. Wait until it is done.") from error
            if self._lock is None:
                os.close(taken)

    def _free_lock(self) -> None:
        if self._lock is not None:
            self._lock_file.unlink(missing_ok=True)  # while it is held: whoever waits for it will see that it is gone
            os.close(self._lock)
            self._lock = None


def _exchange(one: Path, other: Path) -> bool:
    """Both folders change places in one step; False where the system has no such step."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
