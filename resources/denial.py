"""Why the machine would not make or write a file or folder, in an officer's words."""

import errno

_WORDS = {
    errno.ENOENT: "tempatnya tidak ada",
    errno.ENOTDIR: "di jalurnya ada berkas, bukan folder",
    errno.EEXIST: "di sana ada berkas, bukan folder",
    errno.EISDIR: "di sana ada folder, bukan berkas",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.ENOSPC: "penyimpanannya penuh",
}


def denial(error: OSError) -> str:
    """What stands in brackets behind "tidak dapat ditulis"."""
    return _WORDS.get(error.errno or 0, error.strerror or type(error).__name__)
