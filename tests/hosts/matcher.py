"""Holds the problem matcher of VS Code's tasks against what `handbill check --plain` says: matcher.py TASKS, report on stdin."""
import json
import re
import sys

tasks = json.load(open(sys.argv[1], encoding="utf-8"))["tasks"]
first, second = next(task for task in tasks if task["label"] == "Check the campaign")["problemMatcher"]["pattern"]
lines = sys.stdin.read().splitlines()
found = []
for line, after in zip(lines, lines[1:]):
    what, where = re.search(first["regexp"], line), re.search(second["regexp"], after)
    if what and where:
        groups = [what[first[key]] for key in ("severity", "code", "message")]
        found.append((*groups, *(where[second[key]] for key in ("file", "line", "column"))))
told = [line for line in lines if re.match(r"(Error|Warning) HB", line)]
if not found or len(found) != len(told):
    sys.exit(f"{len(told)} mistakes are told, and the matcher finds {found}")
severity, code, message, file, line, column = found[0]
expected = ("Error", "content/about.md", "2", "1")
if (severity, file, line, column) != expected or not code.startswith("HB"):
    sys.exit(f"the first one is read as {found[0]}")
