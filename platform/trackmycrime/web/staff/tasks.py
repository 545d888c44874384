"""What is done with a task: it is taken, forwarded, or done. Each is a thing of its own that is made."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from trackmycrime.domain import cases, tasks
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.case_page import Filled, show_again


class TasksController(Controller):
    """One task."""

    path = "/staff/tasks/{task_id:uuid}"

    @post("/claims", opt={"permission": Permission.INBOX_WORK})
    async def claim(self, tx: NamedDependency[ForceTx], task_id: FromPath[UUID]) -> Redirect:
        """Take it, and go where it can be worked on."""
        task = await tasks.claim(tx, task_id)
        return go(f"{desk.CASES}/{task.case_id}?done=taken" if task.case_id else f"{desk.INBOX}?done=taken")

    @post("/completions", opt={"permission": Permission.INBOX_WORK})
    async def finish(
        self, tx: NamedDependency[ForceTx], form: NamedDependency[dict[str, str]], task_id: FromPath[UUID]
    ) -> Redirect:
        """Mark it as done, and stay where that was said if that is still allowed."""
        task = await tasks.finish(tx, task_id)
        on_case = task.case_id if form.get("from") == "case" else None
        return go(await after(tx, on_case, "finished"))

    @post("/forwardings", opt={"permission": Permission.INBOX_WORK})
    async def forward(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        task_id: FromPath[UUID],
    ) -> Redirect | Page:
        """Give it to somebody else."""
        said = form.get("to", "")
        staff_id = await tasks.worker(tx, said)
        if staff_id is None:
            return await _choose_somebody(tx, visit, task_id, said)
        task = await tasks.give(tx, task_id, staff_id)
        return go(await after(tx, task.case_id, "forwarded"))


async def _choose_somebody(tx: ForceTx, visit: Visit, task_id: UUID, said: str) -> Page:
    task = await tasks.workable(tx, task_id)
    field = f"to-{task_id}"
    refusal = Invalid({field: _("Choose who to forward this to")})
    if task.case_id is None:
        raise refusal
    return await show_again(tx, visit, task.case_id, Filled(forward=Form({field: said}, refusal.fields)), refusal)


async def after(tx: ForceTx, case_id: UUID | None, done: str) -> str:
    """Return where to go after something was done on a case: back to it while its reader may see it, else to the inbox."""
    if case_id is None:
        return f"{desk.INBOX}?done={done}"
    try:
        await cases.seen_by_actor(tx, case_id)
    except NotFound:
        return f"{desk.INBOX}?done={done}"
    return f"{desk.CASES}/{case_id}?done={done}"
