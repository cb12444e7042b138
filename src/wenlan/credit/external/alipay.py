"""The published flow of 芝麻信用借还 (`zhima.merchant.order.rent.*`) over Alipay's open gateway, signed with RSA2.

Names and values are those of Alipay's open platform; what one of its orders calls a borrowing is our guarantee.
"""

import base64
import http.client
import json
import ssl
import tomllib
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings
from django.utils import timezone

from wenlan.credit.external.provider import ProviderFailed, Standing
from wenlan.kernel.money import yuan

PRODUCT = "w1010100000000002858"
PREFIX = "zhima.merchant.order.rent."
SECONDS, MOST_BYTES = 10.0, 200_000
UNKNOWN_ORDER = "ORDER_NOT_EXIST"
MERCHANT_FILE = Path("alipay", "merchant.toml")


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who we are at the gateway: application, our key, and the gateway's public key."""

    gateway: str
    app_id: str
    key: rsa.RSAPrivateKey
    gateway_key: rsa.RSAPublicKey


def read_merchant(home: Path) -> Merchant | None:
    """Return the merchant written in an installation's home, None when it takes no outside credit.

    `alipay/merchant.toml` names `gateway`, `app_id` and two PEM files beside it: `private_key`, `alipay_public_key`.
    """
    path = home / MERCHANT_FILE
    if not path.is_file():
        return None
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    key = serialization.load_pem_private_key((path.parent / said["private_key"]).read_bytes(), password=None)
    gateway_key = serialization.load_pem_public_key((path.parent / said["alipay_public_key"]).read_bytes())
    if not isinstance(key, rsa.RSAPrivateKey) or not isinstance(gateway_key, rsa.RSAPublicKey):
        raise ProviderFailed(what="RSA2")
    return Merchant(said["gateway"], said["app_id"], key, gateway_key)


def to_sign(parameters: dict[str, str]) -> bytes:
    """Return what is signed: every parameter but `sign` that has a value, in the order of names, joined by `&`."""
    named = sorted((name, value) for name, value in parameters.items() if name != "sign" and value)
    return "&".join(f"{name}={value}" for name, value in named).encode()


def sign(key: rsa.RSAPrivateKey, data: bytes) -> str:
    """Return the signature RSA2 (SHA-256 with RSA, PKCS 1.5) in base 64."""
    return base64.b64encode(key.sign(data, padding.PKCS1v15(), hashes.SHA256())).decode()


def is_signed(key: rsa.RSAPublicKey, data: bytes, signature: str) -> bool:
    """Return whether a signature fits."""
    try:
        key.verify(base64.b64decode(signature), data, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def fen(sum_yuan: str) -> int:
    """Return a sum of the gateway in fen."""
    whole, _point, rest = sum_yuan.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


@dataclass(frozen=True, slots=True)
class Alipay:
    """The real client; `now` tells the time of a request."""

    merchant: Merchant
    now: datetime
    code: str = "alipay"

    def address(self, *, own_order: str, deposit_fen: int, until: datetime, back_to: str) -> str:
        """Return the signed address that opens the consent page on the reader's phone."""
        business = {
            "out_order_no": own_order,
            "product_code": PRODUCT,
            "goods_name": "图书借阅免押金",
            "invoke_type": "WINDOWS",
            "invoke_return_url": back_to,
            "rent_unit": "YUAN_ONCE",
            "rent_amount": "0.00",
            "deposit_amount": yuan(deposit_fen),
            "deposit_state": "N",
            "borrow_time": moment(self.now),
            "expiry_time": moment(until),
            "rent_settle_type": "alipay",
        }
        return f"{self.merchant.gateway}?{urlencode(self._signed('create', business))}"

    def standing(self, *, own_order: str) -> Standing | None:
        """Ask how an order stands."""
        found = self._ask("query", {"out_order_no": own_order, "product_code": PRODUCT})
        if found.get("sub_code") == UNKNOWN_ORDER:
            return None
        if found.get("code") != "10000":
            raise ProviderFailed(what=found.get("sub_code") or found.get("code", ""))
        admitted, use = found.get("admit_state"), found.get("use_state", "")
        is_paid = found.get("pay_amount_type") == "DAMAGE" and found.get("pay_status") == "PAY_SUCCESS"
        return Standing(
            order=found.get("order_no", ""),
            is_admitted={"Y": True, "N": False}.get(admitted or ""),
            is_in_force=use == "borrow" and admitted == "Y",
            is_ended=use in {"restore", "cancel"},
            paid_fen=fen(found["pay_amount"]) if is_paid else None,
        )

    def end(self, *, order: str, at: datetime, harm_fen: int = 0) -> None:
        """End an order, with the sum of a harm or without."""
        self._done(
            "complete",
            {
                "order_no": order,
                "product_code": PRODUCT,
                "restore_time": moment(at),
                "pay_amount_type": "DAMAGE" if harm_fen else "RENT",
                "pay_amount": yuan(harm_fen),
            },
        )

    def cancel(self, *, order: str) -> None:
        """Give an order up."""
        self._done("cancel", {"order_no": order, "product_code": PRODUCT})

    def _done(self, method: str, business: dict[str, str]) -> None:
        found = self._ask(method, business)
        if found.get("code") != "10000":
            raise ProviderFailed(what=found.get("sub_code") or found.get("code", ""))

    def _signed(self, method: str, business: dict[str, str]) -> dict[str, str]:
        parameters = {
            "app_id": self.merchant.app_id,
            "method": PREFIX + method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": moment(self.now),
            "version": "1.0",
            "biz_content": json.dumps(business, ensure_ascii=False, separators=(",", ":")),
        }
        return parameters | {"sign": sign(self.merchant.key, to_sign(parameters))}

    def _ask(self, method: str, business: dict[str, str]) -> dict[str, Any]:
        """Return the signed part of the gateway's answer. Raises ProviderFailed, also when its signature is wrong."""
        body = urlencode(self._signed(method, business)).encode()
        raw = exchange(self.merchant.gateway, body)
        name = f"{PREFIX}{method}_response".replace(".", "_")
        try:
            said = json.loads(raw)
            inner, signature = said[name], said.get("sign", "")
        except (ValueError, KeyError, TypeError) as error:
            raise ProviderFailed(what=type(error).__name__) from error
        if not is_signed(self.merchant.gateway_key, signed_part(raw.decode(), name), signature):
            raise ProviderFailed(what="sign")
        return dict(inner)


def moment(at: datetime) -> str:
    """Return an instant as the gateway writes it, in the installation's zone."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def signed_part(text: str, name: str) -> bytes:
    """Return the bytes of an answer that its signature covers: the value under `name`, as it was sent."""
    start = text.index(f'"{name}":') + len(name) + 3
    while text[start].isspace():
        start += 1
    _value, length = json.JSONDecoder().raw_decode(text[start:])
    return text[start : start + length].encode()


def exchange(gateway: str, body: bytes) -> bytes:
    """Post a request and return the answer's body. Raises ProviderFailed."""
    parts = urlsplit(gateway)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    more: dict[str, Any] = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    with closing(kind(parts.hostname or "", parts.port, timeout=SECONDS, **more)) as line:
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
            line.request("POST", parts.path or "/", body, headers)
            return line.getresponse().read(MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise ProviderFailed(what=type(error).__name__) from error


def of_installation(now: datetime) -> Alipay | None:
    """Return the client of this installation, None when no merchant is written in its home."""
    merchant = read_merchant(Path(settings.WENLAN_HOME))
    return Alipay(merchant, now) if merchant is not None else None
