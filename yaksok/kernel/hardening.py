"""Keep what a process of the mall has in memory from its neighbours and from the disk.

Every process that may hold a key or a person's values calls :func:`harden` first. On systems without
these calls it does what there is; :func:`standing` says what was reached.
"""

import ctypes
import resource
from pathlib import Path

PR_GET_DUMPABLE = 3
PR_SET_DUMPABLE = 4
MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT = 1, 2, 4
CAP_IPC_LOCK = 14
NO_CORE = (0, 0)

_libc = ctypes.CDLL(None, use_errno=True)


def harden() -> None:
    """No core dump, nothing to read for other processes of the same user, nothing swapped out.

    Memory is locked page by page as it is used, and only where the system sets no limit to that: a
    limit reached later would end the process in the middle of an order.

    Does not keep an administrator of the machine, or whoever runs code in this very process, from
    reading it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, NO_CORE)
    prctl = getattr(_libc, "prctl", None)
    if prctl is None:
        return
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _may_lock():
        _libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)


def standing() -> dict[str, bool]:
    """What holds for this process: ``no_core``; ``closed`` to others of its user; ``locked``."""
    prctl = getattr(_libc, "prctl", None)
    try:
        state = Path("/proc/self/status").read_text("ascii", errors="replace")
    except OSError:
        state = ""
    locked = next((line for line in state.splitlines() if line.startswith("VmLck:")), "VmLck: 0")
    return {
        "no_core": resource.getrlimit(resource.RLIMIT_CORE) == NO_CORE,
        "closed": prctl is not None and prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0,
        "locked": int(locked.split()[1]) > 0,
    }


def _may_lock() -> bool:
    """Whether locking meets no limit: the right to it, or none set."""
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        return True
    try:
        state = Path("/proc/self/status").read_text("ascii", errors="replace")
    except OSError:
        return False
    rights = next((line for line in state.splitlines() if line.startswith("CapEff:")), "x 0")
    return bool(int(rights.split()[1], 16) >> CAP_IPC_LOCK & 1)
