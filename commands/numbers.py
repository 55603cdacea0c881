"""Numbers as Indonesians read them."""


def count(number: int) -> str:
    """41203 -> 41.203."""
    return f"{number:,}".replace(",", ".")
