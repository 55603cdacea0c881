"""Forms that any list may come in: what the village system OpenSID and the population register SIAK hand over.

OpenSID @4b3d5677 (assets/import, donjo-app/models/Impor_model.php) and its `format_siak.xls`; read, never copied. A
form gives a source no field that it does not declare: such a column is passed over.
"""

from collections.abc import Iterable

from pipelines.declaration import Layout, Source, fold_header

# Relation to the head of the family, as SIAK and OpenSID number it.
RELATIONS = {
    "1": "KEPALA KELUARGA", "2": "SUAMI", "3": "ISTRI", "4": "ANAK", "5": "MENANTU", "6": "CUCU", "7": "ORANG TUA",
    "8": "MERTUA", "9": "FAMILI LAIN", "10": "PEMBANTU", "11": "LAINNYA",
}  # fmt: skip
SEXES = {"1": "L", "2": "P", "l": "L", "p": "P", "lakilaki": "L", "perempuan": "P"}
# What a population register says of somebody: in words anywhere, in numbers where the form is known.
POPULATION = {
    "": "AKTIF", "aktif": "AKTIF", "hidup": "AKTIF", "mati": "MENINGGAL", "meninggal": "MENINGGAL",
    "meninggaldunia": "MENINGGAL", "pindah": "PINDAH", "hilang": "TIDAK_DITEMUKAN", "pergi": "PINDAH",
    "tidakvalid": "TIDAK_VALID",
}  # fmt: skip
_POPULATION_NUMBERS = {
    "1": "AKTIF", "2": "MENINGGAL", "3": "PINDAH", "4": "TIDAK_DITEMUKAN", "6": "PINDAH", "9": "TIDAK_VALID",
}  # fmt: skip

OPENSID_PENDUDUK = Layout(
    name="opensid_penduduk",
    title="OpenSID, impor penduduk",
    marks=("sex", "tanggallahir", "kk_level", "status_dasar"),
    reads={
        "sex": "jenis_kelamin", "tanggallahir": "tanggal_lahir", "kk_level": "hubungan_keluarga",
        "nama_ibu": "nama_ibu", "status_dasar": "status_dasar",
        **dict.fromkeys((
            "alamat", "dusun", "rw", "rt", "tempatlahir", "agama_id", "pendidikan_kk_id", "pendidikan_sedang_id",
            "pekerjaan_id", "status_kawin", "warganegara_id", "ayah_nik", "nama_ayah", "ibu_nik",
            "golongan_darah_id", "akta_lahir", "dokumen_pasport", "tanggal_akhir_paspor", "dokumen_kitas",
            "akta_perkawinan", "tanggalperkawinan", "akta_perceraian", "tanggalperceraian", "cacat_id", "cara_kb_id",
            "hamil", "ktp_el", "status_rekam", "alamat_sekarang", "suku", "tag_id_card", "id_asuransi",
            "no_asuransi", "lat", "lng",
        ), ""),
    },
    codes={
        "jenis_kelamin": SEXES, "hubungan_keluarga": RELATIONS,
        "status_dasar": POPULATION | _POPULATION_NUMBERS,
    },
)  # fmt: skip

_PESERTA = {
    "nama": "nama", "tanggal lahir": "tanggal_lahir",
    **dict.fromkeys(("no. peserta", "no peserta", "tempat lahir", "alamat", "no kartu"), ""),
}  # fmt: skip
# Which of the two it is says the sheet `Program` beside it (pipelines/reading/opensid.py).
OPENSID_PESERTA_PENDUDUK = Layout(
    name="opensid_peserta_penduduk",
    title="OpenSID, peserta program bantuan (penduduk)",
    marks=("peserta", "no. peserta", "nik"),
    reads=_PESERTA | {"peserta": "nik", "nik": ""},  # the card may be in another's hands: the member is `Peserta`
    required=(("nik",), ("nama",)),
)
OPENSID_PESERTA_KELUARGA = Layout(
    name="opensid_peserta_keluarga",
    title="OpenSID, peserta program bantuan (keluarga)",
    marks=("peserta", "no. peserta", "nik"),
    reads=_PESERTA | {"peserta": "no_kk", "nik": "nik"},
    required=(("no_kk",), ("nama",)),
)

SIAK = Layout(
    name="siak",
    title="Ekspor SIAK",
    marks=("nama penduduk", "shdk", "nik ayah", "nik ibu"),
    reads={
        "nomor kk": "no_kk", "nik": "nik", "nama penduduk": "nama", "tanggal lahir": "tanggal_lahir",
        "kelamin": "jenis_kelamin", "ibu": "nama_ibu", "shdk": "hubungan_keluarga", "desa/kel": "desa",
        "kecamatan": "kecamatan", "status": "status_dasar", "status(hidup/tidak valid)": "status_dasar",
        **dict.fromkeys((
            "tempat lahir", "nik ayah", "ayah", "nik ibu", "status kawin", "agama", "alamat", "rw", "rt", "pendidikan",
            "pekerjaan", "golongan darah", "gol darah", "akta lahir", "no akta lahir", "akta kawin", "no akta kawin",
            "akta cerai", "no akta cerai", "tanggal kawin", "tanggal cerai", "cacat", "penyandang cacat", "dusun",
            "kode pos", "umur", "status ktp", "status rekam",
        ), ""),
    },
    codes={"hubungan_keluarga": RELATIONS | {fold_header(word): word for word in RELATIONS.values()}},
)  # fmt: skip

HAND_OVER = (OPENSID_PENDUDUK, SIAK)
PLAIN = Layout(name="", title="", marks=())


def layouts_of(source: Source) -> tuple[Layout, ...]:
    """Every form that a file of the source may have, its own before those of anybody."""
    return (*source.layouts, *HAND_OVER)


def recognise(source: Source, words: Iterable[str]) -> Layout:
    """The form whose marks all stand among these header words; PLAIN where there is none."""
    folded = frozenset(map(fold_header, words))
    return next((layout for layout in layouts_of(source) if layout.is_marked_in(folded)), PLAIN)
