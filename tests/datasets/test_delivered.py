"""Files that communes and operators deliver are checked before they are taken: the row, the column, and what to do."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from oppidum.core.errors import Invalid
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.delivered import check_file
from oppidum.publishing.datasets.faults import tell
from oppidum.publishing.datasets.schema import constraints_of

STANDARDS = Path(__file__).resolve().parents[3] / "shared/standards"
beside = pytest.mark.skipif(
    not STANDARDS.exists(), reason="the national schemas stand beside the project; ours below are always checked"
)

STATIONS = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "^FR\\d{3}$", "unique": True}},
        {"name": "place", "type": "geopoint", "format": "array"},
        {"name": "power", "type": "number", "constraints": {"minimum": 0, "maximum": 400}},
        {"name": "free", "type": "boolean"},
        {"name": "since", "type": "date"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["AC", "DC"]}},
        {"name": "mail", "type": "string", "format": "email"},
    ]
}
HEAD = "id,place,power,free,since,kind,mail\n"
GOOD = 'FR001,"[5.37,43.29]",22.5,true,2027-03-12,AC,a@example.org\n'


@pytest.fixture
def check(tmp_path):
    """The codes of the faults of a text, by row and column."""
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(STATIONS))

    def run(text, encoding="utf-8"):
        (tmp_path / "file.csv").write_bytes(text.encode(encoding))
        return [(one.get("row"), one.get("column"), one["code"]) for one in check_file(tmp_path / "file.csv", str(schema))]

    return run


@pytest.mark.parametrize(
    "text", [HEAD + GOOD, "\ufeff" + HEAD + GOOD, (HEAD + GOOD).replace("\n", "\r\n"), 'kind;id;place\nDC;FR002;"[5.37,43.29]"\n']
)
def test_a_good_file_is_taken_however_it_was_saved(text, check):
    assert check(text) == []


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (GOOD.replace("FR001", "FR01"), "id", "pattern"),
        (GOOD.replace("FR001", ""), "id", "required"),
        (GOOD.replace("22.5", "22,5"), "power", "type"),
        (GOOD.replace("22.5", "-1"), "power", "minimum"),
        (GOOD.replace("22.5", "1000"), "power", "maximum"),
        (GOOD.replace("true", "oui"), "free", "type"),
        (GOOD.replace("2027-03-12", "12/03/2027"), "since", "type"),
        (GOOD.replace("AC", "XX"), "kind", "enum"),
        (GOOD.replace("a@example.org", "nobody"), "mail", "type"),
        (GOOD.replace('"[5.37,43.29]"', "here"), "place", "type"),
        (GOOD.replace('"[5.37,43.29]"', '"[43.29, 5.37]"'), "place", "swapped"),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(row, column, code, check):
    row = row.replace("22,5", '"22,5"')
    assert (3, column, code) in check(HEAD + GOOD.replace("FR001", "FR009") + row)


def test_faults_of_the_whole_file_are_told(check):
    assert check(HEAD.replace("id,", "") + "x\n")[0][1:] == ("id", "missing-column")
    assert check("") == [(None, None, "empty")]
    assert check((HEAD + GOOD).replace("a@example.org", "é@example.org"), encoding="latin-1") == [(None, None, "encoding")]
    assert (3, "id", "unique") in check(HEAD + GOOD + GOOD)
    assert (3, None, "blank-row") in check(HEAD + GOOD + "\n" + GOOD.replace("FR001", "FR002"))


def test_every_fault_has_words_and_a_remedy(check, tmp_path):
    wrong = HEAD + GOOD.replace("FR001", "x").replace("AC", "XX").replace("true", "oui")
    check(wrong)
    for fault in check_file(tmp_path / "file.csv", str(tmp_path / "schema.json")):
        where, says, remedy = tell(fault)
        assert where.startswith("ligne 2") and says and remedy


def test_a_schema_that_is_not_there_is_named():
    with pytest.raises(Invalid, match="nothing-such"):
        check_file(Path("x.csv"), "nothing-such")


def test_the_command_says_the_faults_and_fails(tmp_path, capsys):
    (tmp_path / "schema.json").write_text(json.dumps(STATIONS))
    file = tmp_path / "stations.csv"
    file.write_text(HEAD + GOOD.replace("AC", "XX"))
    with pytest.raises(CommandError, match="1 faute"):
        call_command("datasets", "check", str(file), schema=str(tmp_path / "schema.json"))
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "ligne 2, colonne kind : « XX » n'est pas une des valeurs admises. Choisissez parmi : AC, DC." in said
    file.write_text(HEAD + GOOD)
    call_command("datasets", "check", str(file), schema=str(tmp_path / "schema.json"))


def test_a_json_file_is_checked_by_its_json_schema(tmp_path):
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "lots": {"type": "array", "items": {"type": "integer"}}},
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema))
    file = tmp_path / "contract.json"
    file.write_text('{"id": "1", "lots": [1, "two"]}')
    assert [(one["column"], one["code"]) for one in check_file(file, str(tmp_path / "schema.json"))] == [("lots.1", "json")]
    file.write_text('{"id": "1"')
    assert check_file(file, str(tmp_path / "schema.json"))[0]["code"] == "unreadable"


@beside
@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("irve/exemple-valide-statique.csv", "irve/schema-statique.json"),
        ("irve/exemple-valide-dynamique.csv", "irve/schema-dynamique.json"),
        ("scdl/deliberations/exemple-valide.csv", "scdl/deliberations/schema.json"),
        ("scdl/subventions/exemple-valide.csv", "scdl/subventions/schema.json"),
        ("stationnement/exemple-valide.csv", "stationnement/schema.json"),
        ("stationnement/velo-exemple-valide.csv", "stationnement/velo-schema.json"),
        ("comptage-mobilites/channel-exemple-valide.csv", "comptage-mobilites/channel-schema.json"),
        ("arbres/exemple-valide.csv", "arbres/schema.json"),
        ("decp/decp-dpa-exemple-valide.csv", "decp/decp-dpa-tableschema.json"),
        *((f"decp/exemples/json/{name}.json", "decp/schema_decp_v2.0.3.json") for name in ("concessions", "marches_concessions")),
        *(
            (f"decp/exemples/json/{name}_avec_modifications.json", "decp/schema_decp_v2.0.3.json")
            for name in ("concessions", "marches")
        ),
    ],
)
def test_the_examples_of_national_schemas_are_taken(file, schema):
    assert check_file(STANDARDS / file, str(STANDARDS / schema)) == []


@beside
@pytest.mark.parametrize(
    ("file", "schema", "column"),
    [
        ("irve/invalid/siren-8.csv", "irve/schema-statique.json", "siren_amenageur"),
        ("irve/invalid/email.csv", "irve/schema-statique.json", "contact_operateur"),
        ("irve/invalid/implantation.csv", "irve/schema-statique.json", "implantation_station"),
        ("irve/invalid/coord-text.csv", "irve/schema-statique.json", "coordonneesXY"),
        ("irve/invalid/bool-fr.csv", "irve/schema-statique.json", "reservation"),
        ("irve/invalid/date-fr.csv", "irve/schema-statique.json", "date_maj"),
        ("irve/invalid/horaires.csv", "irve/schema-statique.json", "horaires"),
        ("scdl/deliberations/invalid/siret-13.csv", "scdl/deliberations/schema.json", "COLL_SIRET"),
        ("scdl/deliberations/invalid/date-fr.csv", "scdl/deliberations/schema.json", "DELIB_DATE"),
        ("scdl/subventions/invalid/montant-virgule.csv", "scdl/subventions/schema.json", "montant"),
        ("scdl/subventions/invalid/nature.csv", "scdl/subventions/schema.json", "nature"),
        ("covoiturage/lieux/exemple-invalide-v0.2.csv", "covoiturage/lieux/schema.json", "id_local"),
        ("stationnement/exemple-invalide.csv", "stationnement/schema.json", "id"),
    ],
)
def test_a_faulty_file_is_refused_by_the_name_of_its_column(file, schema, column):
    faults = check_file(STANDARDS / file, str(STANDARDS / schema))
    assert column in {fault.get("column") for fault in faults}
    assert all(tell(fault).says for fault in faults)


@beside
@pytest.mark.parametrize(
    ("name", "path"), [("deliberations", "deliberations"), ("grants", "subventions"), ("datasets", "catalogue")]
)
def test_our_declarations_ask_what_the_national_schemas_ask(name, path):
    """Same columns in the same order, and no value that ours takes would theirs refuse."""
    national = json.loads((STANDARDS / f"scdl/{path}/schema.json").read_text())["fields"]
    dataset = all_datasets()[name]
    assert list(dataset.names) == [field["name"] for field in national]
    for column, field in zip(dataset.columns, national, strict=True):
        assert column.type == field["type"], column.name
        if column.type == "boolean":
            assert column.truths[0] in field["trueValues"] and column.truths[1] in field["falseValues"]
        theirs, ours = field.get("constraints", {}), constraints_of(column)
        for key, value in theirs.items():
            if key == "enum":
                assert set(ours["enum"]) <= set(value), column.name
            elif key == "pattern":
                assert ours["pattern"] == value.removeprefix("^").removesuffix("$"), column.name
            else:
                assert ours[key] == value, (column.name, key)
