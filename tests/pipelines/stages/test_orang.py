"""What the lists of a period say of each person, most trusted first, and under which key."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipelines.declaration import by_trust
from pipelines.sources import REGISTER
from pipelines.stages.baris import ORDER_BITS
from pipelines.stages.orang import orang

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

KK, NEW_KK = "2104070101100001", "2104070202200002"
BUDI, SITI, ALI = "2104070505800001", "2104074606900001", "2104070707700001"
ORDER = {source.name: at << ORDER_BITS for at, source in enumerate(by_trust(REGISTER))}


def row(sumber: str, at: int, nama: str, nik: str | None, **more: Any) -> Row:
    """A row of somebody, with a sound NIK where one is given."""
    kind = "sah" if nik else "kosong"
    names = {"nama": nama, "nama_baku": nama, "nik": nik, "nik_jenis": kind, "no_kk": KK}
    return names | {"sumber": sumber, "baris": at, "rid": ORDER[sumber] + at} | more


@pytest.fixture(scope="module")
def persons(make: Make) -> Callable[..., dict[str, Row]]:
    """Say who the persons of some rows are, by name; `known`: name -> key. New ones by their first row."""

    def run(baris: list[Row], known: dict[str, str], dim_orang: list[Row]) -> dict[str, Row]:
        firsts = {r["nama"]: r["rid"] for r in sorted(baris, key=lambda r: -r["rid"])}
        numbers = firsts | {nama: -at for at, nama in enumerate(known, 1)}
        links = [
            {"rid": r["rid"], "sumber": r["sumber"], "orang": numbers[r["nama"]],
             "pendiri": None if r["nik"] or r["nama"] in known else f"kk:{KK}|{r['nama']}"}
            for r in baris
        ]  # fmt: skip
        evidence = [{"orang": numbers[nama], "orang_id": key} for nama, key in known.items()]
        found = make(orang, baris=baris, tautan=links, dikenal=evidence * 2, dim_orang_lalu=dim_orang)
        return {r["nama"]: r for r in found}

    return run


@pytest.fixture(scope="module")
def june(persons: Callable[..., dict[str, Row]]) -> dict[str, Row]:
    """A month with everything at once: BUDI, SITI and WATI are known, ALI and TONO new, UDIN not seen."""
    return persons(
        [
            row("dtks", 1, "BUDI", BUDI, kode_desa=None, status="MENINGGAL", no_kk=None),
            row("pbi_jk", 1, "BUDI", BUDI, tanggal_lahir=date(1980, 5, 5), no_kk=None, kode_desa=None),
            row("bpnt", 1, "BUDI", BUDI, kode_desa="21.04.07.2007", jenis_kelamin="L", no_kk=NEW_KK),
            row("pkh", 1, "SITI", SITI, jenis_kelamin="P"),
            row("pkh", 2, "ALI", ALI, hubungan_keluarga="ANAK"),
            row("pkh", 3, "TONO", None),
            row("bpnt", 2, "TONO", None, tanggal_lahir=date(1970, 1, 2)),
            row("pkh", 4, "WATI", None),
        ],
        {"BUDI": "O1", "SITI": "O2", "WATI": "O3"},
        [
            {"orang_id": "O1", "nama": "BUDI", "nik": BUDI, "keluarga_id": "K1", "status": "AKTIF",
             "tanggal_lahir": date(1999, 9, 9), "hubungan_keluarga": "KEPALA KELUARGA"},
            {"orang_id": "O2", "nama": "SITI", "nik": SITI, "keluarga_id": "K2", "status": "MENINGGAL"},
            {"orang_id": "O3", "nama": "WATI", "keluarga_id": "K3", "status": "AKTIF",
                "nik": "2104074808800008"},
            {"orang_id": "O9", "nama": "UDIN"},
        ],
    )  # fmt: skip


def test_one_row_is_one_person_on_a_list_of_this_period(june: dict[str, Row]) -> None:
    assert june.keys() == {"BUDI", "SITI", "ALI", "TONO", "WATI"}


def test_each_attribute_is_the_most_trusted_that_is_known(june: dict[str, Row]) -> None:
    budi = june["BUDI"]
    assert budi["kode_desa"] == "21.04.07.2007"  # of BPNT: the stronger lists name none
    assert budi["tanggal_lahir"] == date(1980, 5, 5)  # of PBI, not the last known one
    assert (budi["jenis_kelamin"], budi["no_kk"]) == ("L", NEW_KK)
    assert budi["rid_no_kk"] == ORDER["bpnt"] + 1
    assert budi["hubungan_keluarga"] == "KEPALA KELUARGA"  # no list of this period says it
    assert (june["TONO"]["tanggal_lahir"], june["TONO"]["nik"]) == (date(1970, 1, 2), None)


def test_a_known_person_keeps_key_and_family(june: dict[str, Row]) -> None:
    assert [(june[n]["orang_id"], june[n]["keluarga_lalu"]) for n in ("BUDI", "SITI", "WATI")] == [
        ("O1", "K1"), ("O2", "K2"), ("O3", "K3")
    ]  # fmt: skip


def test_a_new_person_gets_a_key_that_shows_no_number(june: dict[str, Row]) -> None:
    new = [june[n]["orang_id"] for n in ("ALI", "TONO")]
    assert all(key.startswith("O") and len(key) == 21 for key in new) and len(set(new)) == 2
    assert june["ALI"]["keluarga_lalu"] is None


def test_a_registry_says_who_is_dead_and_death_stays(june: dict[str, Row]) -> None:
    """BUDI is dead by DTKS of this month, SITI since an earlier one; a recipient list revives nobody."""
    assert [june[n]["status"] for n in ("BUDI", "SITI", "ALI")] == ["MENINGGAL", "MENINGGAL", "AKTIF"]


@pytest.mark.parametrize(
    ("desa", "status"), [("21.04.07.2005", "PINDAH"), ("21.04.05.2009", "AKTIF"), (None, "PINDAH")]
)
def test_who_moved_is_at_home_where_a_list_names_him(
    persons: Callable[..., dict[str, Row]], desa: str | None, status: str
) -> None:
    """He left 21.04.07.2005, and no registry names him any more."""
    known = {"orang_id": "O1", "nama": "BUDI", "nik": BUDI, "status": "PINDAH", "kode_desa": "21.04.07.2005"}
    found = persons([row("pkh", 1, "BUDI", BUDI, kode_desa=desa)], {"BUDI": "O1"}, [known])
    assert found["BUDI"]["status"] == status


def test_a_nik_known_from_before_stays_known(june: dict[str, Row]) -> None:
    assert (june["WATI"]["nik"], june["WATI"]["nik_jenis"]) == ("2104074808800008", "sah")
    assert june["TONO"]["nik_jenis"] == "kosong"


def test_the_key_of_a_person_does_not_depend_on_the_list_that_names_him_first(
    persons: Callable[..., dict[str, Row]],
) -> None:
    by_pkh = persons([row("pkh", 7, "ALI", ALI)], {}, [])["ALI"]
    by_dtks = persons([row("dtks", 2, "ALI", ALI), row("pkh", 7, "ALI", ALI)], {}, [])["ALI"]
    assert by_pkh["orang_id"] == by_dtks["orang_id"]


USUAL = {"kode_desa": "21.04.07.2005", "jenis_kelamin": "L", "hubungan_keluarga": None, "tanggal_lahir": None}
LAST = USUAL | {
    "orang_id": "O1", "nama": "BUDI", "nama_baku": "BUDI", "nik": BUDI, "nik_jenis": "sah", "status": "AKTIF",
}  # fmt: skip
SAID: dict[str, tuple[Row, bool]] = {
    # what the list says now, whether it is another than last published
    "the same": ({}, False),
    "less, which forgets nothing": ({"kode_desa": None, "jenis_kelamin": None}, False),
    "a birth date learnt": ({"tanggal_lahir": date(1980, 5, 5)}, True),
    "another desa": ({"kode_desa": "21.04.07.2007"}, True),
    "died": ({"status": "MENINGGAL"}, True),
    "a name written otherwise": ({"nama": "BUDDI"}, True),
}


@pytest.mark.parametrize("case", SAID)
def test_what_differs_from_the_last_version_is_marked(persons: Callable[..., dict[str, Row]], case: str) -> None:
    said, changed = SAID[case]
    listed = row("dtks", 1, "BUDI", BUDI) | USUAL | said
    (budi,) = persons([listed], {listed["nama"]: "O1"}, [LAST]).values()
    assert budi["berubah"] is changed
