"""Signs the requests that it reads, a JSON text a line, as botocore does, and so the AWS CLI."""

import base64
import json
import sys
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode_sequence

for line in sys.stdin:
    asked = json.loads(line)
    url = "https://" + asked["host"] + asked["path"]
    if asked["query"]:
        url += "?" + percent_encode_sequence([(name, value) for name, value in asked["query"]])
    body = base64.b64decode(asked["body"])
    request = AWSRequest(method=asked["method"], url=url, data=body)
    for name, value in asked["headers"]:
        request.headers[name] = value
    keys = Credentials(asked["id"], asked["secret"], asked.get("token"))
    signer = SigV4QueryAuth if asked["presign"] else SigV4Auth
    signer(keys, "execute-api", "us-east-1").add_auth(request)
    parts = urlsplit(request.url)
    sent = {"path": parts.path, "query": parts.query, "headers": list(request.headers.items())}
    print(json.dumps(sent), flush=True)
