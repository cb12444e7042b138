"""A fake outside credit: the published flow in memory, and behind HTTP as the gateway speaks it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa

from wenlan.credit.external import alipay
from wenlan.credit.external.alipay import Merchant
from wenlan.credit.external.provider import ProviderFailed, Standing


@dataclass(slots=True)
class Order:
    """One order as the service keeps it."""

    number: str
    deposit_fen: int
    admitted: bool | None = None
    use: str = ""
    harm_fen: int = 0
    is_paid: bool = False


@dataclass(slots=True)
class FakeCredit:
    """The service in memory. `consent`, `refuse` and `pay` are what the reader does on the phone."""

    orders: dict[str, Order] = field(default_factory=dict)
    code: str = "alipay"

    def address(self, *, own_order: str, deposit_fen: int, until: datetime, back_to: str) -> str:
        """Return an address that names the order."""
        self.orders.setdefault(own_order, Order(number=f"ZM{own_order}", deposit_fen=deposit_fen))
        return f"https://credit.test/consent?order={own_order}&back={back_to}&until={until:%Y}"

    def consent(self, own_order: str) -> None:
        """The reader's score suffices and the reader consents."""
        self.orders[own_order].admitted, self.orders[own_order].use = True, "borrow"

    def refuse(self, own_order: str) -> None:
        """The reader's score does not suffice."""
        self.orders[own_order].admitted = False

    def pay(self, own_order: str) -> None:
        """The reader pays a reported harm."""
        self.orders[own_order].is_paid = True

    def standing(self, *, own_order: str) -> Standing | None:
        """Return how an order stands; the service hears of it when the reader opens the page and decides."""
        order = self.orders.get(own_order)
        if order is None or order.admitted is None:
            return None
        return Standing(
            order=order.number,
            is_admitted=order.admitted,
            is_in_force=order.use == "borrow",
            is_ended=order.use in {"restore", "cancel"},
            paid_fen=order.harm_fen if order.is_paid else None,
        )

    def end(self, *, order: str, at: datetime, harm_fen: int = 0) -> None:
        """End an order that is in force."""
        found = self._known(order)
        if at.tzinfo is None and at.year < 2000:
            raise ProviderFailed(what="INVALID_PARAMETER")
        if found.use == "cancel" or harm_fen > found.deposit_fen:
            raise ProviderFailed(what="ORDER_STATE_ERROR")
        found.use, found.harm_fen = "restore", harm_fen

    def cancel(self, *, order: str) -> None:
        """Give an order up."""
        self._known(order).use = "cancel"

    def _known(self, number: str) -> Order:
        for order in self.orders.values():
            if order.number == number:
                return order
        raise ProviderFailed(what=alipay.UNKNOWN_ORDER)


@contextmanager
def served(fake: FakeCredit) -> Iterator[Merchant]:
    """Serve a fake over HTTP as the gateway does, both sides signing; gives the merchant that may speak to it."""
    ours, theirs = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    handler = type("Gateway", (_Gateway,), {"fake": fake, "key": theirs, "merchant_key": ours.public_key()})
    server = HTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Merchant(
            f"http://127.0.0.1:{server.server_port}/gateway.do", "2021000000000001", ours, theirs.public_key()
        )
    finally:
        server.shutdown()
        server.server_close()


def opened(fake: FakeCredit, merchant: Merchant, address: str) -> bool:
    """Open a consent page as the reader's phone would; returns whether its signature is right."""
    said = dict(parse_qsl(urlsplit(address).query))
    business = json.loads(said["biz_content"])
    fake.address(
        own_order=business["out_order_no"],
        deposit_fen=alipay.fen(business["deposit_amount"]),
        until=datetime.fromisoformat(business["expiry_time"]),
        back_to=business["invoke_return_url"],
    )
    return alipay.is_signed(merchant.key.public_key(), alipay.to_sign(said), said["sign"])


class _Gateway(BaseHTTPRequestHandler):
    """Answers like the gateway: checks the merchant's signature, signs its own answer."""

    fake: FakeCredit
    key: rsa.RSAPrivateKey
    merchant_key: rsa.RSAPublicKey

    def do_POST(self) -> None:
        """Answer one call."""
        said = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        name = f"{said['method']}_response".replace(".", "_")
        if alipay.is_signed(self.merchant_key, alipay.to_sign(said), said.get("sign", "")):
            answer = self.answer(said["method"].rpartition(".")[2], json.loads(said["biz_content"]))
        else:
            answer = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}
        inner = json.dumps(answer, ensure_ascii=False)
        body = f'{{"{name}":{inner},"sign":"{alipay.sign(self.key, inner.encode())}"}}'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, method: str, business: dict[str, str]) -> dict[str, Any]:
        """Return what the service says to a call."""
        done = {"code": "10000", "msg": "Success"}
        try:
            if method == "query":
                return self.queried(business["out_order_no"])
            if method == "complete":
                harm = alipay.fen(business["pay_amount"]) if business["pay_amount_type"] == "DAMAGE" else 0
                self.fake.end(
                    order=business["order_no"], at=datetime.fromisoformat(business["restore_time"]), harm_fen=harm
                )
            else:
                self.fake.cancel(order=business["order_no"])
        except ProviderFailed as failure:
            return {"code": "40004", "msg": "Business Failed", "sub_code": str(failure.params["what"])}
        return done

    def queried(self, own_order: str) -> dict[str, Any]:
        """Return an order as the gateway writes it."""
        order = self.fake.orders.get(own_order)
        if order is None or order.admitted is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": alipay.UNKNOWN_ORDER}
        return {
            "code": "10000",
            "msg": "Success",
            "order_no": order.number,
            "goods_name": "图书借阅免押金",
            "admit_state": "Y" if order.admitted else "N",
            "use_state": order.use,
            "pay_amount": alipay.yuan(order.harm_fen),
            "pay_amount_type": "DAMAGE" if order.harm_fen else "RENT",
            "pay_status": "PAY_SUCCESS" if order.is_paid else "PAY_INIT",
        }

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""
