"""What can go wrong with the database before the mall runs. Each error carries its cure."""


class DatabaseUnusable(Exception):
    """The mall's database cannot be used. ``cure`` says what the operator can do about it."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}\n  cure: {cure}")
        self.problem = problem
        self.cure = cure
