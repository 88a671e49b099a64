"""Pictures, and what pretends to be one, made for the tests."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS_IFD, ORIENTATION, MODEL = 0x8825, 0x0112, 0x0110


def upload(data: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it, under whatever name it likes."""
    return SimpleUploadedFile(name, data, content_type)


def jpeg(size=(800, 600), *, at: tuple[float, float] | None = None, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A picture, left half sand and right half sea; `at` (lon, lat) goes into its EXIF with the camera's name."""
    picture = Image.new("RGB", size, (214, 188, 140))
    picture.paste((11, 92, 122), (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[MODEL] = "Secret Camera 3000"
    exif[ORIENTATION] = orientation
    if at:
        gps = exif.get_ifd(GPS_IFD)
        gps[1], gps[2] = ("N" if at[1] >= 0 else "S"), degrees(abs(at[1]))
        gps[3], gps[4] = ("E" if at[0] >= 0 else "W"), degrees(abs(at[0]))
    made = io.BytesIO()
    picture.save(made, kind, exif=exif)
    return made.getvalue()


def degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes, seconds."""
    minutes = (value - int(value)) * 60
    return (float(int(value)), float(int(minutes)), round((minutes - int(minutes)) * 60, 4))


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that claims 900 million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side // 8 + 1) * 200, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SCRIPT = b"#!/usr/bin/env python\nimport os\nos.system('true')\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(document.cookie)</script></html>"
ZIP = b"PK\x03\x04" + b"\0" * 200
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 200
