"""Answers an integration of either kind, as the Node.js one beside it does."""

import json
import os


def handler(event, context):
    told = {
        "kind": "python",
        "greeting": os.environ.get("GREETING"),
        "version": context.function_version,
        "arn": context.invoked_function_arn,
    }
    if event.get("httpMethod"):
        told["method"] = event["httpMethod"]
        told["path"] = event["path"]
        told["body"] = event["body"]
        return {
            "statusCode": 201,
            "headers": {"x-kind": "python"},
            "multiValueHeaders": {"x-many": ["one", "two"]},
            "body": json.dumps(told),
        }
    if event.get("fail"):
        raise ValueError("[404] there is no " + event["fail"])
    told["who"] = event.get("who")
    return told
