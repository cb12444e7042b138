"""Text messages through Aliyun's short message service (API 2017-05-25, RPC style, HMAC-SHA1 signature 1.0).

Texts are templates that the service has approved; a letter fills in their values. `OutId` carries our key, by which
a message whose answer was lost is found again.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from wenlan.notices.carriers.reaching import Service, exchange
from wenlan.notices.types import CarrierFailed, Letter, Receipt, Standing

VERSION = "2017-05-25"
SERVICE_ZONE = ZoneInfo("Asia/Shanghai")  # SendDate is a day there
TAKEN = "OK"
WAIT = frozenset({"isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "isp.GATEWAY_VERIFY_FAIL", "Throttling.User"})
FAILED, DELIVERED = 2, 3
PAGE = 50


@dataclass(frozen=True, slots=True)
class AliyunSms:
    """The service as `service.user` (AccessKeyId) with `service.signature` (签名)."""

    service: Service

    def send(self, letter: Letter) -> Receipt:
        """Hand over one message. Raises CarrierFailed when it was not taken for now, or no answer came."""
        answer = self._call(
            "SendSms",
            PhoneNumbers=letter.to,
            SignName=self.service.signature,
            TemplateCode=letter.template,
            TemplateParam=json.dumps(dict(letter.values), ensure_ascii=False),
            OutId=letter.key,
        )
        code, words = str(answer.get("Code", "")), str(answer.get("Message", ""))
        if code == TAKEN:
            return Receipt(standing=Standing.SENT, number=str(answer.get("BizId", "")))
        if code in WAIT:
            raise CarrierFailed(f"{code} {words}")
        return Receipt(standing=Standing.FAILED, details=f"{code} {words}"[:300])

    def ask(self, letter: Letter, number: str) -> Receipt | None:
        """Return what became of a message, found by our key among those of its day to this telephone."""
        if letter.at is None:
            return None
        extra = {"BizId": number} if number else {}
        answer = self._call(
            "QuerySendDetails",
            PhoneNumber=letter.to,
            SendDate=f"{letter.at.astimezone(SERVICE_ZONE):%Y%m%d}",
            PageSize=str(PAGE),
            CurrentPage="1",
            **extra,
        )
        if answer.get("Code") != TAKEN:
            raise CarrierFailed(f"{answer.get('Code')} {answer.get('Message', '')}")
        listed = answer.get("SmsSendDetailDTOs")
        details = listed.get("SmsSendDetailDTO") if isinstance(listed, dict) else None
        told = [one for one in details if isinstance(one, dict)] if isinstance(details, list) else []
        found = next((one for one in told if one.get("OutId") == letter.key), None)
        if found is None:
            return None
        if found.get("SendStatus") == DELIVERED:
            return Receipt(standing=Standing.ARRIVED, number=number)
        if found.get("SendStatus") == FAILED:
            return Receipt(standing=Standing.FAILED, number=number, details=str(found.get("ErrCode", ""))[:300])
        return Receipt(standing=Standing.SENT, number=number)

    def _call(self, action: str, **said: str) -> Mapping[str, Any]:
        query = {
            "AccessKeyId": self.service.user,
            "Action": action,
            "Format": "JSON",
            "RegionId": "cn-hangzhou",
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": secrets.token_hex(16),
            "SignatureVersion": "1.0",
            "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),  # the service compares it with its clock
            "Version": VERSION,
            **said,
        }
        signed = f"Signature={encoded(signature('GET', query, self.service.secret))}&{canonical(query)}"
        answer = exchange(self.service, f"/?{signed}")
        if not isinstance(answer, dict):
            raise CarrierFailed("no object", may_have_gone=action == "SendSms")
        return answer


def encoded(text: str) -> str:
    """Return text percent-encoded as the signature wants it (RFC 3986)."""
    return quote(text, safe="-_.~")


def canonical(query: Mapping[str, str]) -> str:
    """Return the query in the order that is signed."""
    return "&".join(f"{encoded(name)}={encoded(query[name])}" for name in sorted(query))


def signature(method: str, query: Mapping[str, str], secret: str) -> str:
    """Return the signature of a query."""
    text = f"{method}&{encoded('/')}&{encoded(canonical(query))}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()).decode()
