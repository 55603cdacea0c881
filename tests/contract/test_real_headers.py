"""The headers of real files (domain.md section 1, word for word), each over two invented rows, read by their source."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from pipelines.declaration import Source
from pipelines.reading import DropFile, read_source
from pipelines.sources import asesmen, blt_dd, bpnt, dtks, dtsen, pbi_jk, pkh, ppks, rtlh

Row = dict[str, str | None]
Read = Callable[..., tuple[list[Row], list[str]]]

NIK, OTHER_NIK, KK = "2104076012770003", "2104070503800004", "2104072701190003"
UUID = "0F8FAD5B-D9CB-469F-A165-70867728950E"
# What stands under a word that says who it is; under any other a blank.
PERSON = {
    "nik": NIK, "no_kk": KK, "nama": "SITI RAHMAH", "tanggal_lahir": "1977-12-20", "jenis_kelamin": "P",
    "nama_ibu": "AMINAH", "kecamatan": "LINGGA TIMUR", "desa": "SUNGAI PINANG", "id_registri": UUID,
    "psnoka": "0001234567890", "hubungan_keluarga": "ISTRI", "segmen": "PBI APBN", "bansos": "PKH",
}  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """A real header. `means`: header word -> field, for the words that carry anything; `cells`: word -> another cell;
    `form`: the form it is recognised as."""

    name: str
    source: Source
    header: str
    means: dict[str, str]
    form: str = ""
    file: str = "Daftar Desa Sungai Pinang.csv"
    cells: dict[str, str] | None = None

    @property
    def words(self) -> list[str]:
        """The header's words."""
        return [word.strip() for word in self.header.split("|")]


VARIANTS = (
    Variant(
        "1.1 A pipe text 2022", dtks.SOURCE,
        "iddtks|provinsi|kabupaten_kota|kecamatan|desa_kelurahan|alamat|dusun|rt|rw|nomor_kk|nomor_nik|nama|"
        "tanggal_lahir|tempat_lahir|jenis_kelamin|nama_ibu_kandung|hubungan_keluarga",
        {"iddtks": "id_registri", "kecamatan": "kecamatan", "desa_kelurahan": "desa", "nomor_kk": "no_kk",
         "nomor_nik": "nik", "nama": "nama", "tanggal_lahir": "tanggal_lahir", "jenis_kelamin": "jenis_kelamin",
         "nama_ibu_kandung": "nama_ibu", "hubungan_keluarga": "hubungan_keluarga"},
    ),
    Variant(
        "1.1 A as one app spells it", dtks.SOURCE,
        "id_dtks|provinsi|kabupatenkota|kecamatan|desakeluarahan|alamat|nomor_kk|nomor_nik|nama",
        {"id_dtks": "id_registri", "desakeluarahan": "desa", "nomor_kk": "no_kk", "nomor_nik": "nik", "nama": "nama"},
    ),
    Variant(
        "1.1 B Excel with programme flags", dtks.SOURCE,
        "Id_DTKS|Provinsi|Kabupaten_Kota|Kecamatan|Desa_Kelurahan|Alamat|Dusun|RT|RW|Nokk|Nik|Nama|Tanggal_Lahir|"
        "Tempat_Lahir|Jenis_Kelamin|Pekerjaan|Nama_Ibu_Kandung|Hub_Keluarga|Keterangan_padan|Bansos_Bpnt|Bansos_Pkh|"
        "Bansos_Bpnt_Ppkm|Pbi_Jkn",
        {"Id_DTKS": "id_registri", "Desa_Kelurahan": "desa", "Kecamatan": "kecamatan", "Nokk": "no_kk", "Nik": "nik",
         "Nama": "nama", "Tanggal_Lahir": "tanggal_lahir", "Jenis_Kelamin": "jenis_kelamin",
         "Nama_Ibu_Kandung": "nama_ibu", "Hub_Keluarga": "hubungan_keluarga"},
    ),
    Variant(
        "1.1 C village copy", dtks.SOURCE,
        "periode|id_dtks|kk|nik|nama|jenis_kelamin|alamat|dusun_id|rts_id|rws_id|nama_ibu|nama_ayah",
        {"id_dtks": "id_registri", "kk": "no_kk", "nik": "nik", "nama": "nama", "jenis_kelamin": "jenis_kelamin",
         "nama_ibu": "nama_ibu"},
    ),
    Variant(
        "1.1 D kecamatan BNBA", dtks.SOURCE,
        "id_dtks|province|regency|district|village|alamat|dusun|rw|rt|nkk|nik|nama|tgl_lahir|tmp_lahir|jenkel_id|"
        "ibu_kandung|shdk_id|status|tgl_kejadian|noreg_kejadian|pkh|bpnt|bst|bpnt_ppkm|pbi",
        {"id_dtks": "id_registri", "district": "kecamatan", "village": "desa", "nkk": "no_kk", "nik": "nik",
         "nama": "nama", "tgl_lahir": "tanggal_lahir", "jenkel_id": "jenis_kelamin", "ibu_kandung": "nama_ibu",
         "shdk_id": "hubungan_keluarga", "status": "status"},
        cells={"status": "2"},
    ),
    Variant(
        "1.1 G anomaly list", dtks.SOURCE,
        "id_dtks|nik|nama|nkk|tmp_lhr|tgl_lhr|alamat|prov|kab|kec|desa|jk|ibu|pekerjaan|rw|nama_anomali",
        {"id_dtks": "id_registri", "nik": "nik", "nama": "nama", "nkk": "no_kk", "tgl_lhr": "tanggal_lahir",
         "kec": "kecamatan", "desa": "desa", "jk": "jenis_kelamin", "ibu": "nama_ibu"},
    ),
    *(
        Variant(
            f"1.2 distribution list, {source.program}", source,
            "NAMA_PENERIMA|NIK|NOKK|PENYALURAN_OLEH|BANSOS|PROP_NAME|KAB_NAME|KEC_NAME|KEL_NAME|ALAMAT|status|"
            "kode_batch",
            {"NAMA_PENERIMA": "nama", "NIK": "nik", "NOKK": "no_kk", "BANSOS": "bansos", "KEC_NAME": "kecamatan",
             "KEL_NAME": "desa", "status": "status"},
            cells={"status": "SUDAH SI"},
        )
        for source in (pkh.SOURCE, bpnt.SOURCE)
    ),
    *(
        Variant(
            f"1.2 village list, {source.program}", source,
            "id_dtks|alamat|dusun_id|rts_id|rws_id|kk|nik|nama|tanggal_lahir|tempat_lahir|jenis_kelamin|pekerjaan_id|"
            f"nama_ibu|status_hubungan_dalam_keluarga_id|keterangan_padan{flags}",
            {"id_dtks": "id_registri", "kk": "no_kk", "nik": "nik", "nama": "nama", "tanggal_lahir": "tanggal_lahir",
             "jenis_kelamin": "jenis_kelamin", "nama_ibu": "nama_ibu",
             "status_hubungan_dalam_keluarga_id": "hubungan_keluarga"},
        )
        for source, flags in ((pkh.SOURCE, ""), (bpnt.SOURCE, "|bansos_bpnt|bansos_bpnt_ppkm"))
    ),
    Variant(
        "1.2 BPNT change record", bpnt.SOURCE,
        "Nomor KKS|No. Rekening Bansos|Status Kepesertaan BPNT|Nama Pengurus KPM|ID BDT KPM|ID Pengurus|No KK|"
        "NIK Pengurus|TTL Pengurus|Nama Gadis Ibu Kandung|No Peserta PKH|Status PKH|Nama KK|Anggota|Alamat|"
        "Kode Wilayah",
        {"Nama Pengurus KPM": "nama", "ID BDT KPM": "id_registri", "No KK": "no_kk", "NIK Pengurus": "nik",
         "TTL Pengurus": "tanggal_lahir", "Nama Gadis Ibu Kandung": "nama_ibu",
         "Status Kepesertaan BPNT": "status_dasar", "Kode Wilayah": "kode_wilayah"},
        "catatan_perubahan",
        cells={"Nama KK": "HAMDAN SAPUTRA", "Status Kepesertaan BPNT": "Aktif", "Kode Wilayah": "21.04.07.2005"},
    ),
    Variant(
        "1.3 SIKS-NG PBI 2022", pbi_jk.SOURCE,
        "id|iddtks|provinsi|kota|kecamatan|kelurahan|rt|rw|dusun|alamat|noka_bpjs|psnoka_bpjs|nama|tanggal_lahir|"
        "tempat_lahir|jenis_kelamin|nik|nokk|hub_keluarga|nama_ibu_kandung|keterangan",
        {"iddtks": "id_registri", "kecamatan": "kecamatan", "kelurahan": "desa", "psnoka_bpjs": "psnoka",
         "nama": "nama", "tanggal_lahir": "tanggal_lahir", "jenis_kelamin": "jenis_kelamin", "nik": "nik",
         "nokk": "no_kk", "hub_keluarga": "hubungan_keluarga", "nama_ibu_kandung": "nama_ibu"},
    ),
    Variant(
        "1.3 KIS village list", pbi_jk.SOURCE,
        "id_dtks|dusun_id|rts_id|rws_id|alamat|noka_bpjs|psnoka_bpjs|nama|tanggal_lahir|tempat_lahir|jenis_kelamin|"
        "nik|kk|status_hubungan_dalam_keluarga_id|nama_ibu|status",
        {"id_dtks": "id_registri", "psnoka_bpjs": "psnoka", "nama": "nama", "tanggal_lahir": "tanggal_lahir",
         "jenis_kelamin": "jenis_kelamin", "nik": "nik", "kk": "no_kk", "nama_ibu": "nama_ibu", "status": "status"},
        cells={"status": "PENDAFTARAN SK 146/HUK/2021"},
    ),
    Variant(
        "1.3 BPJS verval", pbi_jk.SOURCE,
        "no|noka|ps_noka|nama|jenkel|tgllhr|tmplhr|nik|nik_siks|pisat|kdstawin|kelas_rawat|kkno|alamat|kddati2|"
        "nmdati2|kddesa|nmdesa|kdkec|nmkec|rt|rw|kodepos|kddati2_ppk|nmdati2_ppk|keterangan_bayi|nikayah|nmayah|"
        "nikibu|nmibu|ket_aktivasi|kdkepwil|kdkc|nmkc|kdprov|nmprov|flag_mutasi_juni|flag_data_sk|ket_data_sk",
        {"ps_noka": "psnoka", "nama": "nama", "jenkel": "jenis_kelamin", "tgllhr": "tanggal_lahir", "nik": "nik",
         "nik_siks": "nik_saksi", "pisat": "hubungan_keluarga", "kkno": "no_kk", "nmdesa": "desa",
         "nmkec": "kecamatan", "nmibu": "nama_ibu"},
        "verval", cells={"nik_siks": OTHER_NIK},
    ),
    Variant(
        "1.3 monthly membership", pbi_jk.SOURCE, "PSNOKA|NIK|NAMA|SEGMEN|BULAN|TAHUN",
        {"PSNOKA": "psnoka", "NIK": "nik", "NAMA": "nama", "SEGMEN": "segmen"},
    ),
    Variant(
        "1.3 deactivated", pbi_jk.SOURCE,
        "noka_kis|ps_noka|nama_kis|alamat_kis|rt|rw|tmp_lhr|tgl_lhr|nik_kis|faskes_kis|nik_pm|nama_pm|nkk_pm",
        {"ps_noka": "psnoka", "nama_kis": "nama", "tgl_lhr": "tanggal_lahir", "nik_kis": "nik", "nik_pm": "nik_saksi",
         "nkk_pm": "no_kk"},
        "nonaktif", cells={"nik_pm": OTHER_NIK, "nama_pm": "S. RAHMAH"},
    ),
    Variant(
        "1.3 BPJS master extract", pbi_jk.SOURCE,
        "PSNOKA|PSNOKALAMA|PSNOKALAMA2|NAMA|NMCETAK|JENKEL|AGAMA|TMPLHR|TGLLHR|FLAGTANGGUNGAN|NOHP|NIK|NOKTP|TMT|TAT|"
        "NPWP|EMAIL|NOKA|KDHUBKEL|KDSTAWIN|KDSTATUSPST",
        {"PSNOKA": "psnoka", "NAMA": "nama", "JENKEL": "jenis_kelamin", "TGLLHR": "tanggal_lahir", "NIK": "nik",
         "NOKTP": "nik_saksi", "KDHUBKEL": "hubungan_keluarga", "KDSTATUSPST": "status_dasar"},
        "master", cells={"NOKTP": NIK, "KDSTATUSPST": "0"},
    ),
    Variant(
        "1.4 annex of a Perkades", blt_dd.SOURCE,
        "No|Nama KPM|NIK|No KK|Alamat|Dusun|RT|RW|Pekerjaan|Kriteria|Bulan|Jumlah|Tanda Tangan|No Rek",
        {"Nama KPM": "nama", "NIK": "nik", "No KK": "no_kk", "Jumlah": "nominal"}, cells={"Jumlah": "300000"},
    ),
    Variant(
        "1.5 OpenSID penduduk", rtlh.SOURCE,
        "alamat|dusun|rw|rt|nama|no_kk|nik|sex|tempatlahir|tanggallahir|agama_id|pendidikan_kk_id|"
        "pendidikan_sedang_id|pekerjaan_id|status_kawin|kk_level|warganegara_id|ayah_nik|nama_ayah|ibu_nik|nama_ibu|"
        "golongan_darah_id|akta_lahir|dokumen_pasport|tanggal_akhir_paspor|dokumen_kitas|akta_perkawinan|"
        "tanggalperkawinan|akta_perceraian|tanggalperceraian|cacat_id|cara_kb_id|hamil|ktp_el|status_rekam|"
        "alamat_sekarang|status_dasar|suku|tag_id_card|id_asuransi|no_asuransi|lat|lng",
        {"nama": "nama", "no_kk": "no_kk", "nik": "nik", "sex": "jenis_kelamin", "tanggallahir": "tanggal_lahir",
         "kk_level": "hubungan_keluarga", "nama_ibu": "nama_ibu", "status_dasar": "status_dasar"},
        "opensid_penduduk", cells={"status_dasar": "3", "kk_level": "3", "sex": "2"},
    ),
    Variant(
        "1.5 SIAK export", dtks.SOURCE,
        "Nomor KK|NIK|Nama Penduduk|Status(Hidup/Tidak Valid)|Tempat Lahir|Tanggal Lahir|Kelamin|NIK Ayah|Ayah|NIK Ibu|"
        "Ibu|Status Kawin|SHDK|Agama|Kecamatan|Desa/Kel|Alamat|RW|RT|Pendidikan|Pekerjaan",
        {"Nomor KK": "no_kk", "NIK": "nik", "Nama Penduduk": "nama", "Status(Hidup/Tidak Valid)": "status_dasar",
         "Tanggal Lahir": "tanggal_lahir", "Kelamin": "jenis_kelamin", "Ibu": "nama_ibu", "SHDK": "hubungan_keluarga",
         "Kecamatan": "kecamatan", "Desa/Kel": "desa"},
        "siak", cells={"Status(Hidup/Tidak Valid)": "Hidup", "NIK Ayah": OTHER_NIK},
    ),
    Variant(
        "1.6 P3KE family", dtsen.SOURCE,
        "ID Keluarga|Provinsi|Kabupaten|Kecamatan|Desa|Kode Kemdagri|Desil Kesejahteraan|Alamat|Kepala Keluarga|NIK|"
        "Padan Dukcapil(YA/TIDAK)|Jenis Kelamin|Tanggal Lahir|Pekerjaan|Pendidikan|Penerima BNPT|BPUM|BST|PKH|SEMBAKO|"
        "Resiko Stunting|Pensasaran",
        {"ID Keluarga": "id_keluarga", "Kecamatan": "kecamatan", "Desa": "desa", "Kode Kemdagri": "kode_wilayah",
         "Desil Kesejahteraan": "desil", "Kepala Keluarga": "nama", "NIK": "nik", "Jenis Kelamin": "jenis_kelamin",
         "Tanggal Lahir": "tanggal_lahir"},
        "p3ke_keluarga",
        cells={"ID Keluarga": "7", "Kode Kemdagri": "21.04.07.2005", "Desil Kesejahteraan": "1"},
    ),
    Variant(
        "1.6 P3KE individual", dtsen.SOURCE, "id_individu|id_keluarga|nik|nama|tanggal_lahir|jenis_kelamin",
        {"id_individu": "id_registri", "id_keluarga": "id_keluarga", "nik": "nik", "nama": "nama"},
        cells={"id_keluarga": "7"},
    ),
    Variant(
        "1.6 DTSEN person", dtsen.SOURCE,
        "nomor_induk_kependudukan|nomor_kartu_keluarga|nama|tempat_lahir|tanggal_lahir|id_jenis_kelamin|"
        "id_hub_kepala_keluarga|id_disabilitas|pbi|id_status_perkawinan|id_pekerjaan_utama|id_penyakit_menahun",
        {"nomor_induk_kependudukan": "nik", "nomor_kartu_keluarga": "no_kk", "nama": "nama",
         "tanggal_lahir": "tanggal_lahir", "id_jenis_kelamin": "jenis_kelamin",
         "id_hub_kepala_keluarga": "hubungan_keluarga"},
        "anggota", cells={"id_hub_kepala_keluarga": "2"},
    ),
    Variant(
        "1.6 DTSEN family", dtsen.SOURCE,
        "id_keluarga|desil_nasional|peringkat_nasional|cut_off|status_dtsen|kode_provinsi|kode_kabupaten_kota|"
        "kode_kecamatan|kode_kelurahan_desa|alamat|nama_kepala_keluarga|jumlah_anggota_keluarga|id_lantai_terluas|"
        "id_dinding_terluas|id_atap_terluas|id_fasilitas_bab|id_jenis_kloset|aset_bergerak_sepeda_motor|"
        "aset_bergerak_perahu",
        {"id_keluarga": "id_keluarga", "desil_nasional": "desil", "status_dtsen": "status",
         "kode_kelurahan_desa": "kode_wilayah", "nama_kepala_keluarga": "nama"},
        "keluarga",
        cells={"id_keluarga": "7", "desil_nasional": "", "status_dtsen": "DTSEN AKTIF",
               "kode_kelurahan_desa": "2104072005"},
    ),
)  # fmt: skip

# Files that a folder may be given and that are no list of its source: (source, header, what the refusal says)
REFUSED = (
    (dtks.SOURCE, "nik|program_bansos|nokk|nama|tempat_lahir|tanggal_lahir|ibu_kandung|jenis_kelamin|jenis_pekerjaan|"
     "status_kawin|alamat|rt|rw|provinsi|kabupaten|kecamatan|kelurahan|shdk|foto_rumah", "usulan ini bukan daftar"),
    (dtks.SOURCE, "nama_kec|nama_desa|nik_usulan|program_bansos|hasil|padan|nama_lgkp|ket_vali",
     "jawaban atas usulan ini bukan daftar"),
    (bpnt.SOURCE, "nkk|nik|nama|tgl_lahir|alamat|program|keterangan|rt|rw|desa|kecamatan|nama_ibu|status|tgl_mati|"
     "noreg_mati|nkk_ganti|nik_ganti", "usul penggantian KPM, bukan daftar penerima"),
)  # fmt: skip


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine in memory."""
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Read:
    """Read one file of a source; its data rows and what was refused."""

    def run(source: Source, name: str, content: bytes) -> tuple[list[Row], list[str]]:
        path = tmp_path / name
        path.write_bytes(content)
        target = tmp_path / "mentah.parquet"
        reading = read_source(source, [DropFile(path, f"2025-01/{source.name}/{name}")], con, target, tmp_path)
        table = con.read_parquet(str(target)).filter("jenis = 'data'").order("baris")
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
        return rows, [str(failure) for failure in reading.failures]

    return run


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


def programme(target: str, member: str, *, named: str = "BLT", without: bool = False) -> bytes:
    """OpenSID's export of one aid programme; `target`: who its members are."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        if not without:
            sheet = book.add_worksheet("Program")
            for at, pair in enumerate((("ID Program", "7"), ("Nama Program", named), ("Sasaran", target))):
                sheet.write_row(at, 0, pair)
        sheet = book.add_worksheet("Peserta")
        rows = (
            ("Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"),
            (member, "1", OTHER_NIK, "SITI RAHMAH", "Lingga", "1977-12-20", "RT 1"),
            ("###", "", "", "", "", "", ""),
            (member, "Peserta diisi NIK atau No KK", "", "CONTOH", "", "", ""),
        )
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return content.getvalue()


@pytest.mark.parametrize("source", [blt_dd.SOURCE, pkh.SOURCE, rtlh.SOURCE], ids=lambda s: s.name)
@pytest.mark.parametrize(
    ("target", "member", "expected"),
    [
        ("1", NIK, {"nik": NIK, "no_kk": None}),
        ("1 - Penduduk", NIK, {"nik": NIK, "no_kk": None}),
        ("2", KK, {"nik": OTHER_NIK, "no_kk": KK}),
        ("Keluarga", KK, {"nik": OTHER_NIK, "no_kk": KK}),
    ],
)
def test_an_aid_programme_of_opensid_says_whom_it_lists(
    read: Read, source: Source, target: str, member: str, expected: dict[str, Any]
) -> None:
    """`Peserta` is a NIK or a No KK; what stands below `###` is no data."""
    rows, failures = read(source, "BLT Desa Sungai Pinang.xlsx", programme(target, member, named=source.title))
    assert failures == []
    assert [{name: row[name] for name in expected} for row in rows] == [expected]
    assert rows[0]["nama"] == "SITI RAHMAH" and rows[0]["judul_desa"] == "Sungai Pinang"


@pytest.mark.parametrize("content", [programme("3", KK), programme("", KK), programme("1", NIK, without=True)])
def test_a_list_of_opensid_that_does_not_say_whom_is_not_guessed(read: Read, content: bytes) -> None:
    """A household, a group, or no word at all."""
    rows, failures = read(blt_dd.SOURCE, "BLT Desa Sungai Pinang.xlsx", content)
    assert rows == [] and "lembar itu tidak menyebut 1 (penduduk) atau 2 (keluarga)" in failures[0]


@pytest.mark.parametrize(
    ("source", "named", "own"),
    [
        (pkh.SOURCE, "PKH 2024", True), (pkh.SOURCE, "Program Keluarga Harapan", True), (pkh.SOURCE, "", True),
        (pkh.SOURCE, "BLT Dana Desa", False), (bpnt.SOURCE, "Sembako", True), (bpnt.SOURCE, "PKH", False),
        (blt_dd.SOURCE, "BLT-DD Tahun 2024", True), (blt_dd.SOURCE, "PKH", False), (rtlh.SOURCE, "Bedah Rumah", True),
    ],
)  # fmt: skip
def test_an_aid_programme_of_opensid_is_the_source_s_own(read: Read, source: Source, named: str, own: bool) -> None:
    """Another's members in this folder would be counted as this one's."""
    rows, failures = read(source, "Desa Sungai Pinang.xlsx", programme("2", KK, named=named))
    assert bool(rows) is own and bool(failures) is not own
    assert own or f"bukan {source.program}; pindahkan" in failures[0]


@pytest.mark.parametrize(("periode", "read_so"), [("2024-12", True), ("2025-01", False), ("2026-01", False)])
def test_p3ke_is_no_list_of_dtsen_once_that_is_in_force(read: Read, periode: str, read_so: bool) -> None:
    """An old file would make families members of a registry that does not have them."""
    cells = {"ID Keluarga": "7", "Desa": "SUNGAI PINANG", "Desil Kesejahteraan": "1", "Kepala Keluarga": "HAMDAN",
             "NIK": NIK}  # fmt: skip
    rows, failures = read(dtsen.SOURCE.at(periode), "p3ke.csv", written([*cells], cells))
    assert [row["nama"] for row in rows] == (["HAMDAN"] if read_so else [])
    assert read_so or "digantikan DTSEN" in failures[0]
