"""Exports as the old systems write them, small: a town's readers, items, loans, reservations, log and statistics."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, Field, MarcRecord, Subfield, encode
from wenlan.circulation.testing import make_act
from wenlan.kernel.acts import Channel
from wenlan.moving import operations
from wenlan.moving.types import Order, Report

TRIAL_DAY, FIRST_DAY, NIGHT = date(2019, 3, 1), date(2019, 3, 4), date(2019, 3, 11)

READERS = """rdid,rdname,rdsex,rdtype,rdlib,rdstartdate,rdenddate,rdcfstate,rdphone,rddeposit,rdarrears
A001,李明,1,成人读者,EAST,2015-03-01,2029-03-01,1,13903551234,100,
A002,王芳,0,成人读者,EAST,2016/05/02,2029/05/02,1,,"1,100.00",2.50
A003,赵六,1,成人读者,WEST,2014-01-01,0000-00-00,1,,,
A004,孙七,1,成人读者,WEST,2014-01-01,2029-01-01,5,,,
"""
ITEMS = """barcode,bookrecno,orglib,orglocal,curlib,cirtype,state,singlePrice,totalLoanNum,callno,regno,书名,ISBN
B001,,EAST,,EAST,001,2,39.80,12,I247.5/1,100001,平凡的世界,9787530216781
B002,,EAST,,EAST,001,3,CNY25.00,3,I247.5/2,100002,白鹿原,
B003,,WEST,,EAST,001,3,"1,280.00",0,K20/1,100003,史记,
B004,,WEST,,WEST,001,2,18,1,I247.5/2,100004,白鹿原,
B005,,WEST,,WEST,001,5,30,1,,100005,旧书,
B010,9001,EAST,,EAST,001,2,20,4,,100010,,
"""
LOANS = """rdid,barcode,loanDate,returnDate,loanCount,loanlib
A001,B002,2019-02-20 09:12:00,2019-03-22,1,EAST
A002,B003,2019-02-25,2019-03-27,0,EAST
"""
RESERVATIONS = """rdid,barcode,reservedate,libcode,state
A003,B002,2019-02-27 10:00:00,WEST,1
"""
LOG = """logtype,data1,data2,regtime,libcode
30001,A001,B001,2018-11-03 10:00:00,EAST
30003,A001,B001,2018-11-20 10:00:00,EAST
30002,A001,B001,2018-12-20 10:00:00,WEST
30001,A002,B999,2018-12-21 10:00:00,EAST
30002,A002,B999,2019-01-05 10:00:00,EAST
"""
SUMS = """月份,馆代码,外借册次,到馆人次,新增读者,总藏量
2018-11,EAST,120,3400,12,
2018-12,EAST,90,2800,7,5000
"""
RECORD = MarcRecord(
    EMPTY_LEADER,
    (
        ControlField("001", "9001"),
        Field("100", "  ", (Subfield("a", "        d2017    em y0chiy50      ea"),)),
        Field("200", "1 ", (Subfield("a", "骆驼祥子"), Subfield("f", "老舍著"))),
        Field("690", "  ", (Subfield("a", "I246.5"),)),
    ),
)
FILES: dict[str, str | bytes] = {
    "marc.iso": encode(RECORD, "gbk"),
    "readers.csv": READERS,
    "items.csv": ITEMS,
    "loans.csv": LOANS,
    "reservations.csv": RESERVATIONS,
    "log.csv": LOG,
    "历年统计.csv": SUMS,
}


def written(folder: Path, files: Mapping[str, str | bytes], encoding: str = "gb18030") -> Path:
    """Write exports into a folder, in place of those that are there."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return folder


def moved(folder: Path, node: int, *, on: date = FIRST_DAY, run: bool = True, **more) -> Report:
    """Take a folder in, or try it."""
    facts = {"source": "old", "profile": "interlib", "categories": {"成人读者": "adult"}} | more
    order = Order(folder=folder, node=node, is_trial=not run, **facts)
    return operations.move_in(make_act(node, on, channel=Channel.IMPORT, device=""), order=order)
