"""Programs to copy. The tests run every one of them; {site} stands for the address of the site."""

from __future__ import annotations

REGISTER = """\
curl '{site}/api/v1/register?q=hope&status=active&limit=10'
"""
FILES = """\
curl -H 'Authorization: Bearer aet_...' -H 'Accept-Language: ar' '{site}/api/v1/dossiers?waiting=true'
"""
STEP = """\
curl -X POST '{site}/api/v1/dossiers/0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11/transitions' \\
  -H 'Authorization: Bearer aet_...' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: 5f1c7f2e-8a53-4d0f-9a4e-1f5f3a0f6f10' \\
  -d '{{"transition": "return_for_completion", "version": "4f1c...", "comment": "The budget is missing."}}'
"""
WALK = """\
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

SITE, TOKEN = "{site}", "aet_..."


def ask(path, **query):
    headers = {{"Authorization": f"Bearer {{TOKEN}}", "Accept-Language": "en"}}
    with urlopen(Request(f"{{SITE}}/api/v1/{{path}}?{{urlencode(query)}}", headers=headers)) as answer:
        return json.load(answer)


after = ""
while after is not None:
    page = ask("dossiers", after=after, limit=100)
    for file in page["dossiers"]:
        print(file["number"], file["state_title"])
    after = page["next"]
"""
RECEIVER = """\
import hmac
import json
import time
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = "whsec_..."  # from the page of the address
SEEN = set()  # keep it in your database


def is_ours(headers, body):
    at, wanted = headers["webhook-timestamp"], headers["webhook-signature"]
    if abs(time.time() - int(at)) > 300:
        return False
    key = b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{at}.".encode() + body
    right = "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()
    return any(hmac.compare_digest(right, each) for each in wanted.split())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_ours(self.headers, body):
            self.send_response(400)
        else:
            if self.headers["webhook-id"] not in SEEN:
                SEEN.add(self.headers["webhook-id"])
                message = json.loads(body)
                print(message["type"], message["data"])
            self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", 8080), Receiver).serve_forever()  # behind a proxy that speaks https
"""


def filled(sample: str, site: str) -> str:
    return sample.format(site=site)
