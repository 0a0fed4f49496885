"""The policy that this process obeys."""

import os
from importlib import resources
from pathlib import Path

from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.document import load
from yaksok.policy.lints.finding import Severity
from yaksok.policy.lints.run import lint
from yaksok.policy.vocabulary import Profile

_VARIABLE = "YAKSOK_POLICY"

_policy: Policy | None = None
_number = 0


def configure_from(path: Path | None) -> None:
    """Obey the document at ``path`` from now on, or the one the process started with (None).

    Raises:
        DocumentError: it cannot be taken; the policy in force stays in force.
    """
    take(read(path or started_with()), 0)


def take(policy: Policy, number: int) -> None:
    """Obey ``policy``, published as version ``number``, from now on."""
    global _policy, _number
    _policy, _number = policy, number


def number() -> int:
    """The number of the published version that is obeyed; 0 for a document from a file."""
    return _number


def policy() -> Policy:
    """The policy in force, read once per process."""
    global _policy  # noqa: PLW0603 - see configure_from
    if _policy is None:
        _policy = read(started_with())
    return _policy


def packaged() -> Path:
    """The document that comes with the mall."""
    return Path(str(resources.files("yaksok.policy").joinpath("policy.toml")))


def named(name: str) -> Path:
    """The document called ``name``: a profile's own, or the file at that path."""
    if name == Profile.LAWFUL_KR:
        return packaged()
    if name in set(Profile):
        return packaged().parent / "profiles" / f"{name}.toml"
    return Path(name)


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


def started_with() -> Path:
    """The document that a mall obeys before it has published any."""
    return named(os.environ.get(_VARIABLE) or Profile.LAWFUL_KR)
