package io.gatehouse.runtime.exchange;

/**
 * Why a request was refused or failed: one code for each cause, for logs and for whoever asks "why
 * this response?".
 */
public enum Reason {
  API_NOT_FOUND("no API with this id is deployed"),
  STAGE_NOT_FOUND("the API has no stage of this name"),
  BASE_PATH_NOT_FOUND("the custom domain name has no mapping for this base path"),
  ENDPOINT_DISABLED("the API's execute-api endpoint is disabled"),
  ROUTE_NOT_FOUND("no resource and method match this path and verb"),
  API_KEY_MISSING("the method requires an API key and none was sent"),
  API_KEY_UNKNOWN("no such API key"),
  API_KEY_DISABLED("the API key is disabled"),
  API_KEY_NOT_IN_PLAN("the API key is in no usage plan that opens this stage"),
  BODY_TOO_LARGE("the request body is larger than the node takes"),
  TARGET_MALFORMED("the request target is not a valid path"),
  HOST_MISSING("an HTTP/1.1 request needs a Host header"),
  OVERLOADED("the node has as many requests in flight as it takes"),
  MAPPING_SOURCE_INVALID("a mapped parameter is not valid in a header or URI"),
  UNSUPPORTED_MEDIA_TYPE("no mapping template for this content type and passthrough is off"),
  MOCK_STATUS_MISSING("the mock's request template gives no integer statusCode"),
  NO_INTEGRATION_RESPONSE("no integration response matches and there is no default one"),
  BACKEND_ADDRESS_UNKNOWN("the backend's name does not resolve"),
  BACKEND_ADDRESS_FORBIDDEN("the backend's address is one that tenants may not reach"),
  BACKEND_UNREACHABLE("the backend refused or dropped the connection"),
  BACKEND_INVALID_ANSWER("the backend's answer is not valid HTTP"),
  BACKEND_TIMEOUT("the backend did not answer within the integration timeout"),
  BACKEND_ANSWER_TOO_LARGE("the backend's answer is larger than a test invocation takes"),
  BACKEND_BUSY("too many requests wait for this backend"),
  ENDPOINT_INVALID("the integration's URI is no address once stage variables are filled in"),
  NOT_BUILT("the method uses what this version of Gatehouse cannot serve yet"),
  CALLER_GONE("the caller went away before the answer"),
  BUG("an unexpected error of ours; the node's log has it"),

  REQUEST_LINE_INVALID("the request line is not method, target and version with a space between"),
  HTTP_VERSION_UNSUPPORTED("the request's version of HTTP is not one that the node speaks"),
  FRAMING_LENGTH_AND_CODING("the request has a Content-Length and a Transfer-Encoding"),
  FRAMING_LENGTH_DOUBLED("the request has more than one Content-Length"),
  FRAMING_LENGTH_INVALID("the request's Content-Length is not a number of bytes"),
  FRAMING_CODING_UNSUPPORTED("the request's Transfer-Encoding is not just chunked"),
  FRAMING_CHUNK_INVALID("the request's chunked body is not well formed"),
  FRAMING_LINE_FEED("a line of the request ends in a line feed alone"),
  FRAMING_FOLDED_HEADER("a header of the request goes on in a second line"),
  HEADER_INVALID("a header's name or value has a character that may not be there"),
  HOST_DOUBLED("the request has more than one Host"),
  HOST_INVALID("the request's Host is no host name"),
  HOST_MISMATCH("the request line names another host than the Host header"),
  URL_TOO_LONG("the request line is longer than the node takes"),
  HEADERS_TOO_LARGE("request line and headers are larger than the node takes"),
  HEADER_TIMEOUT("the request's headers were not complete in time"),
  BODY_TIMEOUT("the request's body came too slowly"),
  TOO_MANY_CONNECTIONS("the caller's address has as many connections open as it may");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** The cause in words. */
  public String text() {
    return text;
  }
}
