package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.vtl.TemplateFailure;

/** Why a template was stopped, as a reason for whoever asks about the response. */
final class TemplateReasons {

  private TemplateReasons() {}

  static Reason ofRequest(TemplateFailure.Kind kind) {
    return switch (kind) {
      case LOOP_TOO_LONG -> Reason.REQUEST_TEMPLATE_LOOP;
      case OUTPUT_TOO_LARGE -> Reason.REQUEST_TEMPLATE_OUTPUT;
      case VALUE_TOO_LARGE -> Reason.REQUEST_TEMPLATE_VALUE;
      case TOO_DEEP -> Reason.REQUEST_TEMPLATE_DEPTH;
      case BODY_NOT_JSON -> Reason.REQUEST_TEMPLATE_BODY_NOT_JSON;
      case NOT_JSON -> Reason.REQUEST_TEMPLATE_NOT_JSON;
      case INVALID_PATH -> Reason.REQUEST_TEMPLATE_PATH;
      case INVALID_PATTERN -> Reason.REQUEST_TEMPLATE_PATTERN;
      case BAD_ARGUMENT -> Reason.REQUEST_TEMPLATE_ARGUMENT;
    };
  }

  static Reason ofResponse(TemplateFailure.Kind kind) {
    return switch (kind) {
      case LOOP_TOO_LONG -> Reason.RESPONSE_TEMPLATE_LOOP;
      case OUTPUT_TOO_LARGE -> Reason.RESPONSE_TEMPLATE_OUTPUT;
      case VALUE_TOO_LARGE -> Reason.RESPONSE_TEMPLATE_VALUE;
      case TOO_DEEP -> Reason.RESPONSE_TEMPLATE_DEPTH;
      case BODY_NOT_JSON -> Reason.RESPONSE_TEMPLATE_BODY_NOT_JSON;
      case NOT_JSON -> Reason.RESPONSE_TEMPLATE_NOT_JSON;
      case INVALID_PATH -> Reason.RESPONSE_TEMPLATE_PATH;
      case INVALID_PATTERN -> Reason.RESPONSE_TEMPLATE_PATTERN;
      case BAD_ARGUMENT -> Reason.RESPONSE_TEMPLATE_ARGUMENT;
    };
  }
}
