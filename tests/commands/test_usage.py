"""Help and wrong usage: Indonesian, and exit code 2."""

import re
import subprocess
from collections.abc import Callable

import pytest

Typed = Callable[..., subprocess.CompletedProcess[str]]
COMMANDS = (
    "asesmen", "contoh", "desa", "gudang", "karantina", "konfirmasi", "mengapa", "pemutakhiran", "periksa", "simulasi",
    "temuan", "tinjau", "ui",
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(options?|usage|commands?|default|required|show|this|message|exit|error|missing|argument|invalid|value|try|range)\b",
    re.IGNORECASE,
)


def test_the_group_explains_each_command(typed: Typed) -> None:
    """A line for each, and nothing in English."""
    told = typed("--help")
    assert told.returncode == 0 and told.stderr == ""
    listed = told.stdout.split("Perintah:")[1]
    assert tuple(re.findall(r"^  (\w+)  +[A-Z]", listed, re.MULTILINE)) == COMMANDS
    assert ENGLISH.findall(told.stdout) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_explains_itself(typed: Typed, command: str) -> None:
    """One sentence for the command, one for each of its options."""
    told = typed(command, "--help")
    assert told.returncode == 0 and told.stderr == ""
    usage, sentence, options = told.stdout.split("\n\n")
    assert usage.startswith(f"Pemakaian: perlinsos {command} [PILIHAN]")
    assert re.fullmatch(r"[A-Z][^.]*(\d\.[^.]*)*\.", " ".join(sentence.split()))
    assert options.startswith("Pilihan:\n")
    assert ENGLISH.findall(told.stdout) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Sebutkan perintahnya."),
        (["terbang"], "'terbang' bukan perintah perlinsos."),
        (["--cepat"], "Pilihan --cepat tidak dikenal."),
        (["gudang", "--cepat"], "Pilihan --cepat tidak dikenal."),
        (["pemutakhiran"], "Pilihan atau nilai --periode wajib diisi."),
        (["pemutakhiran", "--periode"], "Pilihan --periode memerlukan nilai."),
        (["pemutakhiran", "--periode", "2024-13"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["pemutakhiran", "--periode", "Juni"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["desa"], "Pilihan atau nilai DESA wajib diisi."),
        (["karantina"], "Pilihan atau nilai --periode wajib diisi."),
        (["karantina", "--periode", "Juni"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["karantina", "--periode", "2024-06", "--sumber", "x"], "Nilai untuk --sumber tidak sah: x; pilih dari "),
        (["konfirmasi", "--periode", "2024-13"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["konfirmasi", "--periode", "2024-06", "--aturan", "X"], "Pilihan atau nilai --pengirim wajib diisi."),
        (
            [
                "konfirmasi",
                "--periode",
                "2024-06",
                "--aturan",
                "cakupan_desa_hilang",
                "--pengirim",
                "p",
                "--alasan",
                "2104070101",
            ],
            "Nilai untuk --alasan tidak sah: ",
        ),
        (["simulasi"], "Pilihan atau nilai ATURAN wajib diisi."),
        (["simulasi", "X", "--periode", "2024-13"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["temuan", "--periode", "Juni"], "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["temuan", "--putusan", "ditutup"], "Pilihan atau nilai --kunci wajib diisi."),
        (["temuan", "--kunci", "T1", "--putusan", "benar", "--alasan", "a"], "Nilai untuk --putusan tidak sah: pilih"),
        (["temuan", "--kunci", "T1", "--putusan", "ditutup", "--alasan", "2104070101"], "Nilai untuk --alasan tidak"),
        (["contoh"], "Pilihan atau nilai DIR wajib diisi."),
        (["contoh", "kabupaten", "--orang", "banyak"], "Nilai untuk --orang tidak sah: tulis bilangan bulat"),
        (["contoh", "kabupaten", "--benih", "x"], "Nilai untuk --benih tidak sah: tulis bilangan bulat."),
        (
            ["contoh", "kabupaten", "--orang", "-1"],
            "Nilai untuk --orang tidak sah: tulis bilangan bulat paling sedikit ",
        ),
        (["ui", "--port", "x"], "Nilai untuk --port tidak sah: tulis bilangan bulat 1 sampai 65535."),
        (["ui", "--port", "99999999"], "Nilai untuk --port tidak sah: tulis bilangan bulat 1 sampai 65535."),
        (["desa", "21.04.07.2005", "lagi"], "'lagi' terlalu banyak; perintah ini tidak memerlukannya."),
        (["gudang", "lagi"], "'lagi' terlalu banyak; perintah ini tidak memerlukannya."),
        (["gudang", "--url=1"], "Pilihan --url tidak menerima nilai."),
    ],
    ids=lambda part: " ".join(part) or "-" if isinstance(part, list) else "",
)
def test_wrong_usage_says_what_is_wrong_and_where_to_look(typed: Typed, words: list[str], sentence: str) -> None:
    """On stderr, in two lines, with exit code 2."""
    told = typed(*words)
    assert told.returncode == 2
    assert told.stdout == ""
    first, look = told.stderr.splitlines()
    assert first.startswith(sentence)
    of = f" {words[0]}" if words[:1] and words[0] in COMMANDS else ""
    assert look == f"Lihat: perlinsos{of} --help"
