"""Shapes that are read from text or tables, made ready before a second thread can come."""

import msgspec


def work_out(*shapes: type) -> None:
    """Let msgspec work out now whatever it needs to read ``shapes`` and the shapes inside them.

    Called where a module is imported, so that one thread does it. Left to the first read, msgspec
    0.22 shows the half-made description to whoever reads at the same moment, and the process ends
    with a segmentation fault.

    Cost:
        A few milliseconds for the policy's document; nothing at the reads.
    """
    for shape in shapes:
        msgspec.json.Decoder(shape)
