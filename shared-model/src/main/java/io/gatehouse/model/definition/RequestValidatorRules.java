package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** What methods have checked of a request. Imitates the RequestValidator pages, as recorded. */
public final class RequestValidatorRules {

  /** The vendor's quota. */
  static final int MOST_VALIDATORS = 20;

  private static final int LONGEST_NAME = 255;

  private RequestValidatorRules() {}

  /**
   * @throws ApiError not found, when there is no such validator
   */
  public static RequestValidator get(ApiDefinition api, String id) {
    return Optional.ofNullable(api.requestValidators().get(id))
        .orElseThrow(RequestValidatorRules::unknown);
  }

  /** What the vendor says of an unknown validator, and of an unknown API that would hold it. */
  public static ApiError unknown() {
    return ApiError.notFound("Invalid Request Validator identifier specified");
  }

  /** A name that a patch is about to set; one that was never given is no fault. */
  public static String checkedName(String name) {
    if (name.isBlank()) {
      throw ApiError.badRequest("Request Validator name cannot be blank");
    }
    return name;
  }

  /**
   * @param wanted with the id that was drawn for it
   */
  public static ApiDefinition create(ApiDefinition api, RequestValidator wanted) {
    if (api.requestValidators().size() >= MOST_VALIDATORS) {
      throw Shapes.quotaReached("Request Validators");
    }
    return with(api, wanted);
  }

  public static ApiDefinition update(
      ApiDefinition api, String id, UnaryOperator<RequestValidator> change) {
    return with(api, change.apply(get(api, id)));
  }

  /**
   * @throws ApiError conflict, naming a method that uses it
   */
  public static ApiDefinition delete(ApiDefinition api, String id) {
    RequestValidator validator = get(api, id);
    Uses.refuse(
        api,
        "request validator '" + Optional.ofNullable(validator.name()).orElse(id) + "'",
        method -> id.equals(method.requestValidatorId()));
    Map<String, RequestValidator> rest = new LinkedHashMap<>(api.requestValidators());
    rest.remove(id);
    return api.withRequestValidators(rest);
  }

  private static ApiDefinition with(ApiDefinition api, RequestValidator wanted) {
    Shapes.checkLength("Request Validator name", wanted.name(), LONGEST_NAME);
    RequestValidator validator =
        wanted.toBuilder()
            .name(Shapes.text(wanted.name()))
            .validateRequestBody(Boolean.TRUE.equals(wanted.validateRequestBody()))
            .validateRequestParameters(Boolean.TRUE.equals(wanted.validateRequestParameters()))
            .build();
    Map<String, RequestValidator> validators = new LinkedHashMap<>(api.requestValidators());
    validators.put(validator.id(), validator);
    return api.withRequestValidators(validators);
  }
}
