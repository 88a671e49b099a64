"""The annual activity report (rapport d'activité): structure and texts by directorate, figures by name, on page and paper."""
