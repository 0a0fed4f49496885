"""The notice board: what the mall tells everybody, and what it told them before.

Nothing here is about a person. :mod:`~yaksok.mall.board.posting` puts a notice up,
:mod:`~yaksok.mall.board.reading` finds it again. A notice that hangs is never changed and never taken
down: a correction is another notice that names the one it corrects. The database grants nothing else.
"""
