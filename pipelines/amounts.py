"""Amounts of money as offices write them."""

import ibis
import ibis.expr.types as ir


def parse_rupiah(raw: ir.StringValue) -> ir.IntegerValue:
    """Whole rupiah of `300000`, `Rp 300.000,00` or `300,000`; NULL where the text is no amount."""
    text = raw.upper().re_replace(r"^RP\.? *|[ ,-]+$|\.0$", "").strip()
    indonesian = text.re_search(r"^\d{1,3}(\.\d{3})+(,\d+)?$")
    english = text.re_search(r"^\d{1,3}(,\d{3})+(\.\d+)?$")
    return ibis.cases(
        (text.re_search(r"^\d+$"), text),
        (indonesian, text.re_replace(r",.*$", "").replace(".", "")),
        (english, text.re_replace(r"\..*$", "").replace(",", "")),
    ).try_cast("int64")
