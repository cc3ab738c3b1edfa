package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArnAndIdsTest {

  @Test
  void a_taggable_arn_has_no_account_and_survives_parsing() {
    Arn arn = Arn.apigateway("us-east-1", "/restapis/a1b2c3d4e5/stages/prod");

    assertEquals("arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod", arn.toString());
    assertEquals(Optional.of(arn), Arn.parse(arn.toString()));
  }

  @Test
  void an_execute_api_arn_has_a_single_slash_before_the_path() {
    for (String path : List.of("/pets/1", "pets/1")) {
      assertEquals(
          "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/1",
          Arn.executeApi("us-east-1", "123456789012", "a1b2c3d4e5", "prod", "GET", path)
              .toString());
    }
  }

  @Test
  void what_is_no_arn_is_empty() {
    for (String text :
        List.of("", "arn", "arn:aws", "arn:aws:s3:::", "urn:aws:s3:::b", "arn::s3:::b")) {
      assertEquals(Optional.empty(), Arn.parse(text), text);
    }
    assertEquals(Optional.empty(), Arn.parse("arn:aws:s3:::" + "b".repeat(5000)));
  }

  @Test
  void ids_have_the_vendors_forms_and_do_not_repeat() {
    Ids ids = new Ids(new Random(7));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      assertMatches("[a-z][a-z0-9]{9}", ids.restApi(), seen);
      assertMatches("[a-z0-9]{10}", ids.rootResource(), seen);
      assertMatches("[a-z][a-z0-9]{5}", ids.small(), seen);
      assertMatches("[a-z0-9]{10}", ids.apiKey(), seen);
      assertMatches("[a-zA-Z0-9]{40}", ids.apiKeyValue(), seen);
      assertMatches("AKIA[A-Z2-7]{16}", ids.accessKey(), seen);
      assertMatches("[a-zA-Z0-9]{40}", ids.secretAccessKey(), seen);
      assertMatches("[1-9][0-9]{11}", ids.account(), seen);
    }
  }

  private static void assertMatches(String pattern, String id, Set<String> seen) {
    assertTrue(id.matches(pattern), id);
    assertTrue(seen.add(id), id + " came twice");
  }
}
