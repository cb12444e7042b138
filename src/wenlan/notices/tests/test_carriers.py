"""The clients of real carriers against services on this machine that speak the same."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from wenlan.notices.carriers.aliyun_sms import AliyunSms, signature
from wenlan.notices.carriers.reaching import Service
from wenlan.notices.carriers.smtp import SmtpCarrier
from wenlan.notices.carriers.wechat import WeChat, forget_tokens
from wenlan.notices.testing import serving_mail, serving_sms, serving_wechat
from wenlan.notices.types import CarrierFailed, Letter, Receipt, Standing

AT = datetime(2026, 3, 4, 2, tzinfo=UTC)
A_LETTER = Letter(
    key="0195a-1",
    to="13903551234",
    title="图书即将到期",
    text="您借的《平凡的世界》3月9日到期。",
    template="SMS_1001",
    values={"title": "平凡的世界 & 其他", "day": "3月9日"},
    at=AT,
)


def test_a_signature_is_the_one_of_the_services_own_example():
    query = {
        "TemplateParam": '{"customer":"test"}',
        "SignName": "阿里云短信测试专用",
        "PhoneNumbers": "15300000001",
        "TemplateCode": "SMS_71390007",
        "OutId": "123",
        "Action": "SendSms",
        "Version": "2017-05-25",
        "RegionId": "cn-hangzhou",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466",
        "SignatureVersion": "1.0",
        "AccessKeyId": "testId",
        "Timestamp": "2017-07-12T02:42:19Z",
        "Format": "XML",
    }

    assert signature("GET", query, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def test_a_text_message_is_sent_with_its_template_and_found_again_by_our_key():
    with serving_sms() as fake:
        carrier = AliyunSms(fake.service())

        sent = carrier.send(A_LETTER)
        assert sent == Receipt(standing=Standing.SENT, number="1^0")
        assert fake.heard[0]["TemplateCode"] == "SMS_1001"
        assert fake.heard[0]["SignName"] == "示例图书馆"
        assert "平凡的世界 & 其他" in fake.heard[0]["TemplateParam"]

        assert carrier.ask(A_LETTER, "1^0") == Receipt(standing=Standing.ARRIVED, number="1^0")


def test_what_the_service_refuses_is_told_in_its_words_and_what_it_cannot_take_now_is_tried_later():
    with serving_sms() as fake:
        fake.answer = {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "号码不合法"}
        refused = AliyunSms(fake.service()).send(A_LETTER)
        assert (refused.standing, refused.details) == (Standing.FAILED, "isv.MOBILE_NUMBER_ILLEGAL 号码不合法")

        fake.answer = {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发流控"}
        with pytest.raises(CarrierFailed) as later:
            AliyunSms(fake.service()).send(A_LETTER)
        assert not later.value.may_have_gone


@pytest.mark.parametrize("serve", [serving_sms, serving_wechat])
def test_a_line_that_breaks_after_the_letter_left_says_that_it_may_have_gone(serve):
    forget_tokens()
    with serve() as fake:
        carrier = AliyunSms(fake.service()) if serve is serving_sms else WeChat(fake.service())
        if serve is serving_wechat:
            carrier.send(A_LETTER)
        fake.hangs_up = True
        with pytest.raises(CarrierFailed) as broken:
            carrier.send(A_LETTER)
    assert broken.value.may_have_gone


@pytest.mark.parametrize("listed", ["x", [], {"SmsSendDetailDTO": "x"}, {"SmsSendDetailDTO": ["x", None]}, None, 7])
def test_an_answer_that_makes_no_sense_tells_nothing_and_stops_nobody(listed):
    with serving_sms() as fake:
        fake.answer = {"Code": "OK", "SmsSendDetailDTOs": listed}
        assert AliyunSms(fake.service()).ask(A_LETTER, "1^0") is None


def test_a_token_that_does_not_say_how_long_it_lasts_serves_once():
    forget_tokens()
    with serving_wechat() as fake:
        fake.answer = {"access_token": "token-1", "expires_in": "soon", "errcode": 0}
        assert WeChat(fake.service()).send(A_LETTER).standing == Standing.SENT


@pytest.mark.parametrize("address", ["无", "wang@example.org\nBcc: all@example.org", "王芳@example.org"])
def test_an_address_that_cannot_be_fails_at_once_so_that_another_way_is_tried(address):
    letter = Letter(key="0195a-5", to=address, title="《三里湾》\n到期", text="x", at=AT)
    with serving_mail() as fake:
        assert SmtpCarrier(fake.service()).send(letter).standing == Standing.FAILED
    assert fake.letters == []


def test_a_server_that_is_not_there_has_taken_nothing():
    nobody = Service(host="127.0.0.1", port=9, is_encrypted=False, user="u", secret="s", signature="a@b.cn", seconds=2)

    for carrier in (AliyunSms(nobody), WeChat(nobody), SmtpCarrier(nobody)):
        with pytest.raises(CarrierFailed) as failed:
            carrier.send(replace(A_LETTER, to="wang@example.org"))
        assert not failed.value.may_have_gone


def test_wechat_is_asked_for_a_token_once_and_again_when_it_wore_out():
    forget_tokens()
    with serving_wechat() as fake:
        carrier = WeChat(fake.service())
        assert carrier.send(A_LETTER) == Receipt(standing=Standing.SENT, number="1001")
        assert carrier.send(A_LETTER).standing == Standing.SENT  # the same key: not sent twice
        assert (len(fake.heard), fake.tokens) == (1, 1)
        assert fake.heard[0]["data"]["day"] == {"value": "3月9日"}

        fake.tokens = 7  # another server asked for a token meanwhile: ours is worn
        other = Letter(key="0195a-2", to="openid", title="", text="", template="T", at=AT)
        assert carrier.send(other).standing == Standing.SENT
        assert fake.tokens == 8


def test_an_e_mail_is_whole_and_has_the_same_number_each_time():
    with serving_mail() as fake:
        carrier = SmtpCarrier(fake.service(), "示例图书馆")
        letter = Letter(
            key="0195a-3", to="reader@example.org", title="图书即将到期", text="您借的《平凡的世界》…", at=AT
        )

        assert carrier.send(letter) == Receipt(standing=Standing.SENT, number="<0195a-3@example.org>")

    to, raw = fake.letters[0]
    message = message_from_bytes(raw, policy=policy.default)
    assert to == "reader@example.org"
    assert message["Subject"] == "图书即将到期"
    assert message["From"].addresses[0].display_name == "示例图书馆"
    assert message.get_content().strip() == "您借的《平凡的世界》…"


def test_an_address_that_is_not_there_fails_and_a_full_server_is_tried_later():
    letter = Letter(key="0195a-4", to="nobody@example.org", title="t", text="x", at=AT)
    with serving_mail() as fake:
        fake.to_recipients = "550 no such user"
        assert SmtpCarrier(fake.service()).send(letter).standing == Standing.FAILED
        fake.to_recipients = "450 try later"
        with pytest.raises(CarrierFailed):
            SmtpCarrier(fake.service()).send(letter)
        fake.to_recipients, fake.hangs_up_after_data = "250 ok", True
        with pytest.raises(CarrierFailed) as broken:
            SmtpCarrier(fake.service()).send(letter)
    assert broken.value.may_have_gone
