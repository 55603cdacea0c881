"""What every declared source keeps, whichever it is."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pyarrow.parquet as pq
import pytest

from pipelines.codes import words_of
from pipelines.declaration import Kind, Source, Unit
from pipelines.handover import layouts_of
from pipelines.period import Period
from pipelines.plan import stages
from pipelines.reading import DropFile, read_source
from pipelines.schema import schema_of
from pipelines.sources import REGISTER
from pipelines.stages.baris import SHAPE
from resources.drop import Drop
from resources.engine import Engine
from resources.gate import refused_by_schema

PERIODE = "2024-05"
PROGRAMMES = {"DTKS", "DTSEN", "PKH", "BPNT", "BLT_DD", "PBI_JK", "RTLH", "SANITASI", "PPKS"}
ENGLISH = {"the", "of", "and", "number", "name", "date", "person", "family", "village"}
# What a lawful cell of each kind looks like; nobody has this number.
CELLS: dict[str, str] = {
    "nik": "2104076012770003", "no_kk": "2104072701190003", "psnoka": "0001234567890", "nama": "Siti Rahmah",
    "tanggal": "1977-12-20", "jenis_kelamin": "P", "rupiah": "300000", "angka": "4", "status": "AKTIF", "teks": "",
    "kecamatan": "Lingga Timur", "desa": "Sungai Pinang", "kategori": "24",
}  # fmt: skip
every_source = pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)


@every_source
def test_a_header_word_means_one_thing(source: Source) -> None:
    """No word means two fields, and none is both used and ignored."""
    words = Counter(word for f in source.fields for word in f.folded)
    assert [word for word, fields in words.items() if fields > 1] == []
    assert words.keys() & source.ignored_words() == set()
    assert "" not in words.keys() | source.ignored_words()


@every_source
def test_every_field_is_declared_whole(source: Source) -> None:
    """A known kind, a meaning in Indonesian, no synonym written twice, a unit for amounts."""
    for field in source.fields:
        assert field.kind in get_args(Kind)
        assert field.meaning and not ENGLISH & set(field.meaning.lower().split())
        assert len(set(field.synonyms)) == len(field.synonyms), field.name
        assert field.unit or field.kind not in {"rupiah", "tanggal"}


@every_source
def test_what_is_required_can_be_given(source: Source) -> None:
    """Each alternative names declared fields, and the name is always among what a file must have: a person's, or that
    of a facility."""
    names = {f.name for f in source.fields}
    assert source.required and all(set(either) <= names and either for either in source.required)
    assert (("nama", "fasilitas") if source.facilities else ("nama",)) in source.required


@every_source
def test_the_source_is_lawful(source: Source) -> None:
    """Known programme and unit, bounds in order, a removal status only where a column carries it."""
    assert source.program == "" or (source.program in PROGRAMMES and source.name == source.program.lower())
    assert source.satuan in get_args(Unit)
    assert 0 < source.min_rows <= source.max_rows and 0 < source.max_drift < 1
    assert source.title and source.publisher and source.legal_basis
    assert bool(source.statuses) <= ("status" in source.kinds())
    assert not source.statuses or "AKTIF" in source.statuses.values()


def test_names_and_programmes_are_unique() -> None:
    """A source is found by its name, a fact by its programme."""
    programmes = [s.program for s in REGISTER if s.program]
    assert len({s.name for s in REGISTER}) == len(REGISTER) and len(set(programmes)) == len(programmes)


@every_source
def test_an_invented_row_passes_the_stage_and_the_schema(source: Source, tmp_path: Path) -> None:
    """One lawful row and one of a desa that is nowhere, read from a file with every declared column."""
    kinds = source.kinds()
    lawful = [CELLS.get(name, CELLS[kind]) for name, kind in kinds.items()]
    astray = ["Atlantis" if name == "desa" else cell for name, cell in zip(kinds, lawful, strict=True)]
    path = tmp_path / "kiriman.csv"
    path.write_text("\n".join("|".join(cells) for cells in (kinds, lawful, astray)) + "\n")
    engine = Engine(tmp_path / "kerja", Period(PERIODE, None), (source,), "rahasia")
    Drop(tmp_path).regions().to_parquet(engine.path("wilayah"), index=False)
    target = engine.path(f"mentah_{source.name}")
    file = DropFile(path, f"{PERIODE}/{source.name}/kiriman.csv")
    reading = read_source(source, [file], engine.connection.con, target, tmp_path)
    assert not reading.failures
    reading.files.to_parquet(engine.path(f"berkas_{source.name}"), index=False)
    for stage in stages((source,)):
        if stage.name in {"wilayah_kunci", "wilayah_kode", f"baris_{source.name}"}:
            engine.run(stage)
    table = engine.table(f"baris_{source.name}")
    rows = engine.frame(f"baris_{source.name}").sort_values("rid")
    broken = refused_by_schema(table.filter(table.alasan == ""), source)
    engine.close()
    assert pq.read_schema(engine.path(f"baris_{source.name}")).equals(SHAPE)  # as that of a source that sent nothing
    assert list(rows.alasan.str.strip()) == ["", "desa_tak_dikenal"]
    assert broken == ()
    assert rows.kode_desa.iloc[0] == "21.04.07.2005"
    assert rows.nik_jenis.iloc[0] == "sah" and rows.nama_baku.iloc[0] == "SITI RAHMAH"


@every_source
def test_the_schema_has_a_column_for_each_field(source: Source) -> None:
    """All but those that another column follows from, and those that only the facilities have."""
    follow = {
        "kabupaten",
        "kecamatan",
        "desa",
        "kode_wilayah",
        "bansos",
        "nik_saksi",
        "status_dasar",
        "kategori",
        "id_keluarga",
    }
    schema = schema_of(source)
    assert schema.name == source.name
    assert source.kinds().keys() - follow - {"dusun", "unit", "pengguna"} <= schema.columns.keys()


@every_source
def test_a_form_reads_into_declared_fields(source: Source) -> None:
    """Its marks are words, its codes are of fields that the source has, what it requires it can have."""
    names = {f.name for f in source.fields}
    for layout in source.layouts:
        assert layout.name and layout.title and layout.marks
        assert {name for name in layout.reads.values() if name} | layout.codes.keys() <= names
        assert all(set(either) <= names for either in layout.required or ())
    assert len({layout.name for layout in layouts_of(source)}) == len(layouts_of(source))


@every_source
def test_a_category_is_told_by_one_word(source: Source) -> None:
    """No number, code or name means two."""
    words = Counter(word for c in source.categories for word in words_of(c))
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("periode", ["2020-01", "2024-12", "2025-01", "2030-12"])
@every_source
def test_in_every_period_a_source_can_be_read(source: Source, periode: str) -> None:
    """What is required is declared, and every word is plain."""
    there = source.at(periode)
    assert {f.name for f in there.fields} == {f.name for f in source.fields}
    assert all(isinstance(word, str) for f in there.fields for word in f.synonyms)
    assert there.header().keys() <= source.header().keys()
