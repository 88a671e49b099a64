"""`oppidum services`: what an administrator reads, and with which exit status."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from oppidum.__main__ import main
from oppidum.cases.declaration import DefinitionError
from oppidum.cases.management.commands import services as command


def test_the_list_names_each_service_with_its_version(capsys):
    call_command("services", "list")
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("report "))
    assert "Signaler un problème" in line


def test_the_list_speaks_english_when_asked(capsys):
    call_command("services", "list", "--language", "en")
    assert "Report a problem" in capsys.readouterr().out


def test_check_says_that_each_declaration_may_run(capsys):
    call_command("services", "check")
    assert "report: 11 steps" in capsys.readouterr().out


def test_the_graph_is_a_state_diagram_from_filing_to_the_ends(capsys):
    call_command("services", "graph", "report", "--language", "en")
    drawn = capsys.readouterr().out.splitlines()
    assert drawn[0] == "stateDiagram-v2"
    assert "    [*] --> received" in drawn
    assert "    planned --> in_progress : Start" in drawn
    assert "    waiting --> rejected : Close without an answer (after 15 days) / Will not be done" in drawn
    assert "    note right of waiting : Answer ↩" in drawn
    assert {"    done --> [*]", "    rejected --> [*]", "    duplicate --> [*]", "    transferred --> [*]"} <= set(drawn)


def test_an_unknown_service_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(CommandError, match="no service 'reports'; those declared: .*report") as refused:
        call_command("services", "graph", "reports")
    assert refused.value.returncode == 2


def test_a_fault_stops_the_program_with_a_sentence_and_a_status_of_one(monkeypatch):
    def start(arguments):
        raise DefinitionError("rental: step 'works' can't end; give it an action or a delay")

    monkeypatch.setattr("django.core.management.execute_from_command_line", start)
    with pytest.raises(SystemExit, match="step 'works' can't end(.|\n)*run `oppidum services check`") as stopped:
        main()
    assert stopped.value.code != 0


def test_a_catalogue_without_services_is_a_fault(monkeypatch):
    monkeypatch.setattr(command, "catalogue", dict)
    with pytest.raises(CommandError, match="no service is declared") as refused:
        call_command("services", "check")
    assert refused.value.returncode == 1
