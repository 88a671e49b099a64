"""Files that must stand before the first page, and the port that must be free."""

import os
import shutil
import socket

import pytest
from django.conf import settings as here
from django.utils.translation import gettext, override
from django.utils.translation.reloader import translation_file_changed

from oppidum.operations.preparing import NotPrepared, compile_messages, load_application
from oppidum.operations.serving import Address, PortTaken
from oppidum.operations.vendoring import VendorError, copy_vendor

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def translation(tmp_path):
    """The one French file of a small clone."""
    path = tmp_path / "oppidum/web/locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + '#, python-format\nmsgid "%(n)s bins"\nmsgstr "%(n)s bacs"\n')
    return path


def test_a_translation_is_compiled_once(tmp_path, translation):
    assert compile_messages(tmp_path) == 1
    assert compile_messages(tmp_path) == 0


def test_the_process_that_compiled_a_translation_speaks_by_it(tmp_path, settings):
    path = tmp_path / "fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + 'msgid "Three blue bins"\nmsgstr "Trois bacs bleus"\n')
    settings.LOCALE_PATHS = [tmp_path]
    try:
        with override("fr"):
            assert gettext("Three blue bins") == "Three blue bins"
            assert compile_messages(tmp_path) == 1
            assert gettext("Three blue bins") == "Trois bacs bleus"
    finally:
        translation_file_changed(None, path.with_suffix(".mo"))


def test_a_translation_that_changed_is_compiled_again(tmp_path, translation):
    compile_messages(tmp_path)
    later = translation.stat().st_mtime + 10
    os.utime(translation, (later, later))
    assert compile_messages(tmp_path) == 1


def test_a_translation_that_loses_a_value_is_refused_by_name(tmp_path, translation):
    translation.write_text(HEAD + '#, python-format\nmsgid "%(n)s bins"\nmsgstr "des bacs"\n')
    with pytest.raises(NotPrepared, match="django.po"):
        compile_messages(tmp_path)


@pytest.fixture
def clone(tmp_path):
    """A clone whose node_modules are this one's."""
    if not (here.ROOT / "node_modules").exists():
        pytest.skip("node_modules is not installed (bin/setup)")
    shutil.copy(here.ROOT / "package-lock.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(here.ROOT / "node_modules")
    (tmp_path / "oppidum/web").mkdir(parents=True)
    return tmp_path


def test_only_the_icons_that_are_named_are_copied(clone):
    (clone / "oppidum/web/icons.txt").write_text("map-pin\nphone\n")
    assert copy_vendor(clone, clone / "var") is True
    icons = (clone / "var/vendor/vendor/lucide-static/icons").iterdir()
    assert sorted(icon.name for icon in icons) == ["map-pin.svg", "phone.svg"]
    assert (clone / "var/vendor/vendor/maplibre-gl/dist/maplibre-gl-worker.mjs").exists()


def test_an_icon_that_does_not_exist_is_named(clone):
    (clone / "oppidum/web/icons.txt").write_text("map-pin\nno-such-icon\n")
    with pytest.raises(VendorError, match="no-such-icon"):
        copy_vendor(clone, clone / "var")


def test_a_second_copy_happens_only_when_the_list_changed(clone):
    (clone / "oppidum/web/icons.txt").write_text("map-pin\n")
    copy_vendor(clone, clone / "var")
    assert copy_vendor(clone, clone / "var") is False
    (clone / "oppidum/web/icons.txt").write_text("phone\n")
    assert copy_vendor(clone, clone / "var") is True
    assert not (clone / "var/vendor/vendor/lucide-static/icons/map-pin.svg").exists()


def test_a_taken_port_is_named_with_the_way_to_choose_another():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is taken.*PORT={port + 1} make demo"):
            Address(port=port).must_be_free()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(PortTaken, match="192.0.2.1 is no address of this machine"):
        Address("192.0.2.1", 8000).must_be_free()


def test_a_server_for_all_networks_is_reached_by_this_machine_at_home():
    assert Address("0.0.0.0", 8000).url == "http://127.0.0.1:8000"
    assert Address("::1", 8000).url == "http://[::1]:8000"


def test_a_faulty_middleware_is_named_before_the_server_starts(settings):
    settings.MIDDLEWARE = ["oppidum.web.no_such_module.Middleware"]
    with pytest.raises(NotPrepared, match="no_such_module"):
        load_application()
