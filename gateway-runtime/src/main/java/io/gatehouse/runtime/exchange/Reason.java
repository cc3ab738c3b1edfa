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
  BODY_TOO_LARGE_DECODED("the request body is larger than 10 MB once decompressed"),
  BODY_NOT_DECODABLE("the request body is not in the coding that its Content-Encoding names"),
  REQUIRED_PARAMETERS_MISSING("the request lacks parameters that the method requires"),
  BODY_NOT_JSON("the request body is not JSON, and the method has a model for it"),
  BODY_INVALID("the request body does not fit the method's model"),
  SCHEMA_BUDGET("checking the request body against the method's model takes too many steps"),
  BODY_NOT_TEXT("the mapping template needs text, and the request body is not valid UTF-8"),
  BODY_NOT_BASE64("contentHandling CONVERT_TO_BINARY needs base64, and the request body is none"),
  BODY_NOT_JSON_FOR_MAPPING("a parameter is mapped from the request body, which is not JSON"),
  BODIES_IN_HAND("the node holds as many bytes of bodies as it may"),
  WORK_QUEUE_FULL("too many requests of this account wait for a worker"),
  MAPPING_SOURCE_INVALID("a mapped parameter is not valid in a header or URI"),
  MAPPING_INVALID("a parameter mapping of the integration names what there is not"),
  MAPPING_TARGET_FORBIDDEN("a mapping sets a header that integrations may not set"),
  OVERRIDE_INVALID("the request template overrides something with what is not valid there"),
  UNSUPPORTED_MEDIA_TYPE("no mapping template for this content type and passthrough is off"),
  REQUEST_TEMPLATE_INVALID("the integration's request template does not compile"),
  REQUEST_TEMPLATE_VALUE("a string, number, list or map of the request template grows too large"),
  REQUEST_TEMPLATE_BODY_NOT_JSON("the request template reads the body as JSON, which it is not"),
  REQUEST_TEMPLATE_NOT_JSON("$util.parseJson of the request template is given what is no JSON"),
  REQUEST_TEMPLATE_PATH("a JSON path of the request template is none"),
  REQUEST_TEMPLATE_PATTERN("a regular expression of the request template is none"),
  REQUEST_TEMPLATE_ARGUMENT(
      "a method in the request template is called with what it does not take"),
  REQUEST_TEMPLATE_LOOP("a #foreach of the request template runs more than 1,000 times"),
  REQUEST_TEMPLATE_OUTPUT("the request template's output is larger than 1 MB"),
  REQUEST_TEMPLATE_DEPTH("the request template calls itself more than 20 deep"),
  REQUEST_TEMPLATE_BUDGET("the request template needs more steps than it may take"),
  RESPONSE_TEMPLATE_INVALID("the integration's response template does not compile"),
  RESPONSE_TEMPLATE_VALUE("a string, number, list or map of the response template grows too large"),
  RESPONSE_TEMPLATE_BODY_NOT_JSON("the response template reads the body as JSON, which it is not"),
  RESPONSE_TEMPLATE_NOT_JSON("$util.parseJson of the response template is given what is no JSON"),
  RESPONSE_TEMPLATE_PATH("a JSON path of the response template is none"),
  RESPONSE_TEMPLATE_PATTERN("a regular expression of the response template is none"),
  RESPONSE_TEMPLATE_ARGUMENT(
      "a method in the response template is called with what it does not take"),
  RESPONSE_TEMPLATE_LOOP("a #foreach of the response template runs more than 1,000 times"),
  RESPONSE_TEMPLATE_OUTPUT("the response template's output is larger than 1 MB"),
  RESPONSE_TEMPLATE_DEPTH("the response template calls itself more than 20 deep"),
  RESPONSE_TEMPLATE_BUDGET("the response template needs more steps than it may take"),
  RESPONSE_OVERRIDE_INVALID(
      "the response template overrides something with what is not valid there"),
  RESPONSE_STATUS_INVALID("the integration response's status is informational, which is no answer"),
  RESPONSE_NOT_BASE64("the answer is to be made binary, and the integration's body is not base64"),
  RESPONSE_NOT_TEXT("the response template needs text, and the integration's body is not UTF-8"),
  RESPONSE_BODY_NOT_JSON_FOR_MAPPING(
      "a response parameter is mapped from the integration's body, which is not JSON"),
  RESPONSE_MAPPING_INVALID("a response parameter is mapped from a value that no header can have"),
  SELECTION_PATTERN_INVALID("a selectionPattern of the integration is no regular expression"),
  MODEL_INVALID("a model that request bodies are to be checked against does not compile"),
  MOCK_STATUS_MISSING("the mock's request template gives no integer statusCode"),
  NO_INTEGRATION_RESPONSE("no integration response matches and there is no default one"),
  BACKEND_ADDRESS_UNKNOWN("the backend's name does not resolve"),
  BACKEND_ADDRESS_FORBIDDEN("the backend's address is one that tenants may not reach"),
  BACKEND_UNREACHABLE("the backend refused or dropped the connection"),
  BACKEND_INVALID_ANSWER("the backend's answer is not valid HTTP"),
  BACKEND_TIMEOUT("the backend did not answer within the integration timeout"),
  BACKEND_ANSWER_TOO_LARGE("the backend's answer is larger than the gateway can transform"),
  BACKEND_BODY_INCOMPLETE("the backend's connection ended before the body of its answer did"),
  BACKEND_BODY_LATE("the body of the backend's answer did not end within the integration timeout"),
  BACKEND_BUSY("too many requests wait for this backend"),
  BACKEND_CERTIFICATE_UNTRUSTED(
      "the backend's certificate comes from no authority that is trusted"),
  BACKEND_CERTIFICATE_EXPIRED("the backend's certificate has expired, or is not valid yet"),
  BACKEND_CERTIFICATE_NAME("the backend's certificate is for another host name"),
  BACKEND_TLS_FAILED("no TLS connection to the backend came about"),
  BACKEND_STREAM_RESET("the backend reset the stream of the request"),
  BACKEND_ANSWER_AMBIGUOUS("the length of the backend's answer can be read in two ways"),
  BACKEND_ANSWER_HEAD_TOO_LARGE("the head of the backend's answer is larger than the node takes"),
  BACKEND_ANSWER_ENDLESS("the backend sends informational answers and no final one"),
  BACKEND_SWITCHES_PROTOCOLS("the backend answers in another protocol than it was asked in"),
  BACKEND_BODY_INVALID("the body of the backend's answer is not well formed"),
  BACKEND_CIRCUIT_OPEN("no address of the backend is well, so it is not called"),
  BACKEND_CALLS_OF_ACCOUNT("the account has as many backend calls under way as it may on a node"),
  VPC_LINK_UNKNOWN("the account has no VPC link of the integration's connectionId"),
  VPC_LINK_WITHOUT_TARGETS("the integration's VPC link has no target that can be called"),
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
