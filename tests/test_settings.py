from pathlib import Path

import pytest

from shida.errors import SettingsError
from shida.settings import Settings, load, rows


def test_file_and_variables_override_defaults(tmp_path: Path) -> None:
    (tmp_path / "shida.toml").write_text('icp = "京ICP备00000000号"\nport = 9000\n')
    settings = load(tmp_path, {"SHIDA_PORT": "9001", "SHIDA_PACKS": "general"})
    assert (settings.icp, settings.port, settings.packs) == ("京ICP备00000000号", 9001, ("general",))


@pytest.mark.parametrize(
    ("text", "said"),
    [("port = 'x'", "$.port"), ("prot = 1", "prot"), ("port = ", "shida.toml"), ("port = 99999", "65535")],
)
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "shida.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"shida\.toml") as caught:
        load(tmp_path, {})
    assert said in str(caught.value)


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SHIDA_WORKERS"):
        load(tmp_path, {"SHIDA_WORKERS": "many"})


def test_every_setting_has_help() -> None:
    assert len(rows()) == len(Settings.__struct_fields__)
    assert all(help_text.endswith(".") for _, _, help_text in rows())
