"""Two hundred ways to hand over a list: read right, or refused with a question; never read wrong.

The words are those of real lists (domain.md section 1), not those that the sources declare.
"""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import xlsxwriter

from pipelines.declaration import Source
from pipelines.sources import blt_dd, bpnt, dtks, pbi_jk, pkh

HOW_MANY, AT_LEAST = 200, 0.98
SOURCES = (dtks.SOURCE, pkh.SOURCE, bpnt.SOURCE, pbi_jk.SOURCE, blt_dd.SOURCE)
WORDS = {
    "nik": ("NIK", "nik", "nomor_nik", "N I K", "Nomor Induk Kependudukan", "No. KTP", "N.I.K.", "No. NIK"),
    "no_kk": ("nomor_kk", "Nokk", "NOKK", "kk", "nkk", "No. KK", "NO KK", "Nomor Kartu Keluarga", "NO. KARTU KELUARGA",
              "NO\nKK", "No_KK"),
    "nama": ("nama", "NAMA_PENERIMA", "Nama KPM", "Nama Lengkap", "NAMA  PENERIMA", "nama_lgkp", "Nama Kepala Keluarga",
             "Nama Penerima Manfaat", "NAMA"),
    "desa": ("desa_kelurahan", "Desa_Kelurahan", "village", "KEL_NAME", "Desa/Kelurahan", "Kelurahan", "DESA", "nmdesa",
             "Desa/Kel", "Nama Desa"),
    "kecamatan": ("kecamatan", "KEC_NAME", "district", "Kecamatan", "nama_kec", "nmkec"),
    "tanggal_lahir": ("tanggal_lahir", "tgl_lahir", "TGLLHR", "Tgl. Lahir", "Tanggal Lahir", "tgl_lhr"),
    "jenis_kelamin": ("jenis_kelamin", "JENKEL", "L/P", "JK", "Jenis Kelamin", "sex"),
}  # fmt: skip
HEAD = "Nama Kepala Keluarga"  # in a list of persons somebody else than the one listed
EXTRAS = ("No", "No.", "NO URUT", "Alamat", "RT", "RW", "Dusun", "Provinsi", "KAB_NAME", "Tempat_Lahir",
          "Keterangan", "KET", "Pekerjaan")  # fmt: skip
TITLES = ("DAFTAR PENERIMA BANTUAN", "KABUPATEN LINGGA", "TAHUN ANGGARAN 2024", "Lampiran Keputusan", "Nomor : 12/2024",
          "BULAN JUNI 2024", "", "Dicetak oleh SIKS-NG", "PEMERINTAH KABUPATEN LINGGA", "DINAS SOSIAL")  # fmt: skip
NAMES = (
    "BUDI",
    "SITI AMINAH",
    "ABDUL KARIM",
    "H. AHMAD",
    "NURHAYATI, S.Pd",
    "M. YUSUF",
    "ENCIK RAHMAH",
    "JUMLAH",
    "UMAR",
)


@dataclass
class Layout:
    """One way to write a list. `grid` is what stands in the file, `truth` physical row -> what its row says."""

    source: Source
    grid: list[list[str]] = field(default_factory=list)
    truth: dict[int, dict[str, str]] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)


def person(rng: random.Random, n: int) -> dict[str, str]:
    """What one row says."""
    day, woman = rng.randint(1, 28), rng.random() < 0.5
    nik = f"210407{day + 40 * woman:02}{rng.randint(1, 12):02}{rng.randint(60, 99):02}{n:04}"
    return {
        "nik": nik[:12] + "****" if rng.random() < 0.03 else nik,
        "no_kk": f"210407{rng.randint(1, 28):02}{rng.randint(1, 12):02}15{n:04}",
        "nama": rng.choice(NAMES), "desa": "SUNGAI PINANG", "kecamatan": "LINGGA TIMUR",
        "tanggal_lahir": f"{day:02}-03-1980", "jenis_kelamin": "LP"[woman],
    }  # fmt: skip


def layout(seed: int) -> Layout:
    """Draw a layout."""
    rng = random.Random(seed)
    made = Layout(rng.choice(SOURCES))
    fields = ["nik", "no_kk", "nama", *(f for f in ("tanggal_lahir", "jenis_kelamin") if rng.random() < 0.6)]
    banded = rng.random() < 0.1
    titled = not made.source.one_file_per_desa and rng.random() < 0.1
    if banded:
        fields.remove("no_kk")
    if not titled and made.source is not blt_dd.SOURCE:
        fields += ["desa", "kecamatan"]
    words = {f: rng.choice([w for w in WORDS[f] if made.source.satuan == "keluarga" or w != HEAD]) for f in fields}
    known = {f.name for f in made.source.fields}
    extras = rng.sample(EXTRAS, rng.randint(0, 5))
    order: list[tuple[str, str]] = [*((w, f) for f, w in words.items() if f in known), *((w, "") for w in extras)]
    rng.shuffle(order)
    made.columns = [f for _, f in order if f]
    gap = rng.choice((0, 0, 0, 1, 3))  # blank columns before the table
    titles = [rng.choice(TITLES) for _ in range(rng.randint(0, 15))]
    if titled:
        titles.append("DESA SUNGAI PINANG KECAMATAN LINGGA TIMUR")
    made.grid += [[title] for title in titles]
    header = [w for w, _ in order]
    made.grid += _header(rng, header)
    if rng.random() < 0.25:
        made.grid.append([f"({n + 1})" for n in range(len(order))])
    parted = rng.random() < 0.15
    for n in range(rng.randint(8, 30)):
        if banded and n % 3 == 0:
            card = person(rng, n)["no_kk"]
            made.grid.append([f"No. KK : {card}"])
        if n % 7 == 3 and parted:
            made.grid.append([f"DUSUN {'I' * (n // 7 + 1)}"])
        if n and rng.random() < 0.02:
            made.grid.append(header if rng.random() < 0.5 else [])
        who = person(rng, n) | ({"no_kk": card} if banded else {})
        made.grid.append([who[f] if f else str(n + 1) if w[:2] in ("No", "NO") else "x" for w, f in order])
        made.truth[len(made.grid)] = {f: who[f] for f in [*made.columns, *(["no_kk"] if banded else [])]}
    made.grid += rng.choice(FOOTERS)
    made.grid = [[""] * gap + row if row else [] for row in made.grid]
    return made


def _header(rng: random.Random, words: list[str]) -> list[list[str]]:
    """One row, or two with groups above neighbours, merged cells as Excel leaves them."""
    upper, lower = list(words), [""] * len(words)
    for group, parts in GROUPS.items():
        at = [n for n, word in enumerate(words) if word in parts]
        if len(at) == 2 and at[1] == at[0] + 1 and rng.random() < 0.7:
            upper[at[0]], upper[at[1]] = group, ""
            for n in at:
                lower[n] = words[n] if group == "RT/RW" else SHORT.get(words[n], words[n])
    return [upper, lower] if any(lower) else [words]


GROUPS = {"RT/RW": ("RT", "RW"), "Tempat dan Tanggal Lahir": ("Tempat_Lahir", *WORDS["tanggal_lahir"])}
SHORT = {"tgl_lahir": "Tgl/Bln/Th", "Tempat_Lahir": "Tempat Lahir"}
FOOTERS: tuple[list[list[str]], ...] = (
    [], [["JUMLAH", "", "", "9.000.000"]], [["TOTAL"]], [[], ["Mengetahui,"], ["Kepala Desa"], [], ["( ........ )"]],
    [["", "", "Raya, 28 Juni 2024"], ["", "", "Kepala Dinas Sosial"], ["", "", "( .......... )"]],
    [["###"], ["Catatan: data sampai Juni"]], [["Keterangan: L laki-laki"]],
)  # fmt: skip


def as_text(made: Layout, rng: random.Random) -> bytes:
    """Delimited text in an encoding of its own; one line a row."""
    out, grid = io.StringIO(), [[cell.replace("\n", " ") for cell in row] for row in made.grid]
    csv.writer(out, delimiter=rng.choice("|;,\t"), lineterminator=rng.choice(("\n", "\r\n"))).writerows(grid)
    return out.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "latin-1", "utf-16")))


def as_workbook(made: Layout, rng: random.Random) -> bytes:
    """A workbook, its identifiers as text or as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet(rng.choice(("Sheet1", "BNBA", "Data Penduduk")))
        numbers = rng.random() < 0.2
        for at, row in enumerate(made.grid):
            for place, cell in enumerate(row):
                if numbers and cell.isdecimal() and len(cell) == 16:
                    sheet.write_number(at, place, int(cell))
                elif cell:
                    sheet.write_string(at, place, cell)
        if rng.random() < 0.2:
            book.add_worksheet("Kode Data").write_row(0, 0, ["Kode", "Arti"])
    return out.getvalue()


def test_layouts_are_read_right_or_refused(read: Callable[..., Any]) -> None:
    """At least 98 in a hundred read right; none accepted and wrong."""
    refused, wrong = [], []
    for seed in range(HOW_MANY):
        made, rng = layout(seed), random.Random(-seed)
        text = rng.random() < 0.5
        content = as_text(made, rng) if text else as_workbook(made, rng)
        reading, rows = read(made.source, {"Sungai Pinang": content})
        if reading.failures:
            refused.append(f"{seed}: {reading.failures[0]}")
            continue
        data = rows[rows["jenis"] == "data"].set_index("baris")
        said = {b: {f: data.loc[b, f] for f in made.truth.get(b, {})} for b in data.index}
        if said != made.truth:
            wrong.append(seed)
    assert wrong == []
    assert len(refused) <= (1 - AT_LEAST) * HOW_MANY, "\n".join(refused)


TRAPS = {
    "an unknown word": lambda words, rows: ([*words, "Golongan"], [[*r, "A"] for r in rows]),
    "NIK and KK exchanged": lambda words, rows: ([{"NIK": "No KK", "No KK": "NIK"}.get(w, w) for w in words], rows),
    "one cell to the left": lambda words, rows: (words, [[*r[1:], r[0]] for r in rows]),
    "name of the mother for the name": lambda words, rows: (
        ["Nama Ibu Kandung" if w == "Nama" else w for w in words],
        rows,
    ),
    "two of one meaning": lambda words, rows: ([*words, "NIK KTP"], [[*r, r[0]] for r in rows]),
    "no header": lambda words, rows: (rows[0], rows[1:]),
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
@pytest.mark.parametrize("text", [True, False])
def test_what_is_not_certain_is_a_question(read: Callable[..., Any], trap: Callable[..., Any], text: bool) -> None:
    """A wrong guess that is accepted costs more than a refusal."""
    rng, words = random.Random(1), ["NIK", "No KK", "Nama", "Desa"]
    people = [person(rng, n) for n in range(60)]
    rows = [[who[f] for f in ("nik", "no_kk", "nama", "desa")] for who in people]
    header, body = trap(words, rows)
    made = Layout(dtks.SOURCE, [header, *body])
    reading, _ = read(made.source, {"a": as_text(made, rng) if text else as_workbook(made, rng)})
    assert len(reading.failures) == 1
    assert not any(who["nik"] in str(reading.failures[0]) for who in people)
