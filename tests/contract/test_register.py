"""What every declared source keeps, whichever it is."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from pipelines.declaration import Kind, Source, Unit
from pipelines.period import Period
from pipelines.plan import stages
from pipelines.reading import DropFile, read_source
from pipelines.schema import schema_of
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.engine import Engine
from resources.gate import refused_by_schema

PERIODE = "2024-05"
PROGRAMMES = {"DTKS", "DTSEN", "PKH", "BPNT", "BLT_DD", "PBI_JK", "RTLH", "SANITASI", "PPKS"}
ENGLISH = {"the", "of", "and", "number", "name", "date", "person", "family", "village"}
# What a lawful cell of each kind looks like; nobody has this number.
CELLS: dict[str, str] = {
    "nik": "2104076012770003", "no_kk": "2104072701190003", "psnoka": "0001234567890", "nama": "Siti Rahmah",
    "tanggal": "1977-12-20", "jenis_kelamin": "P", "rupiah": "300000", "status": "AKTIF", "teks": "",
    "kecamatan": "Lingga Timur", "desa": "Sungai Pinang",
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
    """Each alternative names declared fields, and the name is always among what a file must have."""
    names = {f.name for f in source.fields}
    assert source.required and all(set(either) <= names and either for either in source.required)
    assert ("nama",) in source.required


@every_source
def test_the_source_is_lawful(source: Source) -> None:
    """Known programme and unit, bounds in order, a removal status only where a column carries it."""
    assert source.program in PROGRAMMES and source.name == source.program.lower()
    assert source.satuan in get_args(Unit)
    assert 0 < source.min_rows <= source.max_rows and 0 < source.max_drift < 1
    assert source.title and source.publisher and source.legal_basis
    assert bool(source.statuses) <= ("status" in source.kinds())
    assert not source.statuses or "AKTIF" in source.statuses.values()


def test_names_and_programmes_are_unique() -> None:
    """A source is found by its name, a fact by its programme."""
    assert len({s.name for s in REGISTER}) == len({s.program for s in REGISTER}) == len(REGISTER)


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
    assert list(rows.alasan.str.strip()) == ["", "desa_tak_dikenal"]
    assert broken == ()
    assert rows.kode_desa.iloc[0] == "21.04.07.2005"
    assert rows.nik_jenis.iloc[0] == "sah" and rows.nama_baku.iloc[0] == "SITI RAHMAH"


@every_source
def test_the_schema_has_a_column_for_each_field(source: Source) -> None:
    """All but the three that become kode_desa, and the programme that a row must be of."""
    schema = schema_of(source)
    assert schema.name == source.name
    assert source.kinds().keys() - {"kecamatan", "desa", "kode_wilayah", "bansos"} <= schema.columns.keys()
