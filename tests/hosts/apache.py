"""Serves a site by Apache as shared hosts do, with AllowOverride FileInfo, and asks for its former and gone addresses.

apache.py HANDBILL: the site is made of a campaign whose redirects hold what Apache could take for something else.
"""

import http.client
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

CAMPAIGN = """\
title: Care can't wait
base_url: https://union.example/
time_zone: America/Los_Angeles
union: { name: United Nurses }
redirects:
  strikepay: "https://pay.example/a?x=1&y=$1#top"
  plain: "https://pay.example/a&b/c;d=1"
  spaces: "https://pay.example/a%20b/é"
  variable: "https://pay.example/%{HTTP_HOST}"
  slash: "https://pay.example/a%2Fb"
  quoted: "https://pay.example/a?b=\\"c\\" d"
  toolkit: about
  grève: about
gone: [statements/day-2, old.html]
"""

FILES = {
    "content/campaign.yaml": CAMPAIGN,
    "content/index.md": "---\ntitle: Care can't wait\n---\nWe strike.\n",
    "content/about.md": "---\ntitle: About us\naliases: [old/about.html, old/about]\n---\nWords.\n",
    "content/toolkit/social.md": "---\ntitle: Social\n---\nWords.\n",
}

CONF = """\
ServerRoot /usr/lib/apache2
PidFile {folder}/pid
Listen 127.0.0.1:{port}
ServerName localhost
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule dir_module modules/mod_dir.so
{modules}
ErrorLog {folder}/error.log
DocumentRoot {folder}/public
<Directory {folder}/public>
  AllowOverride FileInfo
  Require all granted
</Directory>
"""

MODULES = """\
LoadModule mime_module modules/mod_mime.so
LoadModule alias_module modules/mod_alias.so
LoadModule headers_module modules/mod_headers.so
TypesConfig /dev/null
"""

HERE = "http://127.0.0.1:{port}"

# What is asked for, the status, and where it leads. What Apache cannot be told is led on by its page.
EXPECTED = {
    "/strikepay": (301, "https://pay.example/a?x=1&y=%241#top"),
    "/strikepay/": (301, "https://pay.example/a?x=1&y=%241#top"),
    "/plain": (301, "https://pay.example/a&b/c;d=1"),
    "/spaces": (301, "https://pay.example/a%20b/%C3%A9"),
    "/variable/": (200, None),
    "/slash/": (200, None),
    "/quoted": (301, "https://pay.example/a?b=%22c%22%20d"),
    "/toolkit/": (301, HERE + "/about/"),
    "/toolkit/social/": (200, None),
    "/gr%C3%A8ve": (301, HERE + "/about/"),
    "/old/about.html": (301, HERE + "/about/"),
    "/old/about": (301, HERE + "/about/"),
    "/statements/day-2": (410, None),
    "/statements/day-2/": (410, None),
    "/statements/day-22/": (404, None),
    "/old.html": (410, None),
    "/oldxhtml": (404, None),
    "/": (200, None),
}


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def serve(folder, modules):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = folder / "apache.conf"
    conf.write_text(CONF.format(folder=folder, port=port, modules=modules))
    server = subprocess.Popen(["apache2", "-X", "-d", "/usr/lib/apache2", "-f", str(conf)])
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, port
        except OSError:
            time.sleep(0.1)
    server.terminate()
    sys.exit("apache: it does not begin: " + (folder / "error.log").read_text())


def same(one, other):
    """Whether two addresses are the same: hexadecimal digits may be large or small."""
    return one == other or (one or "").lower() == (other or "").lower()


def look(port):
    wrong = []
    for path, (status, to) in EXPECTED.items():
        answer, body = ask(port, path)
        to = to and to.format(port=port)
        if answer.status != status or not same(answer.getheader("Location"), to):
            wrong.append(f"{path}: {answer.status} {answer.getheader('Location')}, not {status} {to}")
        if status in (404, 410) and "There is no page here" not in body:
            wrong.append(f"{path}: {status} without our page: {body[:200]}")
        if answer.getheader("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{path}: no headers")
    for path, kind in {
        "/calendar.ics": "text/calendar; charset=utf-8",
        "/locations.geojson": "application/geo+json; charset=utf-8",
        "/manifest.webmanifest": "application/manifest+json; charset=utf-8",
        "/atom.xml": "application/atom+xml",
        "/feed.json": "application/feed+json",
    }.items():
        told = ask(port, path)[0].getheader("Content-Type")
        if told != kind:
            wrong.append(f"{path}: {told}, not {kind}")
    return wrong


def main():
    handbill = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # Apache leaves root for nobody.
        folder.chmod(0o755)
        for path, text in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        subprocess.run([handbill, "build", "--root", name], check=True, stdout=subprocess.DEVNULL)
        asset = next((folder / "public" / "assets").glob("*.css")).name
        server, port = serve(folder, MODULES)
        try:
            wrong = look(port)
            kept = ask(port, f"/assets/{asset}")[0].getheader("Cache-Control")
            if kept != "public, max-age=31536000, immutable":
                wrong.append(f"/assets/{asset} is kept: {kept}")
        finally:
            server.terminate()
            server.wait()
        # Without the modules that may be absent, the site stands all the same.
        server, port = serve(folder, "")
        try:
            if ask(port, "/")[0].status != 200:
                wrong.append("without modules nothing answers: " + (folder / "error.log").read_text())
        finally:
            server.terminate()
            server.wait()
    for line in wrong:
        print("apache: " + line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    main()
