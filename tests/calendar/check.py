"""Holds the calendars against a second implementation.

Builds campaigns with the program that is named as the first argument, reads every .ics with `icalendar`, expands its
rules with `recurring_ical_events`, and compares each occurrence with one that is computed here from `zoneinfo`, from
the days and hours of the case alone. `.ci/calendar` runs it.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

# Clocks that change by an hour in the north and in the south, by half an hour, and never; whole and half offsets.
ZONES = [
    "America/Los_Angeles",
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
]
ELSEWHERE = "America/Denver"
DAY = timedelta(days=1)


@dataclass
class Case:
    """What somebody types for a place, and what has to happen there."""

    name: str
    front: str
    # Start and end by the clocks of the place, and status; an end may be absent.
    expected: list = field(default_factory=list)
    # Where some of it goes instead: the same, at the place of the other zone.
    sent: list = field(default_factory=list)
    until: date | None = None
    sequence: int = 0


def changes_of(zone):
    """Two days of 2025 on which the clocks change, or two days that are like any other."""
    tz = ZoneInfo(zone)
    noon = lambda day: datetime.combine(day, time(12), tz).utcoffset()
    days = [date(2025, 1, 1) + DAY * n for n in range(365)]
    return [day for day in days if noon(day) != noon(day - DAY)] or [date(2025, 3, 9), date(2025, 10, 26)]


def at(day, start, end=None, status="CONFIRMED"):
    """One occurrence: hours as minutes of the day, past midnight where more than 1440."""
    return (day, start * 60, None if end is None else end * 60, status)


def cases(turn):
    """Every situation around the day on which the clocks change."""
    week = [turn - 3 * DAY + n * DAY for n in range(7)]
    span = f"{week[0]} to {week[-1]}"
    shift = lambda days, hours, more="": f"shifts:\n  - {{ days: {days}, hours: {hours}{more} }}\n"
    change = lambda text: f"changes:\n  - {{ {text} }}\n"
    three = [day for day in (week[0] + n * DAY for n in range(28)) if day.weekday() in (0, 2, 4)]
    weekly = f", from: {week[0]}, to: {week[0] + 27 * DAY}"
    left_out = three[4]
    struck = lambda days, start, end: [
        at(day, start, end, "CANCELLED" if day == turn else "CONFIRMED") for day in days
    ]
    yield Case("day", shift(span, "6am-2pm"), [at(day, 6, 14) for day in week])
    yield Case("night", shift(span, "10pm-6am"), [at(day, 22, 30) for day in week])
    yield Case("small-hours", shift(span, "0:30-9:00"), [at(day, 0.5, 9) for day in week])
    yield Case("to-midnight", shift(span, "18:00-24:00"), [at(day, 18, 24) for day in week])
    yield Case("round", shift(span, "round the clock"), [at(day, 0, 24) for day in week])
    yield Case("single", shift(turn, "9:30am-noon"), [at(turn, 9.5, 12)])
    yield Case("open-end", shift(span, "from 10am"), [at(day, 10) for day in week])
    yield Case("moment", shift(turn, "11am"), [at(turn, 11)])
    yield Case(
        "weekly",
        shift("[mon, wed, fri]", "7am-3pm", f"{weekly}, except: [{left_out}]"),
        [at(day, 7, 15) for day in three if day != left_out],
    )
    yield Case(
        "weekly-night",
        shift("every day", "9pm-5am", f", from: {week[0]}, to: {week[-1]}, except: [{week[1]}]"),
        [at(day, 21, 29) for day in week if day != week[1]],
    )
    yield Case(
        "cancelled",
        shift(span, "6am-2pm") + change(f"date: {turn}, status: cancelled, note: Smoke"),
        struck(week, 6, 14),
        sequence=1,
    )
    yield Case(
        "cancelled-night",
        shift("every day", "10pm-6am", f", from: {week[0]}, to: {week[-1]}")
        + change(f"date: {turn}, status: cancelled"),
        struck(week, 22, 30),
        sequence=1,
    )
    later = week[-1] + 3 * DAY
    yield Case(
        "moved-day",
        shift(span, "6am-2pm") + change(f"date: {turn}, status: moved, to_date: {later}, hours: 7am-3pm"),
        [at(day, 6, 14) for day in week if day != turn] + [at(later, 7, 15)],
        sequence=1,
    )
    yield Case(
        "moved-single",
        shift(turn, "6am-2pm") + change(f"date: {turn}, status: moved, hours: 8pm-4am"),
        [at(turn, 20, 28)],
        sequence=1,
    )
    yield Case(
        "moved-away",
        shift(span, "6am-2pm") + change(f"date: {turn}, status: moved, to: elsewhere, hours: 5am-1pm"),
        [at(day, 6, 14) for day in week if day != turn],
        sent=[at(turn, 5, 13)],
        sequence=1,
    )
    yield Case(
        "joins-late",
        f"from: {week[2]} 09:00\nto: {week[5]} 12:00\n" + shift("every day", "6am-2pm"),
        [at(week[2], 9, 14)] + [at(day, 6, 14) for day in week[3:5]] + [at(week[5], 6, 12)],
    )
    yield Case(
        "event",
        f"type: hall\nevents:\n  - {{ title: Rally; one, date: {turn}, hours: 12pm-1pm }}\n"
        "  - { title: Vote, date: " + f"{{ from: {week[0]}, to: {week[1]} }}, hours: 18:00-0:00 }}\n",
        [at(turn, 12, 13), at(week[0], 18, 24), at(week[1], 18, 24)],
    )
    yield Case(
        "no-end",
        shift("mon-fri", "8am-4pm", f", from: {week[0]}"),
        [at(day, 8, 16) for day in (week[0] + n * DAY for n in range(400)) if day.weekday() < 5],
        until=week[0] + 400 * DAY,
    )


def build(program, root, zone, turn):
    """Writes a campaign with a place for each case, and builds it as of the day before all of them."""
    folder = root / f"{zone.replace('/', '-')}-{turn}"
    places = folder / "content" / "locations"
    places.mkdir(parents=True)
    (folder / "content" / "campaign.yaml").write_text(
        f"title: Calendars\nbase_url: https://union.example/care/\ntime_zone: {zone}\nlanguages: [en, es]\n"
        'union: { name: "Nurses, \\"Local\\" 12; North", url: https://nurses.example/ }\n'
    )
    for language in ("", ".es"):
        (folder / "content" / f"index{language}.md").write_text("---\ntitle: Home\n---\nWelcome.\n")
    head = "address: 100 Main St.\ncity: Fontana; CA\ncoordinates: 34.0726, -117.4343\n"
    for case in cases(turn):
        (places / f"{case.name}.md").write_text(f"---\nname: Gate {case.name}, ñ\n{head}{case.front}---\n")
        (places / f"{case.name}.es.md").write_text(f"---\nname: Puerta {case.name}, ñ\n---\n")
    (places / "elsewhere.md").write_text(f"---\nname: Elsewhere\n{head}time_zone: {ELSEWHERE}\n---\n")
    as_of = f"{turn - 5 * DAY}T12:00"
    run = [program, "build", "--root", folder, "--as-of", as_of, "--base-url", "https://union.example/care/"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 0, f"{zone} {turn}:\n{done.stdout}{done.stderr}"
    return folder / "public"


def instant(day, minutes, zone):
    """A clock time on a day as an instant: one that stands twice is the first."""
    days, rest = divmod(int(minutes), 24 * 60)
    local = datetime.combine(day + days * DAY, time(rest // 60, rest % 60), ZoneInfo(zone))
    return local.astimezone(timezone.utc)


def in_order(rows):
    """By start, then end; what has no end comes first."""
    return sorted(rows, key=lambda row: (row[0], row[1] or row[0], row[2]))


def wanted(rows, zone):
    return in_order(
        (instant(day, start, zone), None if end is None else instant(day, end, zone), status)
        for day, start, end, status in rows
    )


def found(calendar, first, last):
    """Every occurrence of a calendar, as instants, its rules expanded."""
    rows = []
    for event in recurring_ical_events.of(calendar).between(first, last):
        start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
        end = None if end == start else end
        utc = lambda moment: None if moment is None else moment.astimezone(timezone.utc)
        rows.append((utc(start), utc(end), str(event["STATUS"])))
    return in_order(rows)


def strictly(path):
    """Reads a file; whatever RFC 5545 forbids stops the run."""
    raw = path.read_bytes()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b""), f"{path}: line ends"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, f"{path}: a line of {len(line)} octets"
        line.decode()
    calendar = icalendar.Calendar.from_ical(raw)
    for component in calendar.walk():
        assert not component.errors, f"{path}: {component.name}: {component.errors}"
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    seen = set()
    for event in calendar.walk("VEVENT"):
        key = (str(event["UID"]), event["RECURRENCE-ID"].to_ical() if "RECURRENCE-ID" in event else b"")
        assert key not in seen, f"{path}: {key} stands twice"
        seen.add(key)
        for name in ("DTSTAMP", "SUMMARY", "LOCATION", "GEO", "URL", "CATEGORIES", "ORGANIZER", "SEQUENCE"):
            assert name in event, f"{path}: {key} without {name}"
        assert "mailto" not in str(event["ORGANIZER"]).lower() and "VALARM" not in str(event.subcomponents)
        assert str(event["LOCATION"]).endswith("100 Main St., Fontana; CA"), event["LOCATION"]
        for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
            offsets(path, zones, event.get(name))
    return calendar


def offsets(path, zones, value):
    """The file's own time zone says what the world's data base says."""
    if value is None:
        return
    name = str(value.params["TZID"])
    civil = value.dt.replace(tzinfo=None)
    own = civil.replace(tzinfo=zones[name].to_tz(lookup_tzid=False)).utcoffset()
    assert own == civil.replace(tzinfo=ZoneInfo(name)).utcoffset(), f"{path}: {name} at {civil}: {own}"


def main(program):
    checked = files = 0
    wrong = []

    def compare(what, expected, actual):
        nonlocal checked
        checked += 1
        if expected != actual:
            missing = [row for row in expected if row not in actual]
            extra = [row for row in actual if row not in expected]
            wrong.append(f"{what}\n  missing {missing[:4]}\n  too much {extra[:4]}")

    with tempfile.TemporaryDirectory() as folder:
        for zone in ZONES:
            for turn in changes_of(zone):
                public = build(Path(program).absolute(), Path(folder), zone, turn)
                calendars = {path: strictly(path) for path in sorted(public.rglob("*.ics"))}
                files += len(calendars)
                first, last = turn - 60 * DAY, turn + 60 * DAY
                sent = []
                for case in cases(turn):
                    rows = wanted(case.expected, zone) + wanted(case.sent, ELSEWHERE)
                    sent += wanted(case.sent, ELSEWHERE)
                    for prefix in ("", "es/"):
                        path = public / f"{prefix}locations/{case.name}/calendar.ics"
                        until = case.until or last
                        actual = found(calendars[path], first, until)
                        compare(f"{zone} {turn} {prefix}{case.name}", in_order(rows), actual)
                        highest = max(int(event["SEQUENCE"]) for event in calendars[path].walk("VEVENT"))
                        compare(f"{zone} {turn} {prefix}{case.name}: SEQUENCE", case.sequence, highest)
                elsewhere = found(calendars[public / "locations/elsewhere/calendar.ics"], first, last)
                compare(f"{zone} {turn} elsewhere", in_order(sent), elsewhere)
                every = [row for case in cases(turn) for row in wanted(case.expected, zone) + wanted(case.sent, ELSEWHERE)]
                inside = lambda row: row[0].date() < last - DAY
                whole = found(calendars[public / "calendar.ics"], first, last)
                compare(
                    f"{zone} {turn}: the campaign",
                    in_order(filter(inside, every)),
                    in_order(filter(inside, whole)),
                )
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{files} calendars read")
    print(f"{checked - len(wrong)} passed, {len(wrong)} failed")
    sys.exit(1 if wrong or checked < 200 else 0)


main(sys.argv[1])
