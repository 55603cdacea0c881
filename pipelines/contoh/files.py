"""The text layouts of the offices, and the writing of text files.

A layout is the columns in the office's order; a column is text of the rows' length, or one word for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contoh.draws import Ints
from pipelines.contoh.lists import MAMPU, MENINGGAL
from pipelines.contoh.people import ALAMAT, HUBUNGAN, People
from pipelines.contoh.period import BULAN, Period

Columns = Mapping[str, pa.Array | str]
PROVINSI = "KEPULAUAN RIAU"
_CHUNK = 200_000
_HEX = pa.array([f"{n:04X}" for n in range(65_536)])


@dataclass(frozen=True)
class TextStyle:
    """How a text file is written: separator, quotes around all cells or none, line end, encoding."""

    separator: str
    quoted: bool = False
    eol: str = "\n"
    encoding: str = "utf-8"


def write_text(path: Path, columns: Columns, style: TextStyle) -> None:
    """Write a header line and one line a row. Lines are joined as arrays, a chunk at a time."""
    quote = '"' if style.quoted else ""
    between = f"{quote}{style.separator}{quote}"
    lead = next(c for c in columns.values() if not isinstance(c, str))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(f"{quote}{between.join(columns)}{quote}{style.eol}".encode(style.encoding))
        for start in range(0, len(lead), _CHUNK):
            cells = [c if isinstance(c, str) else c[start : start + _CHUNK] for c in columns.values()]
            scalars = [pa.scalar(c) if isinstance(c, str) else c for c in cells]
            lines = pc.binary_join_element_wise(*scalars, between)
            lines = pc.binary_join_element_wise(quote, lines, f"{quote}{style.eol}", "")
            text = "".join(lines.to_pylist())
            file.write(text.encode(style.encoding.removesuffix("-sig")))


def text_of(values: pd.Series | np.ndarray) -> pa.Array:
    """Turn a column into an Arrow array of text."""
    array = pa.array(values, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.string())


def write_dates(days: Ints, style: str) -> pa.Array:
    """Write days since 1970 as `iso`, `d-m-Y`, `d/m/Y` or `ttl` (`Lingga, 1 Desember 1977`)."""
    low = int(days.min()) if len(days) else 0
    span = np.arange(low, int(days.max()) + 1 if len(days) else 1)
    dates = pd.Series(span.astype("datetime64[D]").astype("datetime64[s]"))
    match style:
        case "iso":
            text = dates.dt.strftime("%Y-%m-%d")
        case "ttl":
            month = pd.Series(BULAN, dtype="str").take((dates.dt.month - 1).to_list()).reset_index(drop=True)
            text = "Lingga, " + dates.dt.day.astype("str") + " " + month + " " + dates.dt.year.astype("str")
        case _:
            text = dates.dt.strftime("%d-%m-%Y" if style == "d-m-Y" else "%d/%m/%Y")
    return text_of(text).take(pa.array(days - low))


def place_columns(rows: pd.DataFrame, people: People) -> dict[str, pa.Array]:
    """Look up the columns that come of the truth unchanged: `alamat, rt, rw, kabupaten`."""
    family = rows["keluarga"].to_numpy()
    three = pa.array([f"{n:03d}" for n in range(10)])
    kabupaten = people.wilayah["nama_kabupaten"].str.replace("Kabupaten ", "").str.upper()
    return {
        "alamat": pa.array(ALAMAT).take(pa.array(people.alamat[family])),
        "rt": three.take(pa.array(people.rt[family])),
        "rw": three.take(pa.array(people.rw[family])),
        "kabupaten": text_of(kabupaten).take(pa.array(rows["desa_ke"])),
    }


def lay_out_dtks(period: Period, rows: pd.DataFrame) -> Columns:
    """DTKS, variant A: pipe text of 17 columns."""
    people, at, place = period.people, rows["orang"].to_numpy(), place_columns(rows, period.people)
    return {
        "iddtks": _id_dtks(at, period.benih), "provinsi": PROVINSI, "kabupaten_kota": place["kabupaten"],
        "kecamatan": text_of(rows["kecamatan"]), "desa_kelurahan": text_of(rows["desa"]),
        "alamat": place["alamat"], "dusun": "", "rt": place["rt"], "rw": place["rw"],
        "nomor_kk": text_of(rows["no_kk"]),
        "nomor_nik": text_of(rows["nik"]), "nama": text_of(rows["nama"]),
        "tanggal_lahir": write_dates(people.lahir[at], "iso"), "tempat_lahir": "LINGGA",
        "jenis_kelamin": _sex(people, at, "LAKI-LAKI", "PEREMPUAN"),
        "nama_ibu_kandung": text_of(people.nama_ibu.take(at)), "hubungan_keluarga": _relation(people, at),
    }  # fmt: skip


def lay_out_bnba(period: Period, rows: pd.DataFrame) -> Columns:
    """DTKS, variant D: 25 columns with a status of verification."""
    people, at, place = period.people, rows["orang"].to_numpy(), place_columns(rows, period.people)
    words = ["AKTIF", "", ""]
    words[MENINGGAL], words[MAMPU] = "MENINGGAL DUNIA", "MAMPU"
    columns: dict[str, pa.Array | str] = {
        "id_dtks": _id_dtks(at, period.benih), "province": PROVINSI, "regency": place["kabupaten"],
        "district": text_of(rows["kecamatan"]), "village": text_of(rows["desa"]), "alamat": place["alamat"],
        "dusun": "", "rw": place["rw"], "rt": place["rt"], "nkk": text_of(rows["no_kk"]),
        "nik": text_of(rows["nik"]), "nama": text_of(rows["nama"]),
        "tgl_lahir": write_dates(people.lahir[at], "d/m/Y"), "tmp_lahir": "LINGGA",
        "jenkel_id": _sex(people, at, "1", "2"), "ibu_kandung": text_of(people.nama_ibu.take(at)),
        "shdk_id": _relation(people, at), "status": pa.array(words).take(pa.array(period.lists.status[at])),
    }  # fmt: skip
    unused = ("tgl_kejadian", "noreg_kejadian", "pkh", "bpnt", "bst", "bpnt_ppkm", "pbi")
    return columns | dict.fromkeys(unused, "")


def lay_out_distribution(period: Period, rows: pd.DataFrame, bansos: str) -> Columns:
    """The ministry's distribution list, PKH or SEMBAKO: pipe text of 12 columns."""
    place = place_columns(rows, period.people)
    return {
        "NAMA_PENERIMA": text_of(rows["nama"]), "NIK": text_of(rows["nik"]), "NOKK": text_of(rows["no_kk"]),
        "PENYALURAN_OLEH": "PT POS", "BANSOS": bansos, "PROP_NAME": PROVINSI,
        "KAB_NAME": pc.binary_join_element_wise("KAB.", place["kabupaten"], " "),
        "KEC_NAME": text_of(rows["kecamatan"]), "KEL_NAME": text_of(rows["desa"]), "ALAMAT": place["alamat"],
        "status": "SUDAH SI", "kode_batch": f"{bansos}-{period.periode}",
    }  # fmt: skip


def lay_out_siks_pbi(period: Period, rows: pd.DataFrame) -> Columns:
    """PBI-JK from SIKS-NG: 21 columns; the PSNOKA has lost its leading zeros."""
    people, at, place = period.people, rows["orang"].to_numpy(), place_columns(rows, period.people)
    clean = (rows["kotor"] != "ganda_persis").cumsum()
    number = clean.mask(rows["kotor"] == "ganda_persis", clean.groupby(rows["orang"]).transform("min"))
    return {
        "id": text_of(number), "iddtks": "", "provinsi": PROVINSI, "kota": place["kabupaten"],
        "kecamatan": text_of(rows["kecamatan"]), "kelurahan": text_of(rows["desa"]), "rt": place["rt"],
        "rw": place["rw"], "dusun": "", "alamat": place["alamat"], "noka_bpjs": "",
        "psnoka_bpjs": text_of(_psnoka(at)), "nama": text_of(rows["nama"]),
        "tanggal_lahir": write_dates(people.lahir[at], "d-m-Y"), "tempat_lahir": "LINGGA",
        "jenis_kelamin": _sex(people, at, "L", "P"),
        "nik": text_of(rows["nik"]), "nokk": text_of(rows["no_kk"]),
        "hub_keluarga": _relation(people, at), "nama_ibu_kandung": text_of(people.nama_ibu.take(at)),
        "keterangan": "AKTIF",
    }  # fmt: skip


def lay_out_bpjs_pbi(period: Period, rows: pd.DataFrame) -> Columns:
    """PBI-JK from BPJS: 6 columns, no KK and no region; the PSNOKA has its 13 digits."""
    psnoka = text_of(_psnoka(rows["orang"].to_numpy()))
    return {
        "PSNOKA": pc.utf8_lpad(psnoka, 13, "0"), "NIK": text_of(rows["nik"]),
        "NAMA": text_of(rows["nama"]), "SEGMEN": "PBI APBN", "BULAN": period.bulan,
        "TAHUN": period.tahun,
    }  # fmt: skip


def _psnoka(orang: Ints) -> Ints:
    """Number insured persons: one to one below ten million."""
    return 120_000_000 + (orang * 7_654_321 + 34_567) % 10_000_000


def _id_dtks(orang: Ints, benih: int) -> pa.Array:
    low, high = _HEX.take(pa.array(orang & 0xFFFF)), _HEX.take(pa.array(orang >> 16))
    return pc.binary_join_element_wise(high, low, f"-0000-4000-8000-{benih % 10**12:012d}", "")


def _sex(people: People, orang: Ints, male: str, female: str) -> pa.Array:
    return pa.array([female, male]).take(pa.array(people.male[orang].astype(np.int64)))


def _relation(people: People, orang: Ints) -> pa.Array:
    return pa.array(HUBUNGAN).take(pa.array(people.hubungan[orang]))
