"""Money is a whole number of won. There are no fractions and no floats."""


def shown(amount: int, language: str = "ko") -> str:
    """An amount as a person reads it: ``39,000원``, or ``₩39,000`` in English."""
    return f"{amount:,}원" if language == "ko" else f"₩{amount:,}"
