"""The policy that this process obeys."""

import os
from importlib import resources
from pathlib import Path

from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.document import load
from yaksok.policy.lints.finding import Severity
from yaksok.policy.lints.run import lint

_VARIABLE = "YAKSOK_POLICY"

_policy: Policy | None = None


def configure_from(path: Path | None) -> None:
    """Obey the document at ``path`` from now on, or the packaged one (None).

    Raises:
        DocumentError: it cannot be taken; the policy in force stays in force.
    """
    global _policy  # noqa: PLW0603 - the policy is the one thing a process replaces whole
    _policy = read(path or packaged())


def policy() -> Policy:
    """The policy in force, read once per process."""
    global _policy  # noqa: PLW0603 - see configure_from
    if _policy is None:
        _policy = read(_where())
    return _policy


def packaged() -> Path:
    """The document that comes with the mall."""
    return Path(str(resources.files("yaksok.policy").joinpath("policy.toml")))


def read(path: Path) -> Policy:
    """The compiled document at ``path``.

    Raises:
        DocumentError: it cannot be taken, or a lint rule of its profile finds an error.
    """
    document = load(path)
    compiled = compile_document(document)
    for finding in lint(document):
        if finding.severity is Severity.ERROR:
            raise finding.as_error(document)
    return compiled


def _where() -> Path:
    if named := os.environ.get(_VARIABLE):
        return Path(named)
    return packaged()
