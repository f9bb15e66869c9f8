"""An entry of a zip file with nothing in it of this machine or this moment."""

import datetime
import zipfile


def entry(name: str, modified: datetime.datetime, method: int) -> zipfile.ZipInfo:
    """Return an entry with the edition's date, so that equal editions are equal files on every system."""
    moment = modified.timetuple()
    info = zipfile.ZipInfo(name, (max(moment.tm_year, 1980), *moment[1:6]))
    info.create_system = 3  # Unix everywhere
    info.external_attr = 0o644 << 16
    info.compress_type = method
    return info
