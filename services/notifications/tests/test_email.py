"""The e-mail to an old address, over a real SMTP server: neutral, once, tried while that may help, then told of."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from eventkit.crypto import Keyring, generate_key
from notifications.definition import definition
from notifications.domain.mail import MOST_ATTEMPTS
from notifications.letters.sender import sender_of
from notifications.mailing import operating
from notifications.mailing.duty import duties
from notifications.mailing.mailer import Mailer
from notifications.mailing.server import smtp_server
from notifications.mailing.settings import our_address
from notifications.personal import KeyMissing, rotate
from servicekit.settings import SettingsError, load

ANA = "1000000001"
OLD, NEW = "former@example.org", "canary@example.org"
FROM = "notices@agency.example"
DYING = Path(__file__).with_name("dying_mailer.py")
CANARIES = (NEW, "Canary", "Ñandú", "Former Lane", "77 ", ANA, "CC-7K3M-9QPX", "support", "manuten",
            "Support", "Manuten", "case", "caso ")


@pytest.fixture
def server(new_mail_server):
    return new_mail_server()


@pytest.fixture
def mailing(service, server):
    """The service with a mail server."""
    service.settings = load(definition.all_settings(), service.environment | settings_for(server))
    return service


def settings_for(server) -> dict[str, str]:
    return {"SMTP_URL": f"smtp://127.0.0.1:{server.port}", "MAIL_FROM": FROM}


def mailer(service, **changes) -> Mailer:
    parts = {"app": service.app, "keyring": service.keyring, "sender": sender_of(service.settings),
             "server": service.settings.SMTP_URL, "mail_from": service.settings.MAIL_FROM}
    return Mailer(**parts | changes)


def events(service) -> list[str]:
    rows = service.rows("SELECT name FROM events WHERE name LIKE 'Mail%' ORDER BY id")
    return [row["name"] for row in rows]


@pytest.mark.parametrize(("language", "subject", "said"), [
    ("en", "A change to your account", ["On November 23, 2026,", "If you did not make this change"]),
    ("es", "Un cambio en su cuenta", ["El 23 de noviembre de 2026", "Si usted no hizo este cambio"]),
])
def test_it_goes_to_the_old_address_in_the_readers_language(mailing, server, language, subject, said):
    mailing.change_contact(ANA, language=language)
    assert mailer(mailing).send_due() == 1
    [(sent_from, to, message)] = server.received
    assert (sent_from, to) == (FROM, [OLD])
    assert message["Subject"] == subject and message["Content-Language"] == language
    assert message["Auto-Submitted"] == "auto-generated"
    for words in [*said, "1-866-901-3212", "1-866-399-4096"]:
        assert words in message.get_content()
    assert mailing.rows("SELECT * FROM outgoing_mail") == [] and events(mailing) == ["MailQueued", "MailSent"]
    assert mailer(mailing).send_due() == 0 and len(server.received) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_tells_nothing_of_the_case_the_person_or_what_is_new(mailing, server, language, caplog, capfd):
    mailing.change_contact(ANA, language=language)
    mailer(mailing).send_due()
    [(_, _, message)] = server.received
    said = f"{message}{message.get_content()}"
    logged = caplog.text + "".join(capfd.readouterr())
    for canary in CANARIES:
        assert canary not in said
    for canary in (NEW, OLD, "Ñandú", "Former Lane", ANA):
        assert canary not in logged
    assert "email_sent" in logged


def test_nobody_without_an_old_address_is_written_to(mailing, server):
    mailing.change_contact(ANA, email=None)
    assert mailer(mailing).send_due() == 0 and events(mailing) == []


def test_an_event_that_is_heard_again_makes_no_second_mail(mailing, server):
    from eventkit.store import Metadata
    from notifications.subscriptions import tell_old_contact

    event = mailing.envelope("cases.contact_changed.v1", mailing.contact_changed(ANA), ANA)
    for _ in range(2):
        with mailing.app.transaction(Metadata("cases", "event", event.id, event.id)) as unit:
            tell_old_contact(unit, event, by_email=True)
        mailer(mailing).send_due()
    assert len(server.received) == 1


def test_without_a_server_none_is_queued_and_the_log_says_so_once(service, capfd):
    service.change_contact(ANA)
    assert service.rows("SELECT * FROM outgoing_mail") == [] and events(service) == []
    assert duties(service.app, service.settings) == []
    assert capfd.readouterr().out.count("email_off") == 1


def test_no_transaction_is_open_while_a_server_is_spoken_to(mailing, server):
    def look() -> None:
        seen.extend(mailing.rows("SELECT state FROM pg_stat_activity WHERE usename LIKE '%_app'"
                                 " AND datname = (SELECT current_database()) AND state LIKE 'idle in%'"))
        looked.append(True)

    seen, looked = [], []
    server.on_data = look
    mailing.change_contact(ANA)
    mailer(mailing).send_due()
    assert looked and seen == []


@pytest.mark.parametrize(("command", "answer", "trouble", "passes"), [
    ("RCPT", "450 mailbox busy", "refused_for_now", True),
    ("RCPT", "550 no such user", "refused", False),
    ("DATA", "451 try later", "refused_for_now", True),
    ("DATA", "554 not wanted", "refused", False),
    ("MAIL", "553 sender not allowed", "our_settings", True),
    ("MAIL", "421 closing", "refused_for_now", True),
])
def test_a_refusal_is_tried_again_where_that_may_help(mailing, server, command, answer, trouble, passes):
    mailing.change_contact(ANA)
    server.answers[command] = answer
    mailer(mailing).send_due()
    [row] = mailing.rows("SELECT name, data FROM events WHERE name LIKE 'Mail%' ORDER BY id DESC LIMIT 1")
    assert row["name"] == ("MailDelayed" if passes else "MailGivenUp")
    assert (row["data"]["trouble"], row["data"]["code"]) == (trouble, int(answer[:3]))
    assert mailer(mailing).send_due() == 0, "not at once"
    server.answers.clear()
    mailing.clock.forward(minutes=1)
    assert mailer(mailing).send_due() == passes
    assert len(server.received) == passes


def test_a_server_that_is_away_is_tried_for_most_of_a_day_then_operators_have_it(mailing, server, nowhere, capfd):
    mailing.change_contact(ANA)
    away = mailer(mailing, server=smtp_server(f"smtp://127.0.0.1:{nowhere}"))
    tries, begun = 0, mailing.clock()
    while not operating.given_up(mailing.app):
        tries += away.send_due()
        mailing.clock.forward(minutes=15)
    assert tries == MOST_ATTEMPTS and mailing.clock() - begun > timedelta(hours=18)
    [(mail_id, _, trouble, _, attempts)] = operating.given_up(mailing.app)
    assert (trouble, attempts) == ("unreachable", str(MOST_ATTEMPTS))
    assert "email_given_up" in capfd.readouterr().out
    operating.retry(mailing.app, mail_id, "kim")
    assert operating.given_up(mailing.app) == []
    mailer(mailing).send_due()
    assert len(server.received) == 1


def test_what_an_operator_discards_is_forgotten(mailing, server):
    mailing.change_contact(ANA)
    server.answers["RCPT"] = "550 no such user"
    mailer(mailing).send_due()
    [(mail_id, *_)] = operating.given_up(mailing.app)
    operating.discard(mailing.app, mail_id, "kim")
    assert mailing.rows("SELECT * FROM outgoing_mail") == []
    [row] = mailing.rows("SELECT metadata FROM events WHERE name = 'MailDiscarded'")
    assert row["metadata"]["actor"] == "operator:kim"


@pytest.mark.parametrize("address", ["no address", "a@b\r\nBcc: eve@example.org", "", "@", "a@"])
def test_what_cannot_be_an_address_is_given_up_and_goes_nowhere(mailing, server, address):
    mailing.change_contact(ANA, email=address or " ")
    mailer(mailing).send_due()
    assert events(mailing)[-1] == "MailGivenUp" and server.received == []


def test_one_that_cannot_be_sent_holds_up_no_other(mailing, server):
    mailing.change_contact(ANA, email="no address")
    mailing.change_contact("1000000002")
    mailer(mailing).send_due()
    assert [to for _, to, _ in server.received] == [[OLD]]


@pytest.mark.parametrize(("step", "times"), [("sending", 1), ("sent", 2)])
def test_a_mailer_that_dies_loses_none_and_a_second_one_is_known_by_its_id(mailing, server, step, times):
    """Between the server's answer and our commit at-least-once remains: no protocol of mail closes it."""
    mailing.change_contact(ANA)
    ended = subprocess.run([sys.executable, str(DYING), step, mailing.clock().isoformat()], check=False, timeout=120,
                           env={**os.environ, **mailing.environment, **settings_for(server)})
    assert ended.returncode == -9
    mailer(mailing).send_due()
    mailer(mailing).send_due()
    assert len(server.received) == times
    assert len({message["Message-ID"] for _, _, message in server.received}) == 1
    assert len({str(message) for _, _, message in server.received}) == 1
    assert events(mailing) == ["MailQueued", "MailSent"]


def test_for_a_key_that_is_not_there_nothing_is_given_up(mailing, server):
    mailing.change_contact(ANA)
    new = generate_key("k2")
    with pytest.raises(KeyMissing):
        mailer(mailing, keyring=Keyring.parse(new)).send_due()
    rotate(mailing.engine, Keyring.parse(f"{new},{mailing.keys}"))
    mailer(mailing, keyring=Keyring.parse(new)).send_due()
    assert [to for _, to, _ in server.received] == [[OLD]]


@pytest.fixture
def certificate(tmp_path):
    """Of 127.0.0.1, signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .sign(key, hashes.SHA256()))
    path = tmp_path / "certificate.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return path


@pytest.fixture
def with_tls(certificate, new_mail_server):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return new_mail_server(tls=context)


def test_a_mail_goes_encrypted_where_that_is_asked_for(mailing, with_tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mailing.change_contact(ANA)
    mailer(mailing, server=smtp_server(f"smtp+starttls://127.0.0.1:{with_tls.port}")).send_due()
    assert len(with_tls.received) == 1


def test_a_server_that_is_not_who_it_should_be_gets_nothing(mailing, with_tls, server):
    mailing.change_contact(ANA)
    mailer(mailing, server=smtp_server(f"smtp+starttls://127.0.0.1:{with_tls.port}")).send_due()
    assert with_tls.received == [] and events(mailing)[-1] == "MailDelayed"
    mailing.clock.forward(minutes=1)
    mailer(mailing, server=smtp_server(f"smtp+starttls://127.0.0.1:{server.port}")).send_due()
    assert server.received == [] and events(mailing)[-1] == "MailDelayed", "nor one that cannot encrypt"


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://kim:Hidden1@mail.example",
                                 "smtps://mail.example:port"])
def test_a_server_that_cannot_be_is_refused_at_the_start(url):
    with pytest.raises(SettingsError) as refused:
        load([s for s in definition.settings if s.name == "SMTP_URL"], {"SMTP_URL": url})
    assert "SMTP_URL" in str(refused.value) and "Hidden1" not in str(refused.value)


def test_a_password_does_not_show():
    found = smtp_server("smtps://kim:Hid%40den@mail.example")
    assert (found.host, found.port, found.user) == ("mail.example", 465, "kim")
    assert found.password.reveal() == "Hid@den" and "Hid" not in repr(found)


@pytest.mark.parametrize("text", ["", "nobody", "a@", "@b", "ñ@example.org", "Kim <kim@example.org>"])
def test_what_mail_comes_from_is_an_address(text):
    with pytest.raises(ValueError, match="must be a mail address"):
        our_address(text)
