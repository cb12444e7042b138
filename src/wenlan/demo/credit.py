"""Credit in place of a deposit, as the demonstration's year lives it: a rule, an amnesty in spring, readers who ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from wenlan.circulation import operations as circulation
from wenlan.circulation.types import NewRule as LendingRule
from wenlan.credit import amnesties, queries, reviews
from wenlan.credit import operations as credit
from wenlan.credit.amnesties import Draft
from wenlan.credit.types import CompensationTerms, NewRule, PointRule, Reminder
from wenlan.demo.guests import DEPOSITOR
from wenlan.demo.models import Demo
from wenlan.demo.stage import Stage
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons

START, FLOOR = 100, 60
RULE = {"zh": "读者信用积分", "en": "Credit points of readers"}
FLOOR_WORDS = {"zh": f"信用积分不足{FLOOR}分暂停外借", "en": f"No loans under {FLOOR} credit points"}
DEPOSIT, DEPOSIT_FEN = {"zh": "市外读者押金", "en": "Deposit of readers from outside"}, 10_000
AMNESTY = "世界读书日还书免扣信用积分"
STEP, MOST_STEPS = 500, 4
ASKED = (  # what some of the first who lost points say, and what the director answers
    ("上周住院，家人代还晚了，有出院小结。", "情况属实，退还积分。", True),
    ("还书箱满了，我隔天又来还的。", "已核对当日记录，还书箱未满。", False),
    ("流动车当周没有到我们村。", "", None),
)
ASKED_LATE = (  # what others say in December; nobody has looked at it yet
    ("期末考试周没能按时还，孩子已知道要提前续借。", "", None),
    ("系统显示逾期3天，其中一天是闭馆日。", "", None),
)


def build_credit(stage: Stage, demo: Demo) -> None:
    """Keep points for every reader of the network, and lend nothing under a floor."""
    act = stage.taken_over("credit")
    rule = NewRule(
        code="standard",
        words=RULE,
        node=network.root().id,
        from_day=stage.eve,
        start_points=START,
        most_points=120,
        points={
            "late": PointRule(points=-2, most_each=30),
            "damage": PointRule(points=-5),
            "loss": PointRule(points=-20),
        },
        restore_points=10,
        restore_days=30,
        compensation=CompensationTerms(factors=((0, 300), (1980, 200), (2000, 100)), by_set=True, handling_fen=300),
        refund_days=90,
        reminders=(Reminder(days=-3, how="notice"), Reminder(days=7, how="notice"), Reminder(days=30, how="call")),
    )
    credit.set_rule(act, rule=rule)
    deposit = replace(rule, code="deposit", words=DEPOSIT, category=DEPOSITOR, deposit_fen=DEPOSIT_FEN)
    credit.set_rule(stage.taken_over("credit:deposit"), rule=deposit)
    floor = LendingRule(code="credit_floor", words=FLOOR_WORDS, node=rule.node, from_day=stage.eve, credit_floor=FLOOR)
    circulation.set_rule(act, rule=floor)


@dataclass
class Credit:
    """What the office does with points in the year. Days come in order."""

    stage: Stage

    @cached_property
    def closes(self) -> date:
        """The last day of the amnesty."""
        return date(self.stage.plan.year, 4, 30)

    def live(self, day: date) -> None:
        """Do what stands in the calendar for a day."""
        if day == self.closes - timedelta(days=20):
            self._propose(day)
        if day.day == 1:
            self._in_steps(credit.restore_due, day)
        if (day.month, day.day) == (3, 15):
            self._look_again(day, ASKED)
        if day == self.stage.last(2):
            self._look_again(day, ASKED_LATE)

    def open_accounts(self, day: date) -> None:
        """Let the first of the readers see their points; the others' accounts are opened by the clock."""
        self._in_steps(credit.open_accounts, day)

    def _office(self, day: date, key: str, by: str = "director") -> Act:
        return self.stage.act(day, 10 * 3600, f"credit:{key}", by=by)

    def _propose(self, day: date) -> None:
        """Propose the amnesty of the reading day, and approve it an hour later."""
        asked = self._office(day, "amnesty", "deputy")
        draft = Draft(
            node=network.root().id,
            from_day=day,
            until_day=self.closes + timedelta(days=1),
            restores=False,
            waives_charges=True,
        )
        made = amnesties.propose(asked, name=AMNESTY, draft=draft, basis="馆务会会议纪要第7号")
        amnesties.approve(self._office(day, "amnesty-approved"), amnesty_id=made.id)

    def _look_again(self, day: date, asked_for: Sequence[tuple[str, str, bool | None]]) -> None:
        """Let some who lost points ask that a person looks again; the last of them still waits."""
        found = queries.last_deducted(len(asked_for))
        for at, (patron, (words, answer, is_granted)) in enumerate(zip(found, asked_for, strict=False)):
            line = next((one for one in queries.points(patron) if one.points < 0), None)
            if line is None:
                continue
            said = replace(
                self._office(day, f"review:{day.month}:{at}"),
                channel=Channel.WEB,
                staff=None,
                node=patrons.patron(patron).home_node,
            )
            asked = reviews.ask(said, patron=patron, entry=line.id, words=words)
            if is_granted is not None:
                points = -line.points if is_granted else None
                decided = self._office(day, f"decided:{day.month}:{at}")
                reviews.decide(decided, review_id=asked.id, answer=answer, points=points)

    def _in_steps(self, step: Callable[..., tuple[int, int]], day: date) -> None:
        after = 0
        for at in range(MOST_STEPS):
            act = self.stage.act(day, 22 * 3600, f"credit:{step.__name__}:{day.isoformat()}:{at}", by="system")
            _done, after = step(act, after=after, limit=STEP)
            if not after:
                break
