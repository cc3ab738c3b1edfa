package io.gatehouse.admin.console.requests;

import static io.gatehouse.admin.console.requests.Advice.put;

import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;

/** On what the method makes of requests and answers: parameters, templates, overrides. */
final class MappingAdvice {

  private MappingAdvice() {}

  static void addTo(Map<Reason, Advice> all) {
    bodies(all);
    parameters(all);
    templates(all);
    answers(all);
  }

  private static void bodies(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The mapping template reads the body as text. The caller has to send UTF-8, or the content"
            + " type belongs into the API's binaryMediaTypes.",
        Reason.BODY_NOT_TEXT);
    put(
        all,
        Place.METHOD,
        "The integration's contentHandling is CONVERT_TO_BINARY, so the caller has to send base64.",
        Reason.BODY_NOT_BASE64);
    put(
        all,
        Place.METHOD,
        "A request parameter of the integration is mapped from method.request.body, which has to be"
            + " JSON then.",
        Reason.BODY_NOT_JSON_FOR_MAPPING);
    put(
        all,
        Place.METHOD,
        "The integration's passthroughBehavior lets only content types with a mapping template"
            + " through. Add a template for the caller's Content-Type, or let others pass.",
        Reason.UNSUPPORTED_MEDIA_TYPE);
  }

  private static void parameters(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The detail names the parameter: what the caller sent in it cannot stand in a header or"
            + " address. Have the caller encode it.",
        Reason.MAPPING_SOURCE_INVALID);
    put(
        all,
        Place.METHOD,
        "A request parameter of the integration is mapped from something that there is not. The"
            + " detail names it.",
        Reason.MAPPING_INVALID);
    put(
        all,
        Place.METHOD,
        "The integration's mapping sets a header that only the gateway sets. The detail names it;"
            + " take it out.",
        Reason.MAPPING_TARGET_FORBIDDEN);
    put(
        all,
        Place.METHOD,
        "The request template sets $context.requestOverride to something that cannot be sent. The"
            + " detail names it.",
        Reason.OVERRIDE_INVALID);
  }

  private static void templates(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "Mend the integration's request template; the detail says where. Testing the method shows"
            + " what the template makes, without a deployment.",
        Reason.REQUEST_TEMPLATE_INVALID,
        Reason.REQUEST_TEMPLATE_NOT_JSON,
        Reason.REQUEST_TEMPLATE_PATH,
        Reason.REQUEST_TEMPLATE_PATTERN,
        Reason.REQUEST_TEMPLATE_ARGUMENT);
    put(
        all,
        Place.METHOD,
        "The request template reads the body by $input, so the caller has to send JSON. A validator"
            + " with a model tells callers so with 400.",
        Reason.REQUEST_TEMPLATE_BODY_NOT_JSON);
    put(
        all,
        Place.METHOD,
        "The request template does too much for one request. Let it loop and build less, or do that"
            + " in the backend.",
        Reason.REQUEST_TEMPLATE_VALUE,
        Reason.REQUEST_TEMPLATE_LOOP,
        Reason.REQUEST_TEMPLATE_OUTPUT,
        Reason.REQUEST_TEMPLATE_DEPTH,
        Reason.REQUEST_TEMPLATE_BUDGET);
    put(
        all,
        Place.METHOD,
        "Mend the template of the integration response; the detail says where. Testing the method"
            + " shows what it makes, without a deployment.",
        Reason.RESPONSE_TEMPLATE_INVALID,
        Reason.RESPONSE_TEMPLATE_NOT_JSON,
        Reason.RESPONSE_TEMPLATE_PATH,
        Reason.RESPONSE_TEMPLATE_PATTERN,
        Reason.RESPONSE_TEMPLATE_ARGUMENT);
    put(
        all,
        Place.METHOD,
        "The response template reads the backend's answer by $input, and the answer is no JSON. Add a"
            + " template for its content type, or let it pass as it is.",
        Reason.RESPONSE_TEMPLATE_BODY_NOT_JSON);
    put(
        all,
        Place.METHOD,
        "The response template or a selectionPattern does too much for one answer. Let it loop and"
            + " build less, or do that in the backend.",
        Reason.RESPONSE_TEMPLATE_VALUE,
        Reason.RESPONSE_TEMPLATE_LOOP,
        Reason.RESPONSE_TEMPLATE_OUTPUT,
        Reason.RESPONSE_TEMPLATE_DEPTH,
        Reason.RESPONSE_TEMPLATE_BUDGET);
  }

  private static void answers(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The response template sets $context.responseOverride to something that cannot be sent. The"
            + " detail names it.",
        Reason.RESPONSE_OVERRIDE_INVALID);
    put(
        all,
        Place.METHOD,
        "The integration response's statusCode is below 200. Set one that is an answer.",
        Reason.RESPONSE_STATUS_INVALID);
    put(
        all,
        Place.METHOD,
        "The answer's contentHandling is CONVERT_TO_BINARY, so the backend has to answer base64; a"
            + " function sets isBase64Encoded.",
        Reason.RESPONSE_NOT_BASE64);
    put(
        all,
        Place.METHOD,
        "The response template reads the backend's answer as text, which it is not. Leave the"
            + " template out for this content type.",
        Reason.RESPONSE_NOT_TEXT);
    put(
        all,
        Place.METHOD,
        "A response parameter is mapped from integration.response.body, so the backend has to answer"
            + " JSON.",
        Reason.RESPONSE_BODY_NOT_JSON_FOR_MAPPING);
    put(
        all,
        Place.METHOD,
        "A response parameter is mapped from a value that no header can hold, as one with a line"
            + " break. The detail names it.",
        Reason.RESPONSE_MAPPING_INVALID);
    put(
        all,
        Place.METHOD,
        "Mend the selectionPattern of the integration response; the detail says what is wrong.",
        Reason.SELECTION_PATTERN_INVALID);
    put(
        all,
        Place.METHOD,
        "A mock answers by what its request template makes: a JSON object with an integer"
            + " statusCode. Add a template for the caller's content type.",
        Reason.MOCK_STATUS_MISSING);
    put(
        all,
        Place.METHOD,
        "No selectionPattern fits the backend's status or error, and no integration response is the"
            + " default. Add one without a selectionPattern.",
        Reason.NO_INTEGRATION_RESPONSE);
  }
}
