"""The swimming lessons of Castelmer: a service small enough to be known by heart, with a fee and its payment."""

from oppidum.cases.declaration import (
    Action,
    Choice,
    Fee,
    FeeLine,
    Flow,
    Instalments,
    Money,
    Number,
    Reduction,
    Service,
    Tariff,
    TariffVersion,
    answer,
    end,
    money_moves,
    step,
)

enrol = Action("enrol", "Enrol", by="act", charges="lessons")
confirm = Action("confirm", "Confirm", by="system")
cancel = Action(
    "cancel",
    "Cancel",
    by=("act", "resident"),
    charges="taken",
    demands={"taken": Number("How many lessons were taken?", whole=True)},
)


class SwimmingLessons(Service):
    """Swimming lessons (cours de natation): ten euros a lesson, half for who has little."""

    code = "swimming-lessons"
    name = "Swimming lessons"
    owner = "living-environment-water"
    retention = "P1Y"
    form = {
        "lessons": Number("How many lessons?", required=True, whole=True),
        "means": Choice("Means", {"few": "few", "enough": "enough"}, private=True),
        "income": Money("Income", private=True),
    }
    tariffs = {"lesson": Tariff("Lesson", versions=(TariffVersion("2024-01-01", source="délibération n° 7", rows=((1_000,),)),))}
    fees = (
        Fee(
            "lessons",
            "Lessons",
            lines=(
                FeeLine("Lessons", quantity=answer("lessons"), unit="lessons", price="lesson"),
                Reduction("Little means", percent=50, when=answer("means").is_("few")),
            ),
            instalments=Instalments(shares=(1, 1, 1), months=(0, 1, 2), over=5_000),
            waived_under=500,
            due_days=30,
            on_paid="confirm",
            on_nothing="confirm",
            account="7062",
        ),
        Fee(
            "taken", "Lessons not taken", replaces="lessons", lines=(FeeLine("Lessons", quantity=answer("taken"), price="lesson"),)
        ),
    )
    flow = Flow(
        step("asked", enrol >> "to_pay", cancel >> "given_up", label="Asked for"),
        step("to_pay", confirm >> "enrolled", cancel >> "given_up", label="To be paid"),
        end("enrolled", cancel >> "given_up", label="Enrolled"),
        end("given_up", label="Given up"),
        always=money_moves(),
    )
