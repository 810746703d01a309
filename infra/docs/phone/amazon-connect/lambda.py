"""An AWS Lambda function between an Amazon Connect flow and the gateway's turns of JSON. See ../amazon-connect.md.

Environment: GATEWAY_URL, https://connect.example.gov, and PHONE_PASSWORD, best from Secrets Manager. Nothing is logged:
what comes in are PINs, and what goes out is a customer's case.
"""

import base64
import json
import os
import urllib.error
import urllib.request
from xml.sax.saxutils import escape

START = "/phone/turns/start"
WITHIN_SECONDS = 7  # Connect waits for 8 at most


def handler(event, context=None):
    """Parameters of the flow's block: next, kind, keys, words, event; all but `event` as the turn before gave them."""
    contact, given = event["Details"]["ContactData"], event["Details"].get("Parameters") or {}
    dialled, caller = ((contact.get(f"{end}Endpoint") or {}).get("Address", "") for end in ("System", "Customer"))
    path = "/phone/turns/ended" if given.get("event") == "hangup" else given.get("next") or START
    said = {"call_id": contact["ContactId"], "number": dialled, "caller": caller, **_event(given)}
    return _flat(_post(path, said))


def _event(given):
    if given.get("event"):
        return {"event": given["event"]}  # hangup, unreached
    if not given.get("next"):
        return {"event": "start"}
    if given.get("kind") == "moment":
        return {"event": "again"}
    if given.get("words"):
        return {"event": "answer", "words": given["words"]}
    keys = given.get("keys", "")
    return {"event": "silence"} if keys in ("", "Timeout") else {"event": "answer", "keys": keys}


def _post(path, said):
    basic = base64.b64encode(f"connect:{os.environ['PHONE_PASSWORD']}".encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {basic}"}
    request = urllib.request.Request(os.environ["GATEWAY_URL"] + path, json.dumps(said).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=WITHIN_SECONDS) as reply:
            return json.loads(reply.read() or b"null")
    except urllib.error.HTTPError as error:
        if error.code != 404:  # the flow's error branch says that the line is out of order
            raise
        return json.loads(error.read())  # the call is over


def _flat(turn):
    """A STRING_MAP: Connect reads neither lists nor what is nested."""
    if turn is None:
        return {"kind": "end"}
    expect, transfer = turn["expect"] or {}, turn["transfer"] or {}
    digits = expect.get("digits")
    asked = "digits" if digits else "key"
    ended = "transfer" if transfer else "end"
    return {
        "kind": "moment" if turn["moment"] else ended if turn["ended"] else asked,
        "say": _ssml(turn), "language": turn["language"], "next": turn["next"] or "",
        "most": str(digits["most"] if digits else 1), "wait": str(expect.get("wait_seconds", "")),
        "transfer": transfer.get("number", "").removeprefix("tel:"), "context": transfer.get("context", ""),
    }


def _ssml(turn):
    """The voice is that of the call's language; a sentence in the other one is marked."""
    told = "".join(
        f"<p>{escape(one['text'])}</p>" if one["language"] == turn["language"]
        else f'<p><lang xml:lang="{one["language"]}">{escape(one["text"])}</lang></p>'
        for one in turn["say"]
    )
    return f"<speak>{told}</speak>"
