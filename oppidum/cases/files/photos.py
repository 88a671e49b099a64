"""Pictures that residents and officers send: believed by their content alone, re-encoded, and stored without a trace of the camera.

A picture is refused by its first bytes and its announced size, before anything is decoded. What is kept is a new JPEG made of the
pixels: no EXIF, no GPS, no colour profile, no file name, nothing that was hidden behind the image. The position is read first, and
only offered to the person who sent it. Files are named by their content, so that writing one twice is writing it once.

Why each limit: OWASP, File Upload Cheat Sheet; Pillow, "Decompression bombs" (Image.MAX_IMAGE_PIXELS).
"""

import hashlib
import io
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from oppidum.cases.models import Photo
from oppidum.core.errors import Invalid

LARGEST_BYTES = 15 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
LARGEST_SIDE, THUMBNAIL_SIDE = 2048, 480
QUALITY = 82
MOST_PHOTOS = 4
DRAFT_DAYS = 14

# Pillow itself warns above this and refuses at twice as much, also in the code paths that we don't call.
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS

_SIGNATURES = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_GPS_IFD, _ORIENTATION = 0x8825, 0x0112


class PhotoRefused(Invalid):
    """The file is no picture that we can take; the message says what to do instead."""

    code = "photo-refused"
    default = _("This file is not a photo that we can read. Send a photo in JPEG, PNG or WebP.")


class PhotoTooLarge(PhotoRefused):
    """Heavier or wider than we take."""

    code = "photo-too-large"
    status = 413
    default = _("This photo is too heavy: at most 15 MB. Take it again in a smaller size, or choose another.")


@dataclass(frozen=True)
class Encoded:
    """A picture made anew: the bytes of the JPEG and its measures."""

    data: bytes
    width: int
    height: int


def save_upload(file: BinaryIO, now: datetime) -> Photo:
    """Check, re-encode and store a picture; it belongs to no case until its form is sent. Raises `PhotoRefused`."""
    with _open_checked(file) as image:
        picture = _upright(image)
    full = _encode(picture, LARGEST_SIDE)
    thumbnail = _encode(picture, THUMBNAIL_SIDE)
    return Photo.objects.create(
        token=secrets.token_urlsafe(32),
        file=_store(full.data),
        thumbnail=_store(thumbnail.data),
        width=full.width,
        height=full.height,
        uploaded_at=now,
    )


def find_position(file: BinaryIO) -> tuple[float, float] | None:
    """Where the picture was taken, as (lon, lat), from its EXIF; None when it doesn't say or can't be believed."""
    try:
        with _open_checked(file) as image:
            gps = image.getexif().get_ifd(_GPS_IFD)
        return _read_gps(gps)
    except (PhotoRefused, OSError, ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, SyntaxError):
        return None
    finally:
        file.seek(0)


def public_url(photo: Photo) -> str:
    """The address of the picture; who may open it is decided there."""
    return reverse("portal:photo", args=[photo.token, "full"])


def thumbnail_url(photo: Photo) -> str:
    """The address of its small version."""
    return reverse("portal:photo", args=[photo.token, "thumb"])


def path_of(photo: Photo, size: str) -> Path:
    """Where the file lies; `size` is "full" or "thumb"."""
    return Path(settings.MEDIA_ROOT) / (photo.file if size == "full" else photo.thumbnail)


def drop_abandoned(now: datetime) -> int:
    """Forget pictures of forms that were never sent, with the files that nobody else uses; returns how many."""
    with transaction.atomic():
        return _remove(Photo.objects.filter(case=None, uploaded_at__lt=now - timedelta(days=DRAFT_DAYS)))


def remove_photos(case_ids: Sequence[int]) -> int:
    """Remove the pictures of those cases, in the caller's transaction; their files go when it is committed."""
    return _remove(Photo.objects.filter(case__in=case_ids))


def _remove(photos: QuerySet[Photo]) -> int:
    """Equal pictures share a file: it goes with the last of them."""
    gone = list(photos.select_for_update(skip_locked=True))
    Photo.objects.filter(pk__in=[photo.pk for photo in gone]).delete()
    names = {name for photo in gone for name in (photo.file, photo.thumbnail)}
    transaction.on_commit(lambda: _remove_unused(names))
    return len(gone)


def _remove_unused(names: set[str]) -> None:
    kept = set(Photo.objects.filter(file__in=names).values_list("file", flat=True))
    kept |= set(Photo.objects.filter(thumbnail__in=names).values_list("thumbnail", flat=True))
    for name in names - kept:
        (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _open_checked(file: BinaryIO) -> Image.Image:
    """The picture, identified and measured but not decoded yet."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size > LARGEST_BYTES:
        raise PhotoTooLarge()
    kind = _kind_of(file.read(32))
    file.seek(0)
    try:
        image = Image.open(file, formats=[kind])
    except Image.DecompressionBombError:
        raise PhotoTooLarge(_TOO_WIDE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise PhotoRefused(_DAMAGED) from None
    if image.width * image.height > LARGEST_PIXELS:
        raise PhotoTooLarge(_TOO_WIDE)
    return image


_TOO_WIDE = _("This photo has too many pixels: at most 50 million. Take it again in a smaller size, or choose another.")
_DAMAGED = _("This photo is damaged, or its sending was cut short. Send it again, or choose another.")
_HEIC = _(
    "This photo is in the HEIC format, which we can't read yet. On an iPhone: Settings, Camera, Formats, “Most Compatible”; "
    "or send a screenshot of it."
)
_EMPTY = _("This file is empty. Choose the photo again.")


def _kind_of(head: bytes) -> str:
    """The format that the first bytes tell, whatever the file's name and declared type."""
    if not head:
        raise PhotoRefused(_EMPTY)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise PhotoRefused(_HEIC)
    raise PhotoRefused()


def _upright(image: Image.Image) -> Image.Image:
    """The decoded pixels as the photographer saw them, on white where they were transparent."""
    try:
        # A JPEG can be decoded at half or a quarter of its size: faster, and a fraction of the memory.
        image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        turned = image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
        image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
        picture = ImageOps.exif_transpose(image) if turned or image.getexif().get(_ORIENTATION, 1) != 1 else image
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            ground = Image.new("RGB", picture.size, "white")
            ground.paste(picture, mask=picture.getchannel("A"))
            return ground
        return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, MemoryError):
        raise PhotoRefused(_DAMAGED) from None


def _encode(picture: Image.Image, side: int) -> Encoded:
    """A JPEG of at most `side` pixels, made of the pixels alone."""
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    small.info.clear()
    made = io.BytesIO()
    small.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=side > THUMBNAIL_SIDE)
    return Encoded(made.getvalue(), small.width, small.height)


def _store(data: bytes) -> str:
    """Write `data` under the name of its content; whole or not at all, whatever happens meanwhile."""
    mark = hashlib.sha256(data).hexdigest()
    name = f"photos/{mark[:2]}/{mark[2:4]}/{mark}.jpg"
    target = Path(settings.MEDIA_ROOT) / name
    if target.exists():
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).chmod(0o640)
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return name


def _read_gps(gps: dict) -> tuple[float, float] | None:
    """EXIF 2.32, 4.6.6: latitude (2) with N or S (1), longitude (4) with E or W (3), each in degrees, minutes, seconds."""
    lat, lon = _degrees(gps[2], gps[1], "S"), _degrees(gps[4], gps[3], "W")
    believable = -90 <= lat <= 90 and -180 <= lon <= 180 and (lon, lat) != (0.0, 0.0)
    return (round(lon, 6), round(lat, 6)) if believable else None


def _degrees(parts, reference: str, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference).strip("\x00 ").upper() == negative else value
