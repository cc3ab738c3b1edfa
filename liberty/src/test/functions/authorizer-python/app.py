"""Lets in as the Node.js one beside it does."""

import os
import time


def handler(event, context):
    token = event["authorizationToken"] if event["type"] == "TOKEN" else event["headers"]["x-token"]
    if token == "stranger":
        raise Exception("Unauthorized")
    if token == "broken":
        raise RuntimeError("the identity service is down")
    if token == "malformed":
        return {"principalId": "ann", "policyDocument": "allow", "context": {"list": [1]}}
    resource = "*"
    if token.startswith("only "):
        resource = "/".join(event["methodArn"].split("/")[:2]) + "/GET/" + token[5:]
    return {
        "principalId": "ann",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Action": "execute-api:Invoke",
                    "Effect": "Deny" if token == "deny" else "Allow",
                    "Resource": resource,
                }
            ],
        },
        "context": {"asked": str(time.time()), "kind": "python", "number": 7, "yes": True},
        "usageIdentifierKey": os.environ.get("PLAN_KEY"),
    }
