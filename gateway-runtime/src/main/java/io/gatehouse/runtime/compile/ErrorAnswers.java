package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.exchange.ErrorAnswer;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.CustomErrorAnswer;
import io.gatehouse.runtime.mapping.FieldValue;
import io.gatehouse.runtime.mapping.ParameterMapping;
import io.gatehouse.runtime.mapping.ParameterSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;

/**
 * Compiles customised gateway responses: for each type its own, else that of DEFAULT_4XX or
 * DEFAULT_5XX (aws-behaviour 13).
 */
final class ErrorAnswers {

  private static final String TARGET = "gatewayresponse.header.";

  private ErrorAnswers() {}

  static Map<ResponseType, ErrorAnswer> compile(
      Collection<GatewayResponse> customised, Map<String, String> stageVariables) {
    Map<ResponseType, ErrorAnswer> answers = new EnumMap<>(ResponseType.class);
    for (GatewayResponse response : customised) {
      answers.put(
          ResponseType.valueOf(response.responseTypeAsString()),
          compiled(response, stageVariables));
    }
    for (ResponseType type : ResponseType.values()) {
      ErrorAnswer inherited =
          answers.get(type.status() < 500 ? ResponseType.DEFAULT_4XX : ResponseType.DEFAULT_5XX);
      if (inherited != null) {
        answers.putIfAbsent(type, inherited);
      }
    }
    return answers;
  }

  private static ErrorAnswer compiled(GatewayResponse response, Map<String, String> variables) {
    List<ParameterMapping> headers = new ArrayList<>();
    response
        .responseParameters()
        .forEach(
            (target, expression) ->
                ParameterSource.ofRequest(expression, variables)
                    .ifPresent(
                        source ->
                            headers.add(
                                new ParameterMapping(target.substring(TARGET.length()), source))));
    Map<String, String> templates = new LinkedHashMap<>(response.responseTemplates());
    templates.keySet().removeIf(type -> !FieldValue.isValid(type));
    return new CustomErrorAnswer(status(response), headers, templates, variables);
  }

  /** An informational status would be no answer, and the refusal itself must reach the caller. */
  private static OptionalInt status(GatewayResponse response) {
    int status = response.statusCode() == null ? 0 : Integer.parseInt(response.statusCode());
    return status < 200 ? OptionalInt.empty() : OptionalInt.of(status);
  }
}
