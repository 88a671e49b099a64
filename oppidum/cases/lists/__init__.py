"""Lists (listes): the rows of a spreadsheet become cases of a service. The command `oppidum import` and the desk's page come this way both.

reading     bytes -> Table             what kind of file it is, its letters, its header, its rows
columns     service -> columns         which columns a list may have, in words; the faults of a header
rows        row -> NewCase or faults   the same questions, checks and places as the page
uploads     a list sent at the desk    checked, confirmed, filed by the worker, forgotten
"""
