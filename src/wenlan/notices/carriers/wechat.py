"""WeChat template messages of a service account (公众号模板消息).

`client_msg_id` carries our key: the platform does not send the same one twice within ten minutes, and says so.
"""

import json
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from wenlan.notices.carriers.reaching import Service, exchange
from wenlan.notices.types import CarrierFailed, Letter, Receipt, Standing

TAKEN = 0
SENT_ALREADY = 43116
TOKEN_WORN = frozenset({40001, 40014, 42001})
WAIT = frozenset({-1, 45009, 45011})
SPARE_SECONDS = 300

_tokens: dict[tuple[str, int, str], tuple[str, float]] = {}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class WeChat:
    """The service account `service.user` (AppID); its access token is kept in the process until it wears out."""

    service: Service

    def send(self, letter: Letter) -> Receipt:
        """Hand over one message. Raises CarrierFailed when it was not taken for now, or no answer came."""
        answer = self._post(letter, self._token())
        if answer.get("errcode") in TOKEN_WORN:
            answer = self._post(letter, self._token(anew=True))
        code, words = answer.get("errcode"), str(answer.get("errmsg", ""))
        if code in (TAKEN, SENT_ALREADY):
            return Receipt(standing=Standing.SENT, number=str(answer.get("msgid", "")))
        if code in WAIT or code in TOKEN_WORN:
            raise CarrierFailed(f"{code} {words}")
        return Receipt(standing=Standing.FAILED, details=f"{code} {words}"[:300])

    def _post(self, letter: Letter, token: str) -> dict[str, Any]:
        message = {
            "touser": letter.to,
            "template_id": letter.template,
            "client_msg_id": letter.key,
            "data": {name: {"value": value} for name, value in letter.values.items()},
        }
        path = f"/cgi-bin/message/template/send?{urlencode({'access_token': token})}"
        return object_of(exchange(self.service, path, body=json.dumps(message, ensure_ascii=False).encode()))

    def _token(self, *, anew: bool = False) -> str:
        """Return the access token; asked for once by all threads. Raises CarrierFailed."""
        whose = (self.service.host, self.service.port, self.service.user)
        with _one_at_a_time:
            token, until = _tokens.get(whose, ("", 0.0))
            if anew or time.monotonic() >= until:
                asked = {
                    "grant_type": "client_credential",
                    "appid": self.service.user,
                    "secret": self.service.secret,
                }
                answer = object_of(exchange(self.service, f"/cgi-bin/token?{urlencode(asked)}"), sends=False)
                if "access_token" not in answer:
                    raise CarrierFailed(f"{answer.get('errcode')} {answer.get('errmsg', '')}")
                token = str(answer["access_token"])
                said = answer.get("expires_in")
                lasts = max(said - SPARE_SECONDS, 0) if isinstance(said, int) else 0
                _tokens[whose] = (token, time.monotonic() + lasts)
            return token


def object_of(answer: Any, *, sends: bool = True) -> dict[str, Any]:
    """Return the answer if it is an object. Raises CarrierFailed."""
    if not isinstance(answer, dict):
        raise CarrierFailed("no object", may_have_gone=sends)
    return answer


def forget_tokens() -> None:
    """Let every token be asked for anew."""
    with _one_at_a_time:
        _tokens.clear()
