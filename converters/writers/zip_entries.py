"""Entries of a zip with the edition's date, so that equal editions are equal files."""

import datetime
import zipfile


def entry(name: str, modified: datetime.datetime, method: int) -> zipfile.ZipInfo:
    """Return an entry of that name and date; ``method`` is how it is compressed. A zip knows no year before 1980."""
    moment = modified.timetuple()
    made = zipfile.ZipInfo(name, (max(moment.tm_year, 1980), *moment[1:6]))
    made.create_system = 3  # Unix everywhere, so that equal books are equal files
    made.external_attr = 0o644 << 16
    made.compress_type = method
    return made
