"""Every row of every source meets one fate that can be read, and a refused one has a sentence and a column."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines import plan
from pipelines.confirmation import COLUMNS
from pipelines.declaration import Source
from pipelines.period import Period
from pipelines.reading import DropFile, read_source
from pipelines.rules import sentences
from pipelines.sources import REGISTER
from pipelines.tables import arrow_schema_of
from resources.drop import Drop
from resources.engine import Engine
from resources.pair_decisions import standing_decisions

PERIODE = "2024-05"
DESA = "21.04.07.2005"
PLACE = ["berkas", "lembar", "baris"]
# What a lawful cell of each kind looks like; nobody has these numbers.
CELLS = {
    "nik": "2104076012770003", "no_kk": "2104072701190003", "psnoka": "0001234567890", "nama": "Siti Rahmah",
    "tanggal": "1977-12-20", "jenis_kelamin": "P", "rupiah": "300000", "angka": "4", "status": "AKTIF",
    "teks": "", "kecamatan": "Lingga Timur", "desa": "Sungai Pinang", "kategori": "24",
}  # fmt: skip
LAWFUL, NAMELESS, ASTRAY = {}, {"nama": ""}, {"desa": "Atlantis"}
FILES = {"a.csv": [LAWFUL, NAMELESS, ASTRAY, LAWFUL], "salinan a.csv": [LAWFUL, NAMELESS, ASTRAY, LAWFUL]}


def write(path: Path, source: Source, rows: list[dict[str, str]]) -> None:
    """A file with every declared column."""
    kinds = source.kinds()
    lines = [[row.get(name, CELLS.get(name, CELLS[kind])) for name, kind in kinds.items()] for row in rows]
    path.write_text("\n".join("|".join(cells) for cells in (kinds, *lines)) + "\n")


@pytest.fixture(scope="module")
def period(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables of a period with two files of each source, the second of which repeats the first."""
    folder = tmp_path_factory.mktemp("kerja")
    engine = Engine(folder / "kerja", Period(PERIODE, None), REGISTER, "rahasia")
    for source in REGISTER:
        (folder / source.name).mkdir()
        for name, rows in FILES.items():
            write(folder / source.name / name, source, rows)
        files = [DropFile(folder / source.name / name, f"{PERIODE}/{source.name}/{name}") for name in FILES]
        reading = read_source(source, files, engine.connection.con, engine.path(f"mentah_{source.name}"), folder)
        assert not reading.failures
        reading.files.to_parquet(engine.path(f"berkas_{source.name}"), index=False)
        reading.columns.to_parquet(engine.path(f"kolom_{source.name}"), index=False)
    Drop(folder).regions().to_parquet(engine.path("wilayah"), index=False)
    pd.DataFrame(columns=list(COLUMNS), dtype="str").to_parquet(engine.path(plan.CONFIRMED), index=False)
    standing_decisions(Drop(folder), PERIODE).to_parquet(engine.path(plan.DECIDED), index=False)
    for table in plan.remembered(REGISTER):
        pq.write_table(arrow_schema_of(table).empty_table(), engine.path(f"{table}_lalu"))
    for stage in plan.stages(REGISTER):
        engine.run(stage)
    names = ("jejak_baris", "karantina", "neraca_baris", "pengirim", "ukuran_kiriman", "isi_sama", "kiriman")
    read = {f"mentah_{source.name}": engine.frame(f"mentah_{source.name}") for source in REGISTER}
    yield {name: engine.frame(name) for name in names} | read
    engine.close()


@pytest.fixture(scope="module", params=REGISTER, ids=lambda s: s.name)
def made(request: pytest.FixtureRequest, period: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What of the tables is of one source."""
    name = request.param.name

    def own(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows.sumber == name if "sumber" in rows else rows.berkas.str.contains(f"/{name}/")]

    tables = {table: own(rows) for table, rows in period.items() if not table.startswith("mentah_")}
    return tables | {"mentah": period[f"mentah_{name}"]}


Made = dict[str, pd.DataFrame]


def test_every_physical_row_has_one_fate(made: Made) -> None:
    """Header and copies included; the fates of a file add up to what was read."""
    trace, read = made["jejak_baris"], made["mentah"]
    assert not trace.duplicated(PLACE).any()
    assert set(trace[PLACE].itertuples(index=False)) == set(read[PLACE].itertuples(index=False))
    fates = trace.sort_values(PLACE).groupby("berkas").nasib.agg(list)
    assert fates.iloc[0] == ["diabaikan", "dimuat", "dikarantina", "dikarantina", "duplikat"]
    assert fates.iloc[1] == ["diabaikan", *["duplikat"] * 4]
    for row in json.loads(made["neraca_baris"].to_json(orient="records")):
        fated = [row[name] for name in ("dimuat", "diperbaiki", "dikarantina", "duplikat", "diabaikan")]
        assert row["dibaca"] == sum(fated) == 5


def test_a_copied_row_is_the_person_of_its_original(made: Made) -> None:
    first, copy = (rows.sort_values("baris") for _, rows in made["jejak_baris"].groupby("berkas"))
    for column in ("orang_id", "keluarga_id", "cara_padan"):
        assert list(copy[column].fillna("-")) == list(first[column].fillna("-"))


def test_a_refused_row_is_explained(made: Made) -> None:
    """Once a reason, with its column and the sentence of its rule; and with its desa where it names one."""
    refused = made["karantina"].sort_values("baris")
    assert list(refused.baris) == [3, 4] and set(refused.berkas) == {min(made["pengirim"].berkas)}
    assert list(refused.alasan) == ["nama_kosong", "desa_tak_dikenal"]
    assert [(r.kolom, r.pesan) for r in refused.itertuples()] == [sentences()[a] for a in refused.alasan]
    assert list(refused.kode_desa.fillna("-")) == [DESA, "-"]


def test_a_copy_makes_no_second_sender(made: Made) -> None:
    """Nor a second delivery: its rows are measured nowhere, and the run says what it is."""
    senders = made["pengirim"].sort_values("berkas")
    original, copy = senders.berkas
    assert len(set(senders.pengirim)) == 1
    assert list(senders.salinan_dari.fillna("-")) == ["-", original]
    assert made["isi_sama"].to_dict("records") == [{"berkas": copy, "sama_dengan": original}]
    measures = made["ukuran_kiriman"].set_index("ukuran").nilai
    assert measures["baris"] == 4 and measures["diterima"] == 2
    assert measures[f"pengirim:{senders.pengirim.iloc[0]}"] == 4
