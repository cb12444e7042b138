"""The types of machine that are shipped; a library adds its own beside them.

Those of the record book of equipment count under the same subjects as its lines, and a book bus under that of the book
of vehicles: a figure adds up what is listed one by one and what stands in the books as a number.
"""

from wenlan.facilities.machines.types import MachineType


def _type(code: str, zh: str, en: str) -> MachineType:
    return MachineType(code=code, words={"zh": zh, "en": en}, subject=f"equipment.{code}")


EQUIPMENT = (
    _type("newspaper_screen", "电子阅报屏", "Newspaper screen"),
    _type("children_screen", "少儿阅报屏", "Children's newspaper screen"),
    _type("card_machine", "自助办证机", "Card machine"),
    _type("self_check", "自助借还机", "Self-check machine"),
    _type("return_machine", "自助还书机", "Return machine"),
    _type("calligraphy", "电子书法机", "Calligraphy machine"),
    _type("computer", "读者用电脑", "Reader's computer"),
    _type("led_screen", "LED 屏", "LED screen"),
    _type("picture_wall", "电子图片展示墙", "Picture wall"),
    _type("listening_machine", "盲人听书机", "Listening machine"),
    _type("reading_machine", "阅读机", "Reading machine"),
    _type("reading_aid", "助视器等辅具", "Reading aid"),
    _type("gate_counter", "客流计数器", "People counter"),
    _type("security_gate", "防盗门禁", "Security gate"),
    _type("staff_computer", "办公电脑", "Staff computer"),
    _type("server", "服务器", "Server"),
    _type("other", "其他设备", "Other equipment"),
)
BOOK_BUS = MachineType(
    code="book_bus", words={"zh": "流动图书车", "en": "Book bus"}, subject="bus_vehicle.change", is_vehicle=True
)
SERVICE_VEHICLE = MachineType(
    code="service_vehicle",
    words={"zh": "阅读服务车", "en": "Reading service vehicle"},
    subject="vehicle.service",
    is_vehicle=True,
)
SHIPPED = (*EQUIPMENT, BOOK_BUS, SERVICE_VEHICLE)
