package io.gatehouse.model.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import org.junit.jupiter.api.Test;

class ResourcePolicyTest {

  private static final String API = "arn:aws:execute-api:us-east-1:123456789012:a1";

  private static String policy(String resource) {
    return "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":"
        + resource
        + "}]}";
  }

  @Test
  void shortFormsAreSpeltOutAndListsOfOneAreTheOne() {
    assertEquals(
        policy("\"" + API + "/dev/GET/*\""),
        ResourcePolicy.stored(policy("[\"execute-api:/dev/GET/*\"]"), API));
  }

  @Test
  void whatIsSpeltOutStaysAsItIs() {
    String once = ResourcePolicy.stored(policy("\"execute-api:/*\""), API);

    assertEquals(once, ResourcePolicy.stored(once, API));
  }

  @Test
  void aPolicyThatGrowsTooLongIsRefusedAndNotStoredForNobodyToRead() {
    String many = "\"execute-api:/dev/GET/a\"" + ",\"execute-api:/dev/GET/a\"".repeat(250);

    String refused =
        assertThrows(ApiError.class, () -> ResourcePolicy.stored(policy("[" + many + "]"), API))
            .getMessage();
    assertTrue(refused.contains("longer than 8192 characters"), refused);
  }
}
