"""The files of the cohort's desa, as its offices send them, with the dirt of real ones, and the truth of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from pipelines.contoh import cohort
from pipelines.contoh.cohort import Story
from pipelines.contoh.dirt import expect
from pipelines.contoh.files import TextStyle, text_of, write_dates, write_text
from pipelines.contoh.period import BULAN
from pipelines.contoh.workbooks import CREATED

_KECAMATAN = "LINGGA TIMUR"
_NAMES = ("SUNGAI PINANG", "SEI PINANG", "S. PINANG")
_PIPE = TextStyle("|")
_CUT = (3, 23, 43)  # rows of the assessment whose NIK lost its last digit
_BOOK = {"default_date_format": "dd/mm/yyyy"}
Sheet = list[list[object]]


@dataclass(frozen=True)
class Village:
    """Writes the files of one period below `sumber` and tells the truth of their rows; `assessed`: with the assessment,
    and the registry as it is after it."""

    sumber: Path
    story: Story
    periode: str
    assessed: bool

    @property
    def month(self) -> str:
        """`Juni 2024`."""
        return f"{BULAN[int(self.periode[5:]) - 1]} {self.periode[:4]}"

    def write(self) -> list[pd.DataFrame]:
        """Write every list of the period; the assessment and what it looked at come with the later one."""
        pkh = (*cohort.PKH_ONLY, *cohort.BOTH, cohort.TWO_AIDS)
        aid = (self._distribution("pkh", "PKH", pkh), self._distribution("bpnt", "SEMBAKO", cohort.SEMBAKO))
        lists = [self._dtks(), *aid, self._pbi(), self._blt()]
        return [*lists, self._asesmen(), self._rtlh(), self._sanitasi()] if self.assessed else lists

    def membership_truth(self) -> pd.DataFrame:
        """One row is one lawful, living member; the person is -1 where the unit is the family."""
        people = self.story.people.reset_index(names="orang")
        status = self._status(people)
        living = ~status.str.startswith("MENINGGAL")
        families = {"PKH": (*cohort.PKH_ONLY, *cohort.BOTH, cohort.TWO_AIDS), "BPNT": cohort.SEMBAKO,
                    "BLT_DD": (*cohort.BLT, cohort.TWO_AIDS)}  # fmt: skip
        persons = {"DTKS": people[status == "AKTIF"], "PBI_JK": people[people.insured & living]}
        parts = [rows[["orang", "keluarga"]].assign(program=name) for name, rows in persons.items()]
        parts += [pd.DataFrame({"orang": -1, "keluarga": list(f), "program": name}) for name, f in families.items()]
        return self._numbered(pd.concat(parts))[["periode", "program", "orang", "keluarga", "kode_desa"]]

    def finding_truth(self) -> pd.DataFrame:
        """One row is one finding that the lists hold."""
        rows = pd.DataFrame({
            "orang": [-1, cohort.DEAD_INSURED], "keluarga": [cohort.TWO_AIDS, cohort.DEAD_INSURED],
            "aturan": ["BLT_DD_DAN_PKH", "MENINGGAL_MASIH_PESERTA"],
        })  # fmt: skip
        found = rows if self.assessed else rows[:1]
        return self._numbered(found)[["periode", "aturan", "orang", "keluarga", "kode_desa"]]

    def _numbered(self, rows: pd.DataFrame) -> pd.DataFrame:
        """With the numbers that persons and families have in the whole kabupaten, the period and the desa."""
        persons, families = self.story.first
        orang = rows.orang.where(rows.orang < 0, rows.orang + persons)
        return rows.assign(orang=orang, keluarga=rows.keluarga + families, periode=self.periode, kode_desa=cohort.DESA)

    def _status(self, rows: pd.DataFrame) -> pd.Series:
        status = rows.status if self.assessed else rows.status.str[:0]
        return status.mask(status == "", "AKTIF")

    def _dtks(self) -> pd.DataFrame:
        """The registry by pipe text; some rows call the desa by its old name."""
        rows = self.story.people.reset_index(names="orang")
        berkas = f"{self.periode}/dtks/DTKS Sei Pinang.txt"
        desa = np.array(_NAMES)[np.minimum(np.arange(len(rows)) % 9, len(_NAMES) - 1)]
        write_text(self.sumber / berkas, {
            "id_dtks": text_of(pd.Series([f"0D0E0000-0000-4000-8000-{n:012d}" for n in rows.orang])),
            "district": _KECAMATAN, "village": text_of(desa), "dusun": cohort.DUSUN.upper(),
            "nkk": text_of(rows.no_kk), "nik": text_of(rows.nik), "nama": text_of(rows.nama),
            "tgl_lahir": write_dates(rows.lahir.to_numpy(), "d/m/Y"), "tmp_lahir": "LINGGA",
            "jenkel_id": text_of(pd.Series(np.where(rows.male, "1", "2"))), "ibu_kandung": text_of(rows.ibu),
            "shdk_id": text_of(rows.hubungan), "status": text_of(self._status(rows)),
        }, _PIPE)  # fmt: skip
        return self._truth("dtks", berkas, rows, 1)

    def _distribution(self, source: str, bansos: str, families: Sequence[int]) -> pd.DataFrame:
        """The ministry's list: PKH masks its numbers, one family of BPNT still has its old card."""
        rows = self.story.recipients(families).reset_index(names="orang")
        nik, no_kk = rows.nik.astype(str), rows.no_kk.astype(str)
        if source == "pkh":
            nik, rows["kotor"] = nik.str[:12] + "****", "nik_tersamar"
        else:
            old = rows.keluarga == cohort.BOTH[2]
            no_kk = no_kk.mask(old, no_kk.str[:6] + "010199" + no_kk.str[12:])
            rows["kotor"] = np.where(old, "kk_lama", "")
        berkas = f"{self.periode}/{source}/{bansos} Sungai Pinang {self.periode}.csv"
        write_text(self.sumber / berkas, {
            "NAMA_PENERIMA": text_of(rows.nama), "NIK": text_of(nik), "NOKK": text_of(no_kk),
            "PENYALURAN_OLEH": "PT POS", "BANSOS": bansos, "KEC_NAME": _KECAMATAN, "KEL_NAME": _NAMES[0],
            "ALAMAT": f"DUSUN {cohort.DUSUN.upper()}", "status": "SUDAH SI",
        }, _PIPE)  # fmt: skip
        return self._truth(source, berkas, rows, 1)

    def _pbi(self) -> pd.DataFrame:
        rows = self.story.people
        rows = rows[rows.insured].reset_index(names="orang")
        berkas = f"{self.periode}/pbi_jk/PBI Sungai Pinang.csv"
        write_text(self.sumber / berkas, {
            "PSNOKA": text_of(pd.Series([f"{90_000_000 + n:013d}" for n in rows.orang])), "NIK": text_of(rows.nik),
            "NAMA": text_of(rows.nama), "SEGMEN": "PBI APBN", "BULAN": self.month.split()[0], "TAHUN": self.periode[:4],
        }, TextStyle(";", encoding="latin-1"))  # fmt: skip
        return self._truth("pbi_jk", berkas, rows, 1)

    def _blt(self) -> pd.DataFrame:
        """The village's own workbook: a header of two rows, a total, a signature."""
        rows = self.story.heads((*cohort.BLT, cohort.TWO_AIDS)).reset_index(names="orang")
        body: Sheet = [
            [n, r.nama, str(r.nik), str(r.no_kk), "001", "002", 300_000] for n, r in enumerate(rows.itertuples(), 1)
        ]
        sheet: Sheet = [
            ["DAFTAR KPM BLT DANA DESA"], [f"DESA SEI PINANG KECAMATAN {_KECAMATAN}"], [self.month.upper()], [],
            ["NO", "NAMA KPM", "NIK", "NO. KK", "RT/RW", "", "JUMLAH (RP)"], ["", "", "", "", "RT", "RW", ""], *body,
            ["JUMLAH", "", "", "", "", "", 300_000 * len(rows)], [],
            ["", "", "", "", f"Sungai Pinang, 28 {self.month}"], ["", "", "", "", "Kepala Desa Sungai Pinang"],
        ]  # fmt: skip
        berkas = self._book("blt_dd", f"BLT Sei Pinang {self.periode[5:]}-{self.periode[:4]}.xlsx", sheet)
        return self._truth("blt_dd", berkas, rows, 6, lembar="Sheet1")

    def _asesmen(self) -> pd.DataFrame:
        """The assessment, typed by hand: three numbers cut by Excel, a total that says 55."""
        rows = self.story.members.reset_index(names="orang")
        cut = rows.index.isin(_CUT)
        rows["kotor"] = np.where(cut, "nik_15_digit", "")
        nik = rows.nik.astype(str).mask(cut, rows.nik.astype(str).str[:15])
        body: Sheet = [
            [n, r.nama, number, str(r.no_kk), r.lokasi, "27/06/2024", ""]
            for n, (r, number) in enumerate(zip(rows.itertuples(), nik, strict=True), 1)
        ]
        sheet: Sheet = [
            ["HASIL ASESMEN PEKERJA DAPUR ARANG"], [f"DUSUN {cohort.DUSUN.upper()} DESA SEI PINANG"], [],
            ["No", "Identitas", "", "", "Lokasi Dapur", "Tanggal Asesmen", "Keterangan"],
            ["", "Nama", "NIK", "No. KK", "", "", ""], *body, ["JUMLAH", f"{len(rows)} JIWA"], [],
            ["", "", "", "", f"{cohort.DUSUN}, 27 Juni 2024"], ["", "", "", "", "Petugas"],
        ]  # fmt: skip
        berkas = self._book("asesmen", f"{cohort.KOHORT}.xlsx", sheet)
        return self._truth("asesmen", berkas, rows, 5, lembar="Sheet1")

    def _rtlh(self) -> pd.DataFrame:
        rows = self.story.heads(cohort.UNFIT).reset_index(names="orang")
        body: Sheet = [[n, r.nama, str(r.no_kk), str(r.nik), "2104032005", _NAMES[0], "RUSAK BERAT", "TANAH", "PAPAN"]
                       for n, r in enumerate(rows.itertuples(), 1)]  # fmt: skip
        sheet: Sheet = [
            ["DATA RUMAH TIDAK LAYAK HUNI"], [],
            ["NO", "NAMA KEPALA KELUARGA", "NO KK", "NIK", "KODE DESA", "DESA", "ATAP", "LANTAI", "DINDING"],
            *body, ["TOTAL", "", len(rows)],
        ]  # fmt: skip
        return self._truth("rtlh", self._book("rtlh", "RTLH Sungai Pinang 2024.xlsx", sheet), rows, 3, lembar="Sheet1")

    def _sanitasi(self) -> pd.DataFrame:
        """One facility of the hamlet: no family's, and no row of a person."""
        sheet: Sheet = [
            ["FASILITAS SANITASI"],
            ["No", "Jenis Fasilitas", "Dusun", "Desa", "Kecamatan", "Jumlah", "Jumlah KK Pengguna"],
            [1, "WC KOMUNAL", cohort.DUSUN.upper(), _NAMES[0], _KECAMATAN, 1, cohort.FAMILIES],
        ]  # fmt: skip
        berkas = self._book("sanitasi", "Sanitasi Sungai Pinang.xlsx", sheet)
        nobody = pd.DataFrame({"orang": [-1], "keluarga": [-1]})
        return self._truth("sanitasi", berkas, nobody, 2, lembar="Sheet1")

    def _book(self, source: str, name: str, rows: Sheet) -> str:
        berkas = f"{self.periode}/{source}/{name}"
        path = self.sumber / berkas
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path, _BOOK) as book:
            book.set_properties({"created": CREATED})
            sheet = book.add_worksheet("Sheet1")
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
        return berkas

    def _truth(self, source: str, berkas: str, rows: pd.DataFrame, above: int, lembar: str = "") -> pd.DataFrame:
        """Say what each of `rows` is, that stand below `above` others; `kotor` is its kind of dirt, if any."""
        kind = rows.kotor if "kotor" in rows else pd.Series("", index=rows.index, dtype="str")
        numbered = self._numbered(rows)
        return pd.DataFrame({
            "periode": self.periode, "sumber": source, "berkas": berkas, "lembar": lembar,
            "baris": np.arange(len(rows)) + above + 1, "orang": numbered.orang,
            "keluarga": numbered.keluarga, "kotor": kind, "harapan": expect(kind), "kembar": "False",
        })  # fmt: skip
