package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.RequestCheck;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.validate.Documents;
import io.gatehouse.runtime.validate.InvalidSchema;
import io.gatehouse.runtime.validate.ModelledRequest;
import io.gatehouse.runtime.validate.Models;
import io.gatehouse.runtime.validate.Patterns;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** Compiles what the request validators of one definition ask for, each model once. */
final class CheckCompiler {

  /** For all the models of an API: some tenths of a second, when it is deployed. */
  private static final long MODEL_STEPS = 50_000_000;

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
    if (!parameters && !body) {
      return RequestCheck.NONE;
    }
    try {
      return ModelledRequest.compile(
          parameters ? method.requestParameters() : Map.of(),
          body ? method.requestModels() : Map.of(),
          models,
          CheckCompiler::read);
    } catch (InvalidSchema e) {
      problems.fault(
          Reason.MODEL_INVALID, "a model of the method cannot be used: " + e.getMessage());
      return RequestCheck.NONE;
    }
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
