"""A list in chromium: sent, looked at and confirmed, at a phone and at a laptop."""

import pytest

from oppidum.cases.lists import uploads
from oppidum.services.living_environment.special_waste_notice import CODE
from tests.browser import check_page
from tests.lists.conftest import a_list, row

pytestmark = pytest.mark.browser
LOOKED_AT = {"widths": (360, 1440)}


def test_a_list_is_sent_looked_at_and_confirmed(open_page, people, transactional_db):
    page = open_page(f"/desk/lists/?service={CODE}", officer=people.ana)
    page.locator("details summary", has_text="colonne").click()
    check_page(page, **LOOKED_AT)
    faulty = [row(n, about="everything") for n in (4, 5)]
    content = a_list(row(1), row(2, name="Épicerie de l’Étoile et du très long Cours Lieutaud"), row(3), *faulty, encoding="cp1252")
    page.set_input_files(
        "input[type=file]", {"name": "courriers-2027-règlement-unique.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.locator("form[enctype] button").click()
    page.wait_for_selector(".list-counts")
    check_page(page, **LOOKED_AT)
    page.locator("form[action$='/confirm/'] button").click()
    page.wait_for_selector("progress")
    check_page(page, **LOOKED_AT)
    uploads.work()
    page.reload()
    page.wait_for_selector(".notice-done")
    check_page(page, **LOOKED_AT)
    page.goto(page.url.split("/desk/")[0] + "/desk/lists/")
    check_page(page, **LOOKED_AT)
