"""The manifests say what Kubernetes knows, and run the image as it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from api.process.settings import Settings

ROOT = Path(__file__).parents[2]
VERSION = "1.37.0"
FILES = sorted((ROOT / "deploy/kubernetes").glob("*.yaml"))


def documents(text: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(text))


def validate(text: str) -> None:
    for document in documents(text):
        kubernetes_validate.validate(document, VERSION, strict=True)


def of_kind(kind: str) -> dict[str, Any]:
    [found, *_] = [each for path in FILES for each in documents(path.read_text("utf-8")) if each["kind"] == kind]
    return found


@pytest.fixture
def pod() -> dict[str, Any]:
    return of_kind("StatefulSet")["spec"]["template"]["spec"]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_manifest_is_valid(path: Path) -> None:
    validate(path.read_text("utf-8"))


@pytest.mark.parametrize(("right", "wrong"), [("readinessProbe:", "readynessProbe:"), ("replicas: 1", "replicas: one")])
def test_a_misspelt_key_and_a_wrong_value_are_found(right: str, wrong: str) -> None:
    text = (ROOT / "deploy/kubernetes/server.yaml").read_text("utf-8")
    assert right in text
    with pytest.raises(kubernetes_validate.ValidationError):
        validate(text.replace(right, wrong, 1))


def test_each_setting_is_one_of_the_program_and_no_secret_stands_among_them() -> None:
    given = of_kind("ConfigMap")["data"]
    assert set(given) <= {name.upper() for name in Settings.model_fields}
    assert not [name for name in given if name.endswith(("PASSWORD", "SECRET", "TOKEN"))]


def test_the_pod_runs_as_the_user_of_the_image_with_a_read_only_root_and_bounds(pod: dict[str, Any]) -> None:
    assert f"--uid {pod['securityContext']['runAsUser']} " in (ROOT / "Dockerfile").read_text("utf-8")
    for container in (*pod["initContainers"], *pod["containers"]):
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]


def test_its_ports_and_probes_are_those_of_the_settings(pod: dict[str, Any]) -> None:
    [server] = pod["containers"]
    given = of_kind("ConfigMap")["data"]
    ports = {port["name"]: str(port["containerPort"]) for port in server["ports"]}
    assert ports == {"http": given["PORT"], "metrics": given["METRICS_PORT"]}
    assert server["readinessProbe"]["httpGet"]["path"] == "/readyz"
    hosts = {server[name]["httpGet"]["httpHeaders"][0]["value"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert hosts <= set(Settings.model_fields["allowed_hosts"].default.split(","))
