package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.CONFLICT;
import static io.gatehouse.model.wire.ApiError.Kind.LIMIT_EXCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

class RequestValidatorRulesTest {

  @Test
  void aValidatorChecksNothingUnlessAskedAndMayHaveNoName() {
    ApiDefinition api = create(Examples.api(), "v", "");
    assertEquals(
        RequestValidator.builder()
            .id("v")
            .validateRequestBody(false)
            .validateRequestParameters(false)
            .build(),
        RequestValidatorRules.get(api, "v"));
    assertRefused(
        BAD_REQUEST,
        "Request Validator name cannot be blank",
        () -> RequestValidatorRules.checkedName(" "));
  }

  @Test
  void aValidatorInUseStays() {
    ApiDefinition api =
        MethodRules.put(
            create(Examples.api(), "v", "all"),
            ROOT,
            Examples.method("GET").requestValidatorId("v").build());
    assertRefused(
        CONFLICT,
        "Cannot delete request validator 'all', is referenced in method: GET//",
        () -> RequestValidatorRules.delete(api, "v"));
    ApiDefinition unused = MethodRules.delete(api, ROOT, "GET");
    assertEquals(Map.of(), RequestValidatorRules.delete(unused, "v").requestValidators());
  }

  @Test
  void anApiHasTwentyAtMost() {
    ApiDefinition api = Examples.api();
    for (int i = 0; i < 20; i++) {
      api = create(api, "v" + i, "same");
    }
    ApiDefinition full = api;
    assertRefused(
        LIMIT_EXCEEDED,
        "Maximum number of Request Validators for this API has been reached. Please contact AWS if"
            + " you need additional Request Validators.",
        () -> create(full, "more", "same"));
  }

  private static ApiDefinition create(ApiDefinition api, String id, String name) {
    return RequestValidatorRules.create(api, RequestValidator.builder().id(id).name(name).build());
  }
}
