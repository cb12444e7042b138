"""E-mail through a library's own server (RFC 5321)."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from wenlan.notices.carriers.reaching import Service
from wenlan.notices.types import CarrierFailed, Letter, Receipt, Standing

TLS_FROM_THE_START = 465
REFUSED_FOR_NOW = range(400, 500)


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """An SMTP server: TLS from the start on port 465, else by STARTTLS when `is_encrypted`."""

    service: Service
    name: str = ""

    def send(self, letter: Letter) -> Receipt:
        """Hand the letter to the server; a server that took it is responsible for it. Raises CarrierFailed."""
        try:
            message = self.message(letter)
        except ValueError as wrong:
            return Receipt(standing=Standing.FAILED, details=str(wrong)[:300])
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise CarrierFailed(said(error)) from error
        try:
            server.send_message(message)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:  # an address in letters that the server lacks
            return Receipt(standing=Standing.FAILED, details=said(error)[:300])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            if code in REFUSED_FOR_NOW:
                raise CarrierFailed(f"{code} {words.decode(errors='replace')}") from error
            return Receipt(standing=Standing.FAILED, details=f"{code} {words.decode(errors='replace')}"[:300])
        except smtplib.SMTPResponseException as error:
            if error.smtp_code in REFUSED_FOR_NOW:
                raise CarrierFailed(said(error)) from error
            return Receipt(standing=Standing.FAILED, details=said(error)[:300])
        except (OSError, smtplib.SMTPException) as error:
            raise CarrierFailed(said(error), may_have_gone=True) from error
        finally:
            server.close()
        return Receipt(standing=Standing.SENT, number=message["Message-ID"])

    def message(self, letter: Letter) -> EmailMessage:
        """Return the letter as an e-mail; the same letter has the same Message-ID each time.

        Raises ValueError for an address that is none.
        """
        if "@" not in letter.to:
            raise ValueError(f"no address: {letter.to}")
        message = EmailMessage()
        message["Subject"] = " ".join(letter.title.split())
        message["From"] = str(Address(self.name, addr_spec=self.service.signature))
        message["To"] = letter.to
        message["Message-ID"] = f"<{letter.key}@{self.service.signature.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.at is not None:
            message["Date"] = format_datetime(letter.at)
        message.set_content(letter.text + "\n")
        return message

    def _connected(self) -> smtplib.SMTP:
        service = self.service
        context = ssl.create_default_context()
        if service.is_encrypted and service.port == TLS_FROM_THE_START:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                service.host, service.port, timeout=service.seconds, context=context
            )
        else:
            server = smtplib.SMTP(service.host, service.port, timeout=service.seconds)
            if service.is_encrypted:
                server.starttls(context=context)
        if service.user:
            server.login(service.user, service.secret)
        return server


def said(error: Exception) -> str:
    """Return an SMTP failure in the server's words."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return str(error) or type(error).__name__
