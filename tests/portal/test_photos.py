"""What is believed of a file that somebody sends, and what is left of it."""

import io
import os

import pytest
from PIL import Image, ImageOps

from oppidum.cases.files import photos
from oppidum.cases.files.photos import PhotoRefused, PhotoTooLarge, drop_abandoned, find_position, path_of, save_upload
from oppidum.cases.models import Photo
from oppidum.core import clock
from tests.portal.pictures import HEIC, HTML, SCRIPT, SVG, ZIP, bomb, jpeg, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder) -> list[str]:
    return [name for _, _, names in os.walk(folder) for name in names]


def test_a_photo_is_made_anew_in_two_sizes(media):
    photo = save_upload(upload(jpeg((3000, 2000))), clock.now())
    assert (photo.width, photo.height) == (2048, 1365)
    with Image.open(path_of(photo, "full")) as full, Image.open(path_of(photo, "thumb")) as thumb:
        assert (full.format, full.size, thumb.size) == ("JPEG", (2048, 1365), (480, 320))
    assert len(photo.token) == 43 and photo.case is None


def test_the_position_is_read_first_and_then_nothing_is_left_of_it(media):
    data = jpeg(at=(5.4475, 43.5297))
    assert find_position(upload(data)) == pytest.approx((5.4475, 43.5297), abs=1e-4)
    photo = save_upload(upload(data), clock.now())
    for size in ("full", "thumb"):
        stored = path_of(photo, size).read_bytes()
        assert b"Exif" not in stored and b"Secret Camera" not in stored
        with Image.open(io.BytesIO(stored)) as picture:
            assert not picture.getexif() and "exif" not in picture.info


@pytest.mark.parametrize("at", [(-4.5, 48.4), (166.4, -22.3)])
def test_west_and_south_are_negative(at):
    assert find_position(upload(jpeg(at=at))) == pytest.approx(at, abs=1e-4)


@pytest.mark.parametrize("data", [jpeg(), SCRIPT, b"", jpeg(at=(0.0, 0.0)), jpeg(at=(5.0, 43.0))[:300]])
def test_no_position_is_no_fault(data):
    assert find_position(upload(data)) is None


def test_a_photo_taken_sideways_stands_upright(media):
    data = jpeg((800, 600), orientation=6)
    photo = save_upload(upload(data), clock.now())
    assert (photo.width, photo.height) == (600, 800)
    with Image.open(path_of(photo, "full")) as stored, Image.open(io.BytesIO(data)) as sent:
        right = ImageOps.exif_transpose(sent)
        for spot in ((300, 100), (300, 700)):
            assert stored.getpixel(spot) == pytest.approx(right.getpixel(spot), abs=6)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_png_and_webp_are_taken_whatever_the_name_says(media, kind):
    photo = save_upload(upload(jpeg(kind=kind), "photo.jpg"), clock.now())
    assert path_of(photo, "full").read_bytes().startswith(b"\xff\xd8\xff")


def test_what_was_transparent_is_white(media):
    made = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(made, "PNG")
    photo = save_upload(upload(made.getvalue()), clock.now())
    with Image.open(path_of(photo, "full")) as stored:
        assert min(stored.getpixel((25, 25))) > 250


@pytest.mark.parametrize("data", [SCRIPT, SVG, HTML, ZIP, b"GIF89a" + b"\0" * 60, b"\xff\xd8\xff" + SCRIPT, b"", b"\0" * 40])
def test_a_file_that_only_pretends_is_refused_and_leaves_nothing(media, data):
    with pytest.raises(PhotoRefused):
        save_upload(upload(data, "photo.jpg"), clock.now())
    assert not files_in(media) and not Photo.objects.exists()


def test_heic_is_refused_with_what_to_do(media):
    with pytest.raises(PhotoRefused) as refused:
        save_upload(upload(HEIC, "IMG_0001.HEIC"), clock.now())
    assert "iPhone" in str(refused.value)


def test_a_decompression_bomb_is_refused_before_it_is_decoded(media, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    data = bomb()
    assert len(data) < 50_000
    with pytest.raises(PhotoTooLarge):
        save_upload(upload(data), clock.now())


def test_sixty_million_pixels_are_too_many(media):
    with pytest.raises(PhotoTooLarge):
        save_upload(upload(bomb(7_800)), clock.now())


def test_a_photo_cut_short_is_refused(media):
    with pytest.raises(PhotoRefused):
        save_upload(upload(jpeg()[:4000]), clock.now())
    assert not files_in(media)


def test_twenty_megabytes_are_too_heavy(media):
    with pytest.raises(PhotoTooLarge) as refused:
        save_upload(upload(jpeg() + b"\0" * 20_000_000), clock.now())
    assert refused.value.status == 413


def test_the_same_photo_twice_is_one_file_and_two_photos(media):
    first, again = save_upload(upload(jpeg()), clock.now()), save_upload(upload(jpeg()), clock.now())
    assert first.file == again.file and first.token != again.token
    assert len(files_in(media)) == 2


def test_a_failed_write_leaves_no_half_file(media, monkeypatch):
    monkeypatch.setattr(photos.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save_upload(upload(jpeg()), clock.now())
    assert not files_in(media) and not Photo.objects.exists()


def test_photos_of_forms_never_sent_are_forgotten_with_their_files(media, moved, django_capture_on_commit_callbacks):
    with moved(2027, 3, 1, 9):
        save_upload(upload(jpeg()), clock.now())
        save_upload(upload(jpeg((90, 60))), clock.now())
    with moved(2027, 3, 10, 9):
        kept = save_upload(upload(jpeg()), clock.now())
    with moved(2027, 3, 20, 9), django_capture_on_commit_callbacks(execute=True):
        assert drop_abandoned(clock.now()) == 2
    assert Photo.objects.get().pk == kept.pk
    assert len(files_in(media)) == 2 and path_of(kept, "full").exists()
