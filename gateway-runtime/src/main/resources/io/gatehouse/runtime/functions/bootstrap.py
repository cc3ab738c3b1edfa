"""Runs a Python function: asks the Runtime API for events and hands it what the handler returns."""

import http.client
import importlib
import json
import os
import sys
import time
import traceback

ROOT = "/2018-06-01/runtime/"


class RuntimeApi:
    """One connection, kept open; made anew when it breaks."""

    def __init__(self, address):
        self.address = address
        self.connection = http.client.HTTPConnection(address)

    def call(self, verb, path, body=None, headers=None):
        for attempt in (1, 2):
            try:
                self.connection.request(verb, ROOT + path, body, headers or {})
                response = self.connection.getresponse()
                return response, response.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                if attempt == 2:
                    raise

    def next(self):
        return self.call("GET", "invocation/next")

    def response(self, request_id, body):
        self.call("POST", "invocation/" + request_id + "/response", body, {"Content-Type": "application/json"})

    def error(self, path, error):
        body = json.dumps(document(error)).encode()
        self.call("POST", path, body, {"Lambda-Runtime-Function-Error-Type": "Unhandled"})


class Identity:
    """Who called through a mobile client; nobody ever does here."""

    cognito_identity_id = None
    cognito_identity_pool_id = None


class ClientContext:
    """What a caller told of itself; kept under the names of the vendor's runtime."""

    def __init__(self, document):
        document = document if isinstance(document, dict) else {}
        self.custom = document.get("custom")
        self.env = document.get("env")
        self.client = Client(document["client"]) if isinstance(document.get("client"), dict) else None


class Client:
    """The application that a caller is."""

    def __init__(self, document):
        self.installation_id = document.get("installation_id")
        self.app_title = document.get("app_title")
        self.app_version_name = document.get("app_version_name")
        self.app_version_code = document.get("app_version_code")
        self.app_package_name = document.get("app_package_name")


class Context:
    """What a handler is told of its invocation."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        client = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class HandlerError(Exception):
    """The handler is not where the configuration says."""

    def __init__(self, error_type, message):
        super().__init__(message)
        self.error_type = error_type


def document(error):
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if f.filename != __file__]
    return {
        "errorMessage": str(error),
        "errorType": getattr(error, "error_type", type(error).__name__),
        "requestId": os.environ.get("_REQUEST_ID", ""),
        "stackTrace": traceback.format_list(own),
    }


def find_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise HandlerError("Runtime.MalformedHandlerName", "Bad handler '" + name + "': not enough values to unpack")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as e:
        message = "Unable to import module '" + module_name + "': " + str(e)
        raise HandlerError("Runtime.ImportModuleError", message) from e
    except SyntaxError as e:
        message = "Syntax error in module '" + module_name + "': " + str(e)
        raise HandlerError("Runtime.UserCodeSyntaxError", message) from e
    if not hasattr(module, function_name):
        message = "Handler '" + function_name + "' missing on module '" + module_name + "'"
        raise HandlerError("Runtime.HandlerNotFound", message)
    return getattr(module, function_name)


def set_up_logging():
    import logging

    class Lines(logging.StreamHandler):
        def format(self, record):
            request_id = os.environ.get("_REQUEST_ID", "")
            return "[%s]\t%s\t%s\t%s" % (
                record.levelname,
                time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + ".%03dZ" % record.msecs,
                request_id,
                super().format(record),
            )

    logging.getLogger().addHandler(Lines(sys.stdout))


def main():
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    set_up_logging()
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as e:
        report(e)
        api.error("init/error", e)
        sys.exit(1)
    while True:
        serve(api, handler)


def serve(api, handler):
    response, body = api.next()
    if response.status != 200:
        sys.exit("the Runtime API answers %d" % response.status)
    context = Context(response.headers)
    os.environ["_REQUEST_ID"] = context.aws_request_id
    os.environ["_X_AMZN_TRACE_ID"] = response.headers.get("Lambda-Runtime-Trace-Id", "")
    try:
        result = handler(json.loads(body), context)
        answer = json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except Exception as e:
        report(e)
        sys.stdout.flush()
        api.error("invocation/" + context.aws_request_id + "/error", e)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    api.response(context.aws_request_id, answer)


def report(error):
    what = document(error)
    trace = "".join(what["stackTrace"])
    print("[ERROR] %s: %s\n%s" % (what["errorType"], what["errorMessage"], "Traceback:\n" + trace if trace else ""))


main()
