"""Keys of persons and families: stable, and not derivable from a NIK without the office's secret."""

import ibis.expr.types as ir

_KEY_DIGITS = 20  # hexadecimal: 80 bits; among 286 million persons a collision has a chance below 1 in 10^7


def minted(founded_on: ir.StringValue, secret: ir.StringScalar, prefix: str) -> ir.StringValue:
    """A key for what a new person or family is founded on (`nik:...`, `kk:...`); known keys pass unchanged.

    `secret` is the office's key; a founding text holds `:`, a key never does.
    """
    new = (secret + founded_on + secret).hexdigest("sha256").substr(0, _KEY_DIGITS).upper()
    return founded_on.contains(":").ifelse(prefix + new, founded_on)
