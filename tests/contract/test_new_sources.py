"""What the lists beside the five first ones become, read and run through every stage: facts, facilities, fates."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.period import Period
from pipelines.plan import BEFORE, CONFIRMED, DECIDED, remembered, stages
from pipelines.sources import REGISTER
from pipelines.tables import arrow_schema_of
from resources.confirmations import read_confirmations
from resources.drop import Drop
from resources.engine import Engine
from resources.intake import Intake
from resources.pair_decisions import standing_decisions
from resources.rulebook import read_basis

Ran = Callable[[str], pd.DataFrame]
PERIODE, EARLIER = "2025-02", "2025-01"
PINANG = "21.04.07.2005"
KK = {n: f"210407270119000{n}" for n in range(1, 9)}
# A number of each: a man's or a woman's (day and 40), born as the lists say.
SITI, HAMDAN, ANAK, ZUBAIDAH, BUDI = (
    "2104076012770003", "2104070503800004", "2104070101150005", "2104074107850006", "2104070101500007",
)  # fmt: skip
FILES = {
    f"{EARLIER}/dtsen/keluarga.txt": """\
id_keluarga|desil_nasional|status_dtsen|kode_kelurahan_desa|nama_kepala_keluarga|jumlah_anggota_keluarga
K-1|2|DTSEN AKTIF|2104072005|HAMDAN SAPUTRA|3
K-2||DTSEN AKTIF|2104072005|ZUBAIDAH MURNI|1
K-3|7|DTSEN NONAKTIF|2104072005|BUDI HARTONO|1
K-4|3|DTSEN AKTIF|2104072005|ORANG LAIN|1
K-1|12|DTSEN AKTIF|2104072005|HAMDAN SAPUTRA|3
""",
    f"{EARLIER}/dtsen/anggota.csv": f"""\
id_keluarga;nik;no_kk;nama;tanggal_lahir;id_jenis_kelamin;id_hub_kepala_keluarga;kode_kelurahan_desa
K-1;{HAMDAN};{KK[1]};Hamdan Saputra;05-03-1980;1;1;21.04.07.2005
K-1;{SITI};{KK[1]};Siti Rahmah;20-12-1977;2;2;21.04.07.2005
K-1;{ANAK};{KK[1]};Rahmat Saputra;01-01-2015;1;3;21.04.07.2005
K-2;{ZUBAIDAH};{KK[2]};Zubaidah Murni;01-07-1985;2;1;21.04.07.2005
K-3;{BUDI};{KK[3]};Budi Hartono;01-01-1950;1;1;21.04.07.2005
""",
    f"{PERIODE}/pkh/pkh.csv": f"""\
NAMA_PENERIMA|NIK|NOKK|BANSOS|KEC_NAME|KEL_NAME
SITI RAHMAH|{SITI}|{KK[1]}|PKH|LINGGA TIMUR|SUNGAI PINANG
BUDI HARTONO|{BUDI}|{KK[3]}|PKH|LINGGA TIMUR|SUNGAI PINANG
""",
    f"{PERIODE}/sanitasi/Sanitasi.csv": f"""\
Nama;NIK;No KK;Dusun;Jenis Fasilitas;Jumlah Unit;Pengguna;Kecamatan;Desa
Hamdan Saputra;{HAMDAN};{KK[1]};Bentai;MCK komunal;;;Lingga Timur;Sungai Pinang
;;;Bentai;WC Komunal;2;14 KK;Lingga Timur;Sungai Pinang
MCK Umum Bentai;;;Bentai;;1;;Lingga Timur;Sungai Pinang
Orang Tanpa Nomor;;;Bentai;;;;Lingga Timur;Sungai Pinang
""",
    f"{PERIODE}/rtlh/rtlh.csv": f"""\
Nama KK;NIK;No. KK;Desa;Atap;Lantai;Dinding
Zubaidah Murni;{ZUBAIDAH};{KK[2]};Sungai Pinang;Rumbia;Tanah;Papan
""",
    f"{PERIODE}/ppks/ppks.csv": f"""\
Nama;NIK;Jenis Kelamin;Tanggal Lahir;Desa;Jenis PPKS
Rahmat Saputra;{ANAK};L;01-01-2015;Sungai Pinang;PMKS-02
Budi Hartono;{BUDI};L;01-01-1950;Sungai Pinang;8
Budi Hartono;{BUDI};L;01-01-1950;Sungai Pinang;Penyandang Disabilitas
Hamdan Saputra;{HAMDAN};L;05-03-1980;Sungai Pinang;Lanjut Usia Terlantar
Hamdan Saputra;{HAMDAN};L;05-03-1980;Sungai Pinang;PRSE
Hamdan Saputra;{HAMDAN};L;05-03-1980;Sungai Pinang;27
""",
    f"{PERIODE}/asesmen/Eks Dapur Arang/kuala.csv": f"""\
Nama;NIK;No KK;Lokasi;Tanggal;Desa
Hamdan Saputra;{HAMDAN};{KK[1]};Kuala;27-06-2024;Sungai Pinang
Orang Baru;;;Ayong;27-06-2024;Sungai Pinang
""",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Every stage of February 2025 over these files; a table by its name."""
    root = tmp_path_factory.mktemp("kantor")
    for name, text in FILES.items():
        path = root / "kiriman" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    drop = Drop(root / "kiriman")
    engine = Engine(
        root / "kerja", Period(PERIODE), REGISTER, "rahasia", basis=read_basis(root / "kiriman", PERIODE, REGISTER)
    )
    drop.regions().to_parquet(engine.path("wilayah"), index=False)
    for table in remembered(REGISTER):
        pq.write_table(arrow_schema_of(table).empty_table(), engine.path(f"{table}{BEFORE}"))
    read_confirmations(root / "kiriman" / PERIODE).to_parquet(engine.path(CONFIRMED), index=False)
    standing_decisions(drop, PERIODE).to_parquet(engine.path(DECIDED), index=False)
    for source in REGISTER:
        assert Intake(drop, engine).take_in(PERIODE, source, root).failures == ()
    for stage in stages(REGISTER):
        engine.run(stage)
    yield engine.frame
    engine.close()


def reasons(ran: Ran, source: str) -> list[tuple[int, str]]:
    """The refused rows of one source: physical row and reason."""
    rows = ran("karantina").query("sumber == @source").sort_values(["baris", "alasan"])
    return list(zip(rows.baris, rows.alasan, strict=True))


def test_a_family_of_the_registry_counts_once(ran: Ran) -> None:
    """Head and members stand in the facts, all with the family's decile; one is not ranked yet; one was struck."""
    facts = ran("fakta_kepesertaan").query("program == 'DTSEN'")
    assert facts.groupby("keluarga_id").size().sort_values().tolist() == [1, 3]
    assert facts.kode_desa.unique().tolist() == [PINANG]
    by_size = {len(family): family.desil.dropna().unique().tolist() for _, family in facts.groupby("keluarga_id")}
    assert by_size == {1: [], 3: [2]}
    shown = ran("snapshot_desa").query("program == 'DTSEN' and jumlah > 0")
    assert shown[["kode_desa", "jumlah"]].to_numpy().tolist() == [[PINANG, 2]]


def test_a_family_without_a_member_s_row_waits(ran: Ran) -> None:
    """A head's name and a desa point to nobody; a decile of 12 is none."""
    assert reasons(ran, "dtsen") == [(5, "nik_tak_ada"), (6, "desil_tak_dikenal")]
    fates = ran("jejak_baris").query("sumber == 'dtsen' and jenis == 'data'").set_index("berkas").nasib
    assert fates[f"{EARLIER}/dtsen/keluarga.txt"].value_counts().to_dict() == {"duplikat": 3, "dikarantina": 2}
    assert set(fates[f"{EARLIER}/dtsen/anggota.csv"]) == {"dimuat"}


def test_the_registry_of_the_year_is_asked(ran: Ran) -> None:
    """Who was struck from DTSEN and draws PKH stands outside it; nobody stands twice on a registry."""
    found = ran("temuan").groupby("aturan").size().to_dict()
    assert found["PESERTA_DI_LUAR_REGISTRI"] == 1
    assert "GANDA_PROGRAM" not in found
    assert found["DTKS_TANPA_BANTUAN"] == 1  # a house unfit to live in is no aid


def test_a_facility_is_nobody_s(ran: Ran) -> None:
    """It is loaded without a person; the family that uses one is a family; a name without a number is refused."""
    facilities = ran("fasilitas").sort_values("baris")
    told = facilities[["kode_desa", "dusun", "jenis", "baris"]].to_numpy().tolist()
    assert told == [[PINANG, "BENTAI", "WC KOMUNAL", 3], [PINANG, "BENTAI", "MCK UMUM BENTAI", 4]]
    assert facilities[["jumlah", "pengguna"]].iloc[0].tolist() == [2, 14]
    assert facilities.jumlah.iloc[1] == 1 and pd.isna(facilities.pengguna.iloc[1])
    fates = ran("jejak_baris").query("sumber == 'sanitasi'").sort_values("baris")
    assert fates.nasib.tolist() == ["diabaikan", "dimuat", "dimuat", "dimuat", "dikarantina"]
    assert fates.orang_id.notna().tolist() == [False, True, False, False, False]
    assert len(ran("fakta_kepesertaan").query("program == 'SANITASI'")) == 1


def test_a_kind_of_need_has_its_age_and_sex(ran: Ran) -> None:
    """By code, number or name; a second kind of one person repeats him."""
    facts = ran("fakta_kepesertaan").query("program == 'PPKS'").sort_values("baris")
    assert facts.segmen.tolist() == ["PMKS-02", "PMKS-08"]
    assert reasons(ran, "ppks") == [
        (5, "umur_bertentangan"), (6, "kelamin_bertentangan"), (7, "jenis_tak_dikenal"),
    ]  # fmt: skip
    fates = ran("jejak_baris").query("sumber == 'ppks'").sort_values("baris").nasib.tolist()
    assert fates == ["diabaikan", "dimuat", "dimuat", "duplikat", "dikarantina", "dikarantina", "dikarantina"]


def test_a_cohort_is_linked_and_is_no_programme(ran: Ran) -> None:
    """It has a fate, a cohort, a site and a date; no fact, no snapshot, no programme."""
    rows = ran("baris_asesmen").sort_values("baris")
    assert rows.kohort.tolist() == ["eks_dapur_arang"] * 2 and rows.lokasi.tolist() == ["KUALA", "AYONG"]
    assert {str(day)[:10] for day in rows.tanggal_asesmen} == {"2024-06-27"}
    fates = ran("jejak_baris").query("sumber == 'asesmen'").sort_values("baris")
    assert fates.nasib.tolist() == ["diabaikan", "dimuat", "dikarantina"]
    assert "" not in set(ran("dim_program").program) | set(ran("fakta_kepesertaan").program)
    assert reasons(ran, "asesmen") == [(3, "nik_kosong")]


@pytest.mark.parametrize("source", [s.name for s in REGISTER])
def test_every_row_of_every_list_meets_one_fate(ran: Ran, source: str) -> None:
    """The balance of every file is 0; a source without a file has none."""
    balance: Any = ran("neraca_baris").query("sumber == @source")
    fates = balance[["dimuat", "diperbaiki", "dikarantina", "duplikat", "diabaikan"]].sum(axis=1)
    assert (balance.dibaca == fates).all()
    assert len(balance) == sum(source in name.split("/") for name in FILES)
    assert ran("jejak_baris").duplicated(["berkas", "lembar", "baris"]).sum() == 0
