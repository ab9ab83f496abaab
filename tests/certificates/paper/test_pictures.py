from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from accreditation_engine.certificates.paper.bars import bars_svg
from accreditation_engine.certificates.paper.ornament import divider_svg, frame_svg, seal_svg
from accreditation_engine.certificates.paper.palette import PALETTES
from accreditation_engine.certificates.paper.qr import qr_svg
from accreditation_engine.certificates.paper.radar import radar_svg

GOLD, GREEN = PALETTES["gold"], PALETTES["green"]
SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def percents(count: int) -> list[Decimal]:
    return [Decimal(100 * n) / count for n in range(1, count + 1)]


@pytest.mark.parametrize("axes", range(3, 13))
def test_radar_numbers_every_axis(axes: int) -> None:
    root = read(radar_svg(percents(axes), palette=GOLD, title="Areas"))
    assert [it.text for it in root.iter(f"{SVG}text")] == [str(n) for n in range(1, axes + 1)]


@pytest.mark.parametrize("axes", [0, 1, 2, 13])
def test_radar_refuses_what_it_cannot_show(axes: int) -> None:
    with pytest.raises(ValueError, match="3 to 12 axes"):
        radar_svg([Decimal(50)] * axes, palette=GOLD, title="Areas")


def test_radar_with_all_zero_or_all_full_stays_within_the_picture() -> None:
    for value in (Decimal(0), Decimal(100)):
        root = read(radar_svg([value] * 10, palette=GOLD, title="Areas"))
        corners = [
            float(n)
            for it in root.iter(f"{SVG}polygon")
            for n in it.attrib["points"].replace(",", " ").split()
        ]
        assert all(0 <= corner <= 400 for corner in corners)


@pytest.mark.parametrize(
    "svg",
    [
        radar_svg(percents(5), palette=GOLD, title="A & <b>", description="Five areas"),
        bars_svg(percents(2), palette=GOLD, title="A & <b>", description="Two areas"),
    ],
    ids=["radar", "bars"],
)
def test_chart_fits_any_size_and_has_words_for_those_who_cannot_see_it(svg: str) -> None:
    root = read(svg)
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)
    assert root.findtext(f"{SVG}title") == "A & <b>"
    assert "areas" in (root.findtext(f"{SVG}desc") or "")
    assert root.attrib["role"] == "img"


def test_pictures_write_no_ids_so_that_several_stand_in_one_page() -> None:
    for svg in (radar_svg(percents(5), palette=GOLD, title=""), frame_svg(3, 4, GOLD), seal_svg(GOLD)):
        assert not [it for it in read(svg).iter() if "id" in it.attrib]


def test_bars_refuse_nothing_to_show() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bars_svg([], palette=GOLD, title="")


def test_chart_in_arabic_indic_digits_when_asked_for() -> None:
    root = read(radar_svg(percents(10), palette=GOLD, title="", digits="arabic-indic"))
    assert [it.text for it in root.iter(f"{SVG}text")][-1] == "١٠"


@pytest.mark.parametrize("draw", [divider_svg, seal_svg, lambda palette: frame_svg(22, 32, palette)])
def test_ornament_takes_its_colour_from_the_palette(draw) -> None:  # type: ignore[no-untyped-def]
    assert draw(GOLD) != draw(GREEN)
    assert draw(GOLD) == draw(GOLD)


def test_frame_has_the_shape_of_its_cells() -> None:
    assert read(frame_svg(22, 32, GOLD)).attrib["viewBox"] == "0 0 2200 3200"


def test_frame_refuses_a_single_row() -> None:
    with pytest.raises(ValueError, match="at least 2 by 2"):
        frame_svg(5, 1, GOLD)


def test_qr_has_a_quiet_zone_and_no_fixed_size() -> None:
    root = read(qr_svg("https://example.org/register/1/", title="Register"))
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)


def test_qr_refuses_an_address_that_is_too_long() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_svg("https://example.org/" + "a" * 3000)
