"""Invented names: pieces drawn by number, spelled at once, and how offices spell one name otherwise."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contoh.draws import Bools, chance

MALE = [
    "ABDUL", "ABDULLAH", "AGUS", "AHMAD", "ANDI", "ATAN", "AWANG", "AZMAN", "BUDI", "BUJANG", "DARWIN",
    "DEDI", "EDI", "FADLI", "GUNAWAN", "HAMZAH", "HENDRA", "IDRIS", "ISKANDAR", "JOHAN", "KAMARUDIN",
    "KHAIRUL", "LUKMAN", "MAHMUD", "MISWAN", "MUHAMMAD", "MUSTAFA", "NAZARUDIN", "NORDIN", "OTHMAN", "RAHMAT",
    "RAMLI", "RIDWAN", "ROSLI", "RUDI", "SAHARUDIN", "SAMSUL", "SLAMET", "SUHAIMI", "SULAIMAN", "SUPARMAN",
    "TAUFIK", "UMAR", "USMAN", "WAGIMIN", "WAHYU", "ZAINAL", "ZULKIFLI", "BAHTIAR", "DAHLAN", "EFFENDI",
    "FIRMAN", "HAIRUL", "IRWAN", "JUNAIDI", "MANSYUR", "NASIR", "RUSLAN", "SYAHRIL", "TARMIZI",
]  # fmt: skip
FEMALE = [
    "AISYAH", "AMINAH", "ASNAH", "AZIZAH", "DAHLIA", "DEWI", "ERNAWATI", "FATIMAH", "HALIMAH", "HAMIDAH",
    "HASNAH", "INTAN", "JAMILAH", "JULIANA", "KALSUM", "KARTINI", "LATIFAH", "LESTARI", "LINDA", "MARIAM",
    "MARIANI", "MARLINA", "MAWAR", "MELATI", "MURNI", "NORMAH", "NURAINI", "NURHAYATI", "RAHIMAH", "RAJA",
    "RATNA", "ROHANI", "ROSMAWATI", "RUKIAH", "SALMAH", "SARIPAH", "SITI", "SRI", "SUMIATI", "SURYANI",
    "SUSANTI", "TIMAH", "WAN", "YULIANA", "ZAINAB", "ZALEHA", "ZURAIDA", "BADRIAH", "CIK", "EMILIA",
    "FARIDAH", "HERLINA", "JUMIATI", "KAMARIAH", "MASNAH", "NURLELA", "RAFIAH", "SITTI", "SUHARTI", "TUTI",
]  # fmt: skip
LAST = [
    "ALI", "AMIN", "ANGGRAINI", "ANUAR", "ARIFIN", "ASMARA", "BAHARUDIN", "BAKAR", "DAUD", "EFENDI",
    "FIRDAUS", "HAKIM", "HALIM", "HANDAYANI", "HASAN", "HASSAN", "HERMAN", "HIDAYAT", "HUSIN", "IBRAHIM",
    "ISMAIL", "JAAFAR", "JALIL", "JAMALUDIN", "KADIR", "KARIM", "KURNIAWAN", "LATIF", "LIM", "MALIK",
    "MANSUR", "MAULANA", "MUSA", "NASUTION", "NINGSIH", "PRATAMA", "PUTRA", "PUTRI", "RAHMAN", "RAMADHAN",
    "RAZAK", "SAFITRI", "SAFRI", "SAID", "SALIM", "SAPUTRA", "SARI", "SETIAWAN", "SIDIK", "SURYADI", "SYARIF",
    "TAHIR", "TAN", "WATI", "WIJAYA", "YAHYA", "YUNUS", "YUSUF", "ZAKARIA", "BASRI", "DARMAWAN", "GANI",
    "ILYAS", "MUKHTAR",
]  # fmt: skip
ABBREVIATED = (
    (r"^MUHAMMAD\b", "MHD"), (r"^ABDUL\b", "ABD."), (r"^SITI\b", "ST."), (r"^AHMAD\b", "ACHMAD"),
    (r"JAAFAR", "JA'AFAR"), (r"NURAINI", "NUR'AINI"),
)  # fmt: skip
_SHAPES = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])  # whether a name has a middle and a last piece
_LONGEST = 48


def draw_names(rng: np.random.Generator, male: Bools) -> pd.DataFrame:
    """Draw pieces for each person: `first`, `middle`, `last`, integers; 0 in middle and last is none."""
    n = len(male)
    own = np.where(male, rng.integers(0, len(MALE), n), rng.integers(0, len(FEMALE), n) + len(MALE))
    more = np.where(male, rng.integers(0, len(MALE), n), rng.integers(0, len(FEMALE), n) + len(MALE)) + 1
    has_middle, has_last = _SHAPES[:, rng.choice(len(_SHAPES.T), n, p=(0.28, 0.49, 0.07, 0.16))]
    last = rng.integers(1, len(LAST) + 1, n)
    return pd.DataFrame({"first": own, "middle": more * has_middle, "last": last * has_last})


def spell_names(pieces: pd.DataFrame) -> pd.Series:
    """Spell drawn pieces: text, upper case."""
    given = [*MALE, *FEMALE]
    parts = (
        pa.array(given).take(pa.array(pieces["first"])),
        pa.array(["", *(f" {g}" for g in given)]).take(pa.array(pieces["middle"])),
        pa.array(["", *(f" {s}" for s in LAST)]).take(pa.array(pieces["last"])),
    )
    return pd.Series(pc.binary_join_element_wise(*parts, ""), dtype="str")


def vary_names(rng: np.random.Generator, nama: pd.Series, share: float) -> pd.Series:
    """Spell a share of the names as another office would: titles, old spelling, short forms, slips."""
    at = np.flatnonzero(chance(rng, share, len(nama)))
    if not len(at):
        return nama
    text = nama.iloc[at].reset_index(drop=True)
    kind = rng.choice(7, len(at), p=(0.38, 0.12, 0.08, 0.1, 0.1, 0.1, 0.12))
    titled = pd.Series(rng.choice(["H. ", "HJ. "], len(at)), dtype="str") + text
    short = text.replace(dict(ABBREVIATED), regex=True)
    choices = (
        titled,
        text.str.title(),
        text.str.replace("U", "OE", n=1),
        *(_mistype(rng, text, slip) for slip in ("drop", "double", "swap")),
        short.mask(short == text, titled),
    )
    written = text.copy()
    for number, choice in enumerate(choices):
        written = written.mask(kind == number, choice)
    varied = nama.copy()
    varied.iloc[at] = written.to_numpy()
    return varied


def _mistype(rng: np.random.Generator, text: pd.Series, slip: str) -> pd.Series:
    """One slip of the typist at a letter of each text, never the first: letters gathered in another order."""
    letters = text.to_numpy(dtype=f"U{_LONGEST}").view("U1").reshape(len(text), _LONGEST)
    place = np.arange(_LONGEST)[None, :]
    length = text.str.len().to_numpy()
    where = (1 + rng.integers(0, 1_000, len(text)) % np.maximum(length - 2, 1))[:, None]
    match slip:
        case "drop":
            order = place + (place >= where)
        case "double":
            order = place - (place > where)
        case _:
            order = place + (place == where) - (place == where + 1)
    gathered = np.take_along_axis(letters, np.minimum(order, _LONGEST - 1), axis=1)
    return pd.Series(np.ascontiguousarray(gathered).view(f"U{_LONGEST}").ravel(), dtype="str").str.strip()
