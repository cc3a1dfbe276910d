"""How Kafka is set up: what the settings say of the brokers, and that nothing of it is loaded without them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from api.kafka.connection import MISSING, connection
from api.kafka.entrance import publishing
from api.process.settings import InvalidSettings, Settings
from tests.brokers import mock_brokers
from tests.served import PROGRAM, environment

NOT_INSTALLED = "import sys; sys.modules['confluent_kafka'] = None"
"""What makes Python find no such package."""


def settings(folder: Path, text: str) -> Settings:
    path = folder / "kafka.properties"
    path.write_text(text)
    return Settings(kafka_bootstrap="broker:9092", kafka_properties_file=path)


def test_a_file_of_properties_says_how_to_sign_in(tmp_path: Path) -> None:
    text = "# sign-in\n\nsecurity.protocol = SASL_SSL\nsasl.password=a=b \n"
    reached = connection(settings(tmp_path, text))
    assert reached.properties == {
        "bootstrap.servers": "broker:9092",
        "security.protocol": "SASL_SSL",
        "sasl.password": "a=b",
    }
    assert "a=b" not in repr(reached)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("secret-value", "line 1 is no name=value"),
        ("acks=0\nenable.idempotence=false", "acks, enable.idempotence cannot be chosen"),
        ("group.id=mine", "group.id cannot be chosen"),
    ],
)
def test_a_file_that_does_not_hold_is_told_without_values(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidSettings, match=words) as raised:
        connection(settings(tmp_path, text))
    assert "secret" not in raised.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="cannot be read"):
        connection(Settings(kafka_bootstrap="broker:9092", kafka_properties_file=tmp_path / "none"))


@pytest.mark.parametrize("name", ["no.such.property", "security.protocol"])
def test_what_the_client_does_not_take_is_told_at_the_start_by_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidSettings, match=f"not taken by the Kafka client: {name}") as raised:
        publishing(settings(tmp_path, f"{name}=secret-value"))
    assert "secret" not in raised.value.message


def test_without_brokers_there_is_nothing_to_publish_to_and_with_them_there_is() -> None:
    assert publishing(Settings(kafka_bootstrap=None)) == []
    with mock_brokers() as brokers:
        assert len(publishing(Settings(kafka_bootstrap=brokers.bootstrap))) == 1


def test_without_brokers_nothing_of_the_client_is_loaded() -> None:
    code = "import sys, api.commands.command_line, api.http.app; print('confluent_kafka' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_without_the_extra_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    code = f"{NOT_INSTALLED}; from api.commands.command_line import main; sys.argv[1:] = ['consume', 'events']; main()"
    env = environment(KAFKA_BOOTSTRAP="broker:9092", DATA_FOLDER=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"customer360: {MISSING}\n")


def test_consume_without_brokers_says_which_setting_is_missing(tmp_path: Path) -> None:
    command, env = [PROGRAM, "consume", "events"], environment(DATA_FOLDER=str(tmp_path))
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "KAFKA_BOOTSTRAP" in done.stderr
