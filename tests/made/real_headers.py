"""The headers of real files (domain.md section 1, word for word), and what each of their words means."""

from dataclasses import dataclass

from pipelines.declaration import Source
from pipelines.sources import blt_dd, bpnt, dtks, dtsen, pbi_jk, pkh, rtlh

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
