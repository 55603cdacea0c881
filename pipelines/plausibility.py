"""What must hold before a publication, as values: is this delivery plausible, are the built tables whole?

The rules judge frames of measures (counts and shares of a source, a desa, a file), never a row of a person,
so whatever is written about a verdict holds no person's value. Great Expectations carries them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# Normal life moves 6 desa lists in 100 by more than 30 % a month, none of them by more than 3 rows (docs/adr/0009): a
# difference of at most FEW_ROWS says nothing about a delivery, whatever its share.
FEW_ROWS = 5
# A list that ended without a word had one row (26 of 26): from this many rows on, an absent sender is asked about.
ENDS_BY_ITSELF = 3
# Two files are one list in two forms where so large a part of the persons in either stands in both. Parts of one list
# share next to nobody; heads of families and all their members share a third.
SAME_LIST = 0.5
# Real lists lose one to three rows in a hundred to damaged numbers (domain.md 2.2). A list that loses a fifth carries
# another system's codes, other status words or the wrong file; fewer than 20 rows say nothing about their list.
MIN_ACCEPTED, ENOUGH_ROWS = 0.80, 20
# A column that empties or fills by a fifth within one period is a moved header, not a changed population.
MAX_NULL_DRIFT = 0.20
# A column of text that a frame may have beside its labels and measures: what was found in a row, for a reader.
TOLD = "keterangan"


@dataclass(frozen=True)
class Frame:
    """A frame of measures. `labels` (text) say what a row is about, `measures` are numbers.

    `judul` names it for a reader.
    `required` measures are known in every row; the others are null where there is no earlier period.
    `always`: there is something to measure in every delivery, however small.
    """

    judul: str
    labels: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    always: bool = True

    @property
    def measures(self) -> tuple[str, ...]:
        """Every column of numbers."""
        return self.required + self.optional


@dataclass(frozen=True)
class Rule:
    """One expectation on one frame: `kwargs` go to the Great Expectations class named `expectation`.

    `kalimat` tells the operator what is wrong and what to do. `row_condition` (column, operator, number)
    leaves out the rows it does not hold for, nulls among them. `tally` is a measure whose sum over the
    failing rows closes the sentence. `confirmable`: a person may answer for a row, whose one label is the sender.
    """

    code: str
    frame: str
    expectation: str
    kwargs: Mapping[str, object]
    kalimat: str
    row_condition: tuple[str, Literal[">", ">="], float] | None = None
    tally: str = ""
    confirmable: bool = False


FRAMES: Mapping[str, Frame] = {
    # one row = one source; ditanya = 0: confirmed, or too few rows to tell which part of them is refused
    "kiriman": Frame(
        "Banyaknya baris tiap sumber",
        ("pengirim",), ("baris", "diterima", "min_baris", "maks_baris", "ditanya"), ("bagian_diterima",),
    ),
    # one row = one sender, or one source as a whole; ditanya = 0: a person has confirmed it
    "pergeseran": Frame(
        "Banyaknya baris tiap pengirim terhadap periode lalu",
        ("pengirim",), ("baris", "ditanya"), ("baris_lalu", "min_baris", "maks_baris"),
    ),
    # one row = one sender; lebih = files that seem to be another form of one list
    "berkas_ganda": Frame("Berkas yang berdampingan", ("pengirim",), ("lebih", "ditanya")),
    # one row = one sender, or one desa on the list of a source
    "cakupan": Frame("Pengirim dan desa yang ada", ("pengirim",), ("hilang", "ditanya"), ("baris_lalu",)),
    # one row = one column of one source; shares from 0 to 1
    "kekosongan": Frame(
        "Sel kosong tiap kolom", ("pengirim",), ("bagian_kosong", "ditanya"), ("bagian_lalu", "selisih"), always=False,
    ),
    # one row = one reference between two tables
    "keutuhan": Frame("Hubungan antartabel", ("hubungan",), ("yatim",)),
    # one row = one programme in one desa
    "identitas": Frame(
        "Potret desa terhadap periode lalu",
        ("kode_desa", "program"),
        ("jumlah", "fakta", "selisih_fakta"),
        ("jumlah_lalu", "masuk", "keluar", "pindah_masuk", "pindah_keluar", "selisih_identitas"),
    ),
    # one row = one file
    "neraca": Frame("Nasib baris tiap berkas", ("berkas",), ("selisih",)),
}  # fmt: skip


def _at_least(larger: str, smaller: str) -> dict[str, object]:
    """Arguments of a comparison of two columns that lets a null pass: an unknown measure has its own rule."""
    return {
        "column_A": larger, "column_B": smaller, "or_equal": True, "ignore_row_if": "either_value_is_missing",
    }  # fmt: skip


def _zero(column: str) -> dict[str, object]:
    return {"column": column, "min_value": 0, "max_value": 0}


def _measured() -> tuple[Rule, ...]:
    """Rules against passing for want of a measure: a null or an empty frame satisfies every other rule."""
    filled = (
        Rule(
            f"{name.upper()}_KOSONG", name, "ExpectTableRowCountToBeBetween", {"min_value": 1},
            f"Ukuran {name} tidak berisi satu baris pun, jadi tidak ada yang dapat dinilai: periksa "
            "apakah kiriman periode ini lengkap, lalu jalankan ulang.",
        )
        for name, frame in FRAMES.items()
        if frame.always
    )  # fmt: skip
    # A difference must be known as soon as there is something to differ from.
    known: tuple[tuple[str, str, tuple[str, Literal[">", ">="], float] | None], ...] = (
        *((name, column, None) for name, frame in FRAMES.items() for column in frame.required),
        ("pergeseran", "min_baris", ("baris_lalu", ">=", 0)),
        ("pergeseran", "maks_baris", ("baris_lalu", ">=", 0)),
        ("kiriman", "bagian_diterima", ("baris", ">", 0)),
        ("kekosongan", "selisih", ("bagian_lalu", ">=", 0)),
        ("identitas", "selisih_identitas", ("jumlah_lalu", ">=", 0)),
    )
    measured = (
        Rule(
            f"{name.upper()}_{column.upper()}_TAK_TERUKUR", name, "ExpectColumnValuesToNotBeNull",
            {"column": column},
            f"Ukuran {column} pada {name} tidak terisi, jadi tidak dapat dinilai: jalankan ulang periode "
            "ini; bila tetap, laporkan kepada pengelola sistem.",
            row_condition,
        )
        for name, column, row_condition in known
    )  # fmt: skip
    return (*filled, *measured)


_ASKED: tuple[str, Literal[">", ">="], float] = ("ditanya", ">", 0)

RULES: tuple[Rule, ...] = (
    *_measured(),
    Rule(
        "KIRIMAN_TERLALU_SEDIKIT", "kiriman", "ExpectColumnPairValuesAToBeGreaterThanB",
        _at_least("diterima", "min_baris"),
        "Jumlah baris yang diterima di bawah batas wajar sumbernya: periksa apakah berkasnya terpotong atau "
        "kurang, minta kiriman ulang, lalu jalankan ulang.",
    ),
    Rule(
        "KIRIMAN_TERLALU_BANYAK", "kiriman", "ExpectColumnPairValuesAToBeGreaterThanB",
        _at_least("maks_baris", "baris"),
        "Jumlah baris kiriman di atas batas wajar sumbernya: periksa apakah ada berkas ganda atau berkas "
        "daerah lain, keluarkan dari folder, lalu jalankan ulang.",
    ),
    Rule(
        "KIRIMAN_BANYAK_DITOLAK", "kiriman", "ExpectColumnValuesToBeBetween",
        {"column": "bagian_diterima", "min_value": MIN_ACCEPTED},
        f"Lebih dari {1 - MIN_ACCEPTED:.0%} baris ditolak: periksa apakah kode wilayah, kata status, atau isi kolomnya "
        "berubah atau berkasnya milik daerah lain, minta kiriman yang benar, lalu jalankan ulang.",
        _ASKED, confirmable=True,
    ),
    Rule(
        "KIRIMAN_TURUN_TAJAM", "pergeseran", "ExpectColumnPairValuesAToBeGreaterThanB",
        _at_least("baris", "min_baris"),
        "Jumlah baris turun tajam dibanding periode lalu: tanyakan kepada pengirim apakah datanya lengkap, "
        "ganti berkasnya bila kurang, lalu jalankan ulang.",
        _ASKED, confirmable=True,
    ),
    Rule(
        "KIRIMAN_NAIK_TAJAM", "pergeseran", "ExpectColumnPairValuesAToBeGreaterThanB",
        _at_least("maks_baris", "baris"),
        "Jumlah baris naik tajam dibanding periode lalu: periksa apakah ada berkas ganda atau periode "
        "lain yang ikut terkirim, keluarkan dari folder, lalu jalankan ulang.",
        _ASKED, confirmable=True,
    ),
    Rule(
        "DUA_BERKAS_SATU_PENGIRIM", "berkas_ganda", "ExpectColumnValuesToBeBetween", _zero("lebih"),
        "Dua berkas yang berlainan dari satu pengirim tampak seperti satu daftar: tanyakan mana yang berlaku, "
        "keluarkan yang lain dari folder, lalu jalankan ulang.",
        _ASKED, confirmable=True,
    ),
    Rule(
        "CAKUPAN_DESA_HILANG", "cakupan", "ExpectColumnValuesToBeBetween", _zero("hilang"),
        "Ada desa atau pengirim pada periode lalu yang kini tidak ada: tanyakan kirimannya, lengkapi, lalu jalankan "
        "ulang.",
        _ASKED, tally="hilang", confirmable=True,
    ),
    Rule(
        "KEKOSONGAN_BERGESER", "kekosongan", "ExpectColumnValuesToBeBetween",
        {"column": "selisih", "min_value": -MAX_NULL_DRIFT, "max_value": MAX_NULL_DRIFT},
        f"Bagian sel kosong suatu kolom bergeser lebih dari {MAX_NULL_DRIFT:.0%} dibanding periode lalu: "
        "periksa apakah judul kolom berubah atau isinya bergeser, perbaiki berkasnya, lalu jalankan "
        "ulang.",
        _ASKED, confirmable=True,
    ),
    Rule(
        "KEUTUHAN_YATIM", "keutuhan", "ExpectColumnValuesToBeBetween", _zero("yatim"),
        "Ada baris yang menunjuk data yang tidak ada: jangan terbitkan; jalankan ulang periode ini dari "
        "awal, dan bila tetap, laporkan kepada pengelola sistem.",
        tally="yatim",
    ),
    Rule(
        "IDENTITAS_PERUBAHAN", "identitas", "ExpectColumnValuesToBeBetween", _zero("selisih_identitas"),
        "Jumlah periode ini tidak sama dengan jumlah periode lalu ditambah dan dikurangi perubahannya: "
        "jangan terbitkan; jalankan ulang periode ini dari awal, dan bila tetap, laporkan kepada "
        "pengelola sistem.",
    ),
    Rule(
        "IDENTITAS_FAKTA", "identitas", "ExpectColumnValuesToBeBetween", _zero("selisih_fakta"),
        "Jumlah pada potret desa tidak sama dengan jumlah pada fakta kepesertaan: jangan terbitkan; "
        "jalankan ulang periode ini dari awal, dan bila tetap, laporkan kepada pengelola sistem.",
    ),
    Rule(
        "NERACA_TIMPANG", "neraca", "ExpectColumnValuesToBeBetween", _zero("selisih"),
        "Baris yang dibaca tidak sama dengan jumlah baris menurut nasibnya: jangan terbitkan; jalankan "
        "ulang periode ini dari awal, dan bila tetap, laporkan kepada pengelola sistem.",
    ),
)  # fmt: skip


def codes_of(frame: str) -> tuple[str, ...]:
    """Codes of the rules of a frame that a person may answer for."""
    return tuple(rule.code for rule in RULES if rule.frame == frame and rule.confirmable)
