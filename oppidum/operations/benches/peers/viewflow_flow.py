"""The rental permit's straight way, as Viewflow declares flows; imported once Django is set up for it."""

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process


class RentalPermit(flow.Flow):
    """Filed, then five acts one after the other, each under a row lock."""

    process_class = Process
    lock_impl = lock.select_for_update_lock

    start = flow.StartHandle(this.file).Next(this.complete)
    complete = flow.Handle(this.act).Next(this.visit)
    visit = flow.Handle(this.act).Next(this.visited)
    visited = flow.Handle(this.act).Next(this.favourable)
    favourable = flow.Handle(this.act).Next(this.let)
    let = flow.Handle(this.act).Next(this.end)
    end = flow.End()

    def file(self, activation):
        return activation.process

    def act(self, activation):
        return activation.process
