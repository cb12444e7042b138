"""The posts of a county library (PRACTICE V19). Who asks cannot approve; the system administrator sees no reader."""

from wenlan.staff.types import Right, RoleFacts

SEES = (Right.CATALOGUE_SEE, Right.FIGURES_SEE)
DESK = (*SEES, Right.CHECK_OUT, Right.PATRONS_SEE, Right.PATRONS_NAMES, Right.PATRONS_REGISTER, Right.COUNT)
STOCK = (Right.HOLDINGS_EDIT, Right.HOLDINGS_RECEIVE)
READERS = (Right.PATRONS_IDENTITY, Right.PATRONS_MANAGE)
BRANCH = (
    *DESK,
    *READERS,
    Right.HOLDINGS_RECEIVE,
    Right.OVERRIDE,
    Right.ACTIVITIES_EDIT,
    Right.REGISTERS_EDIT,
    Right.MONEY,
    Right.KEEP_ROOM,
    Right.ROSTER,
    Right.VOLUNTEERS,
    Right.BOOKSHOP,
)


def role(code: str, zh: str, en: str, *rights: Right) -> RoleFacts:
    """Return a shipped role."""
    return RoleFacts(code=code, names={"zh": zh, "en": en}, rights=tuple(dict.fromkeys(rights)))


SHIPPED = (
    role(
        "director", "馆长", "Director",
        *SEES, Right.PATRONS_SEE, Right.HOLDINGS_APPROVE, Right.MONEY_APPROVE, Right.REPORT_SIGN, Right.STAFF_GRANT,
        Right.NETWORK_EDIT, Right.RULES_EDIT, Right.REGISTERS_EDIT, Right.REGISTERS_DECLARE, Right.ACTIVITIES_EDIT,
        Right.FIGURES_SEE_PERSONS, Right.ROSTER, Right.VOLUNTEERS, Right.BUS,
    ),
    role(
        "deputy_director", "业务副馆长", "Deputy director",
        *SEES, Right.PATRONS_SEE, Right.RULES_EDIT, Right.NETWORK_EDIT, Right.REPORT_REVIEW, Right.REGISTERS_EDIT,
        Right.ACTIVITIES_EDIT, Right.FIGURES_SEE_PERSONS, Right.COPY_TARGETS, Right.DEVICES,
        Right.ROSTER, Right.VOLUNTEERS, Right.MACHINES, Right.BUS,
    ),
    role("acquisitions", "采访", "Acquisitions librarian", *SEES, *STOCK, Right.REGISTERS_EDIT, Right.BOOKSHOP),
    role("bookshop_clerk", "书店店员", "Bookshop clerk", Right.BOOKSHOP),
    role("cataloguer", "编目", "Cataloguer", *SEES, Right.CATALOGUE_EDIT, *STOCK, Right.REGISTERS_EDIT),
    role("stacks", "典藏", "Stacks librarian", *SEES, *STOCK, Right.REGISTERS_EDIT),
    role(
        "circulation", "流通", "Circulation librarian",
        *DESK, *READERS, Right.OVERRIDE, Right.MONEY, Right.REGISTERS_EDIT, Right.BOOKSHOP, Right.VOLUNTEERS,
    ),
    role("reference", "参考", "Reference librarian", *SEES, Right.PATRONS_SEE, Right.COUNT, Right.REGISTERS_EDIT),
    role(
        "activities", "活动", "Activities librarian",
        *SEES, Right.ACTIVITIES_EDIT, Right.REGISTERS_EDIT, Right.VOLUNTEERS,
    ),
    role(
        "office", "办公室", "Office",
        *SEES, Right.REGISTERS_EDIT, Right.REGISTERS_DECLARE, Right.REPORT_COMPOSE, Right.REPORT_CHECK, Right.MACHINES,
    ),
    role("finance", "财务", "Finance", Right.FIGURES_SEE, Right.MONEY_APPROVE),
    role("branch_manager", "分馆管理员", "Branch librarian", *BRANCH, Right.DEVICES, Right.MACHINES, Right.BUS),
    role(
        "village_keeper", "书屋管理员", "Reading-room keeper",
        *DESK, Right.KEEP_ROOM, Right.HOLDINGS_RECEIVE, Right.REGISTERS_EDIT, Right.ACTIVITIES_EDIT,
    ),
    role("bus", "流动车", "Book-bus librarian", *DESK, Right.HOLDINGS_RECEIVE, Right.REGISTERS_EDIT, Right.BUS),
    role("statistician", "统计员", "Statistician", *SEES, Right.COUNT, Right.REPORT_COMPOSE, Right.REGISTERS_EDIT),
    role(
        "system", "系统管理员", "System administrator",
        Right.SYSTEM_RUN, Right.NETWORK_EDIT, Right.STAFF_GRANT, Right.COPY_TARGETS, Right.DEVICES, Right.MACHINES,
    ),
    role("auditor", "审计", "Auditor (reads only)", *SEES, Right.AUDIT_SEE),
)  # fmt: skip
