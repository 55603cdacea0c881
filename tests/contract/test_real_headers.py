"""Real headers, each over two invented rows, read by their source; and what looks like them and is no list of it."""

from collections.abc import Callable
from typing import Any

import pytest
from real_headers import KK, NIK, OTHER_NIK, PERSON, VARIANTS, Variant

from pipelines.declaration import Source
from pipelines.sources import asesmen, blt_dd, bpnt, dtks, dtsen, pbi_jk, pkh, ppks, rtlh

Read = Callable[..., tuple[list[dict[str, Any]], list[str]]]

# Files that a folder may be given and that are no list of its source: (source, header, what the refusal says)
REFUSED = (
    (dtks.SOURCE, "nik|program_bansos|nokk|nama|tempat_lahir|tanggal_lahir|ibu_kandung|jenis_kelamin|jenis_pekerjaan|"
     "status_kawin|alamat|rt|rw|provinsi|kabupaten|kecamatan|kelurahan|shdk|foto_rumah", "usulan ini bukan daftar"),
    (dtks.SOURCE, "nama_kec|nama_desa|nik_usulan|program_bansos|hasil|padan|nama_lgkp|ket_vali",
     "jawaban atas usulan ini bukan daftar"),
    (bpnt.SOURCE, "nkk|nik|nama|tgl_lahir|alamat|program|keterangan|rt|rw|desa|kecamatan|nama_ibu|status|tgl_mati|"
     "noreg_mati|nkk_ganti|nik_ganti", "usul penggantian KPM, bukan daftar penerima"),
)  # fmt: skip


def written(words: list[str], *rows: dict[str, str]) -> bytes:
    """A text with `|`."""
    return "\n".join("|".join(cells) for cells in (words, *([row.get(w, "") for w in words] for row in rows))).encode()


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_a_real_header_is_read_into_its_fields(read: Read, variant: Variant) -> None:
    """Every cell in its field, no other field given a value, the form known by name."""
    first = {word: PERSON.get(field, "") for word, field in variant.means.items()} | (variant.cells or {})
    if variant.source is bpnt.SOURCE and "BANSOS" in first:
        first["BANSOS"] = "SEMBAKO"
    second = first | {w: OTHER_NIK for w, field in variant.means.items() if field == "nik"}
    rows, failures = read(variant.source, variant.file, written(variant.words, first, second))
    assert failures == [] and len(rows) == 2
    for row, cells in zip(rows, (first, second), strict=True):
        assert {field: row[field] for field in variant.means.values()} == {
            field: cells[word] for word, field in variant.means.items()
        }
        others = set(variant.source.kinds()) - set(variant.means.values())
        assert [row[field] for field in others if row[field]] == []
        assert row["tata_letak"] == variant.form
        assert (row["desa"] or row["judul_desa"] or row["kode_wilayah"] or "").upper() in {
            "SUNGAI PINANG", "21.04.07.2005", "2104072005",
        }  # fmt: skip


@pytest.mark.parametrize(("source", "header", "said"), REFUSED, ids=lambda x: getattr(x, "name", None))
def test_what_is_no_list_of_the_source_is_refused_by_name(read: Read, source: Source, header: str, said: str) -> None:
    """A proposal is no membership, and must not be counted as one."""
    words = header.split("|")
    rows, failures = read(source, "berkas.csv", written(words, dict.fromkeys(words, "1")))
    assert rows == [] and said in failures[0]


HEAD_WORDS = ("NIK Kepala Keluarga", "NIK KK Penerima", "Nama KK", "Kepala Keluarga", "Nama Kepala Keluarga")
OF_PERSONS = (dtks.SOURCE, pbi_jk.SOURCE, ppks.SOURCE, asesmen.SOURCE, dtsen.SOURCE)


@pytest.mark.parametrize("source", OF_PERSONS, ids=lambda s: s.name)
@pytest.mark.parametrize("word", HEAD_WORDS)
def test_the_head_of_a_family_is_not_the_person_listed(read: Read, source: Source, word: str) -> None:
    """Beside the person's own column he is passed over; in its place he is a question, never an answer."""
    own = {"NIK": NIK, "Nama": "RAHMAT", "No KK": KK, "Desa": "SUNGAI PINANG", "Jenis PPKS": "24"}
    if source is not ppks.SOURCE:
        del own["Jenis PPKS"]
    fathers = {word: OTHER_NIK if "NIK" in word else "HAMDAN"}
    rows, failures = read(source, "daftar.csv", written([*own, word], own | fathers))
    assert failures == [] and (rows[0]["nik"], rows[0]["nama"]) == (NIK, "RAHMAT")
    del own["NIK" if "NIK" in word else "Nama"]
    rows, failures = read(source, "daftar.csv", written([*own, word], own | fathers))
    assert rows == [] and f'"{word}"' in failures[0]


@pytest.mark.parametrize("source", [pkh.SOURCE, bpnt.SOURCE, blt_dd.SOURCE, rtlh.SOURCE], ids=lambda s: s.name)
def test_the_head_of_a_family_stands_for_it(read: Read, source: Source) -> None:
    """Where a row is a family."""
    cells = {"NIK Kepala Keluarga": NIK, "Nama KK": "HAMDAN", "No KK": KK, "Desa": "SUNGAI PINANG"}
    rows, failures = read(source, "daftar.csv", written([*cells], cells))
    assert failures == [] and (rows[0]["nik"], rows[0]["nama"]) == (NIK, "HAMDAN")


@pytest.mark.parametrize(("periode", "read_so"), [("2024-12", True), ("2025-01", False), ("2026-01", False)])
def test_p3ke_is_no_list_of_dtsen_once_that_is_in_force(read: Read, periode: str, read_so: bool) -> None:
    """An old file would make families members of a registry that does not have them."""
    cells = {"ID Keluarga": "7", "Desa": "SUNGAI PINANG", "Desil Kesejahteraan": "1", "Kepala Keluarga": "HAMDAN",
             "NIK": NIK}  # fmt: skip
    rows, failures = read(dtsen.SOURCE.at(periode), "p3ke.csv", written([*cells], cells))
    assert [row["nama"] for row in rows] == (["HAMDAN"] if read_so else [])
    assert read_so or "digantikan DTSEN" in failures[0]
