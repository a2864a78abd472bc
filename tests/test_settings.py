"""clubscope.toml: what is wrong is named with its line, and nothing starts half set up."""

from pathlib import Path

import pytest

from scope.errors import SettingsError
from scope.settings import EXAMPLE, Settings, settings_from

GOOD = EXAMPLE.format(
    family="lx200",
    port="/dev/serial/by-id/usb-mount",
    baud=9600,
    name="Karaganda",
    latitude_degrees=49.8,
    longitude_degrees=73.1,
    elevation_metres=550,
    timezone="Asia/Almaty",
    operators="127.0.0.1:8080",
    visitors="127.0.0.1:8081",
)


def read(text: str) -> Settings:
    return settings_from(text, Path("/club/clubscope.toml"))


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_example_is_what_it_looks_like() -> None:
    settings = read(GOOD)
    assert settings.site.longitude_degrees == 73.1
    assert settings.log.database == "sqlite:////club/clubscope.db"
    assert settings.orders_socket == Path("/club/run/orders.sock")
    assert not settings.mount.simulated


def test_only_port_and_site_have_no_default() -> None:
    settings = read('[mount]\nport = "/dev/ttyUSB0"\n' + GOOD[GOOD.index("[site]") : GOOD.index("[web]")])
    assert settings.mount.family == "lx200"
    assert settings.web.operators == "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("baud = 9600", "buad = 9600", "mount.buad is not known"),
        ("baud = 9600", 'baud = "fast"', "a whole number"),
        ("baud = 9600", "baud = true", "a whole number"),
        ("latitude_degrees = 49.8", "latitude_degrees = 498", "between -90 and 90"),
        ("latitude_degrees = 49.8", "latitude_degrees = nan", "between -90 and 90"),
        ('timezone = "Asia/Almaty"', 'timezone = "Almaty"', "a time zone like"),
        ('timezone = "Asia/Almaty"', 'timezone = "../secret"', "a time zone like"),
        ('operators = "127.0.0.1:8080"', 'operators = "8080"', "host:port"),
        ('operators = "127.0.0.1:8080"', 'operators = "0.0.0.0:8080"', "readable by all"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(old: str, new: str, complaint: str) -> None:
    text = GOOD.replace(old, new)
    with pytest.raises(SettingsError, match=complaint) as refusal:
        read(text)
    assert refusal.value.details["line"] == line_of(text, new)


@pytest.mark.parametrize(
    ("table", "line", "complaint"),
    [
        ("mount", 'axes = "dobson"', 'one of "", altaz, fork, german'),
        ("mount", "axes = 1", "text in quotes"),
        ("mount", "fastest_degrees_per_second = 0.05", "between 0.1 and 200"),
        ("limits", "lowest_altitude_degrees = 9", "between 10 and 60"),
        ("limits", "sun_radius_degrees = 5", "between 10 and 60"),
        ("limits", "highest_altitude_degrees = 91", "between 60 and 90"),
        ("limits", "meridian_overrun_degrees = -1", "between 0 and 60"),
        ("limits", "lowest_dec_degrees = -91", "between -90 and 90"),
        ("limits", "highest_dec_degrees = nan", "between -90 and 90"),
        ("limits", "cable_degrees = 90", "between 180 and 540"),
    ],
)
def test_a_limit_out_of_its_range_is_named_with_its_line(table: str, line: str, complaint: str) -> None:
    text = GOOD.replace("[mount]\n", f"[mount]\n{line}\n") if table == "mount" else f"{GOOD}\n[limits]\n{line}\n"
    with pytest.raises(SettingsError, match=complaint) as refusal:
        read(text)
    assert refusal.value.details["line"] == line_of(text, line)


def test_what_a_club_knows_of_its_mount_is_read() -> None:
    text = GOOD.replace("[mount]\n", '[mount]\naxes = "german"\nfastest_degrees_per_second = 4\n')
    settings = read(f"{text}\n[limits]\ncable_degrees = 360\nhighest_dec_degrees = 85.5\n")
    assert (settings.mount.axes, settings.mount.fastest_degrees_per_second) == ("german", 4.0)
    assert (settings.limits.cable_degrees, settings.limits.highest_dec_degrees) == (360.0, 85.5)
    assert settings.limits.lowest_dec_degrees == -90.0
    assert read(GOOD).mount.axes == ""
    assert settings.horizon_file == Path("/club/horizon.txt")
    assert settings.remembered_file == Path("/club/remembered.json")


def test_a_missing_value_is_named_with_its_table() -> None:
    text = GOOD.replace('name = "Karaganda"\n', "")
    with pytest.raises(SettingsError, match=r"site\.name is missing") as refusal:
        read(text)
    assert refusal.value.details["line"] == line_of(text, "[site]")


@pytest.mark.parametrize("text", ["[mount", "[mount]\nport = 'a\n", "port = 1\nport = 2"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(text)
    assert "line" in str(refusal.value)


def test_the_operators_door_may_listen_to_all_when_somebody_says_so() -> None:
    text = GOOD.replace('operators = "127.0.0.1:8080"', 'operators = "0.0.0.0:8080"\nallow_plain_http = true')
    assert read(text).web.operators == "0.0.0.0:8080"
