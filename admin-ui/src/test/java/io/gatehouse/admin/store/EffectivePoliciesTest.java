package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What cannot be read may have denied anything. */
class EffectivePoliciesTest {

  private static final String ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":"
          + "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
  private static final String CUT_OFF = ALL.substring(0, ALL.length() - 9);

  private static Decision decided(List<String> identity, Optional<String> boundary) {
    return new EffectivePolicies.Texts(identity, boundary)
        .grants()
        .decide(
            new PolicyRequest(
                new Principal("123456789012", "arn:aws:iam::123456789012:user/ann"),
                "apigateway:GET",
                "arn:aws:apigateway:us-east-1::/restapis",
                Map.of()));
  }

  @Test
  void whatCanBeReadAllows() {
    assertTrue(decided(List.of(ALL), Optional.of(ALL)).allows());
  }

  @Test
  void oneDocumentThatCannotBeReadDeniesWhateverTheOthersAllow() {
    assertEquals(
        Verdict.Kind.EXPLICIT_DENY, decided(List.of(ALL, CUT_OFF), Optional.empty()).kind());
  }

  @Test
  void aBoundaryThatCannotBeReadDenies() {
    assertEquals(Verdict.Kind.EXPLICIT_DENY, decided(List.of(ALL), Optional.of(CUT_OFF)).kind());
  }
}
