"""SpiffWorkflow: the rental permit's straight way as BPMN, each act loaded from PostgreSQL, completed and stored again, in a transaction.

SpiffWorkflow has no store of its own; its documentation serialises a workflow to JSON after each task, which is what is done here.
"""

import json
import sys
import time
from io import BytesIO

import psycopg
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.version import __version__

from oppidum.operations.benches.peers import ACTS

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="rental" targetNamespace="rental">
  <process id="rental_permit" isExecutable="true">
    <startEvent id="filed"><outgoing>f0</outgoing></startEvent>
    {tasks}
    <endEvent id="ended"><incoming>f{last}</incoming></endEvent>
    {flows}
  </process>
</definitions>"""


def bpmn() -> bytes:
    """The straight way of the flow: five manual tasks one after the other."""
    nodes = ["filed", *ACTS, "ended"]
    task = '<manualTask id="{name}" name="{name}"><incoming>f{n}</incoming><outgoing>f{after}</outgoing></manualTask>'
    tasks = [task.format(name=name, n=n, after=n + 1) for n, name in enumerate(ACTS)]
    flow = '<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
    flows = [flow.format(n=n, a=a, b=b) for n, (a, b) in enumerate(zip(nodes, nodes[1:], strict=False))]
    return BPMN.format(tasks="".join(tasks), flows="".join(flows), last=len(ACTS)).encode()


def main(url: str, cases: int) -> None:
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(bpmn()))
    spec, serializer = parser.get_spec("rental_permit"), BpmnWorkflowSerializer()
    with psycopg.connect(url.replace("postgis:", "postgresql:", 1)) as link:
        link.execute("create table if not exists peer_spiff (id bigserial primary key, body jsonb not null)")
        link.commit()
        began = time.perf_counter()
        ids = [_file(link, spec, serializer) for _ in range(cases)]
        for act in ACTS:
            for case_id in ids:
                _act(link, serializer, case_id, act)
        seconds = time.perf_counter() - began
    json.dump({"version": __version__, "cases": cases, "acts": cases * len(ACTS), "seconds": seconds}, sys.stdout)


def _file(link, spec, serializer) -> int:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    found = link.execute("insert into peer_spiff (body) values (%s) returning id", [serializer.serialize_json(workflow)]).fetchone()
    link.commit()
    return found[0]


def _act(link, serializer, case_id: int, act: str) -> None:
    (body,) = link.execute("select body::text from peer_spiff where id = %s for update", [case_id]).fetchone()
    workflow = serializer.deserialize_json(body)
    (task,) = (one for one in workflow.get_tasks(state=TaskState.READY) if one.task_spec.name == act)
    task.run()
    workflow.do_engine_steps()
    link.execute("update peer_spiff set body = %s where id = %s", [serializer.serialize_json(workflow), case_id])
    link.commit()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
