package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.validate.BodyCheck;
import io.gatehouse.runtime.validate.Documents;
import io.gatehouse.runtime.validate.InvalidSchema;
import io.gatehouse.runtime.validate.ModelledRequest;
import io.gatehouse.runtime.validate.Models;
import io.gatehouse.runtime.validate.ParameterCheck;
import io.gatehouse.runtime.validate.Patterns;
import io.gatehouse.runtime.validate.SchemaCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** Compiles what the request validators of one definition ask for, each model once. */
final class CheckCompiler {

  /** For all the models of an API; a few seconds at most, when it is deployed. */
  private static final long MODEL_STEPS = 200_000_000;

  private final Map<String, RequestValidator> validators;
  private final Models models;

  CheckCompiler(ApiDefinition definition) {
    this.validators = definition.requestValidators();
    Map<String, String> schemas = new HashMap<>();
    definition
        .models()
        .forEach((name, model) -> schemas.put(name, model.schema() == null ? "" : model.schema()));
    this.models =
        new Models(schemas, CheckCompiler::read, CheckCompiler::pattern, Budget.of(MODEL_STEPS));
  }

  RequestCheck compile(Method method, Problems problems) {
    RequestValidator validator =
        method.requestValidatorId() == null ? null : validators.get(method.requestValidatorId());
    if (validator == null) {
      return RequestCheck.NONE;
    }
    boolean parameters = Boolean.TRUE.equals(validator.validateRequestParameters());
    boolean body = Boolean.TRUE.equals(validator.validateRequestBody());
    return parameters || body
        ? new ModelledRequest(
            new ParameterCheck(parameters ? required(method) : List.of()),
            new BodyCheck(body ? checks(method, problems) : Map.of(), CheckCompiler::read))
        : RequestCheck.NONE;
  }

  private static List<String> required(Method method) {
    return method.requestParameters().entrySet().stream()
        .filter(parameter -> Boolean.TRUE.equals(parameter.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, SchemaCheck> checks(Method method, Problems problems) {
    Map<String, SchemaCheck> checks = new HashMap<>();
    method
        .requestModels()
        .forEach(
            (type, model) -> {
              try {
                checks.put(type, models.check(model));
              } catch (InvalidSchema e) {
                problems.fault(
                    Reason.MODEL_INVALID,
                    "the model " + model + " for " + type + " cannot be used: " + e.getMessage());
              }
            });
    return checks;
  }

  private static Object read(String text, Budget budget) throws Documents.NotJson {
    try {
      return Json.parse(text, budget);
    } catch (InvalidJson e) {
      throw new Documents.NotJson(e.getMessage());
    }
  }

  private static Patterns.Matcher pattern(String pattern) throws InvalidSchema {
    try {
      JavaPattern compiled = JavaPattern.compile(pattern);
      return compiled::find;
    } catch (InvalidPattern e) {
      throw new InvalidSchema("the pattern " + pattern + " cannot be used: " + e.getMessage());
    }
  }
}
