package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that are written to keep a gateway busy, asked by callers who help with that. */
class HostilePolicyTest {

  private static final String LONG = "a".repeat(9_000);
  private static final Optional<String> FIRST = Optional.of("Statement[0]");

  /** Each would need millions of steps. All say Allow, and none of them may. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Resource':'*<1000*a>b'",
        "'Resource':['<1000*\",\"*ab>']",
        "'NotResource':['x<1000*\",\"*ab>']",
        "'Resource':'*','Condition':{'StringLike':{'t:long':'*<1500*a>b'}}",
        "'Resource':'*','Condition':{'StringNotLike':{'t:long':['x<1000*\",\"*ab>']}}",
        "'Resource':'*','Condition':{'ArnLike':{'t:arn':'arn:*:*:*:*:*<1500*a>b'}}",
        "'Resource':'<500*${t:long}>'",
        "'Resource':'*','Condition':{'StringEquals':{'t:long':'<500*${t:long}>'}}",
        "'Resource':'*','Condition':{'ForAllValues:StringNotLike':{'t:many':'*<1500*a>b'}}"
      })
  void a_policy_that_needs_too_many_steps_denies(String members) {
    Policy policy = allow(members);
    PolicyRequest request = request();

    assertEquals(new Verdict(Verdict.Kind.EXPLICIT_DENY, FIRST), policy.verdict(request), members);
    assertEquals(0, request.stepsLeft());
  }

  @Test
  void what_one_policy_has_spent_another_does_not_have() {
    Policy costly = allow("'Resource':'*<1000*a>b'");
    Policy plain = allow("'Resource':'*'");

    Decision decision =
        new Grants(List.of(plain), Optional.of(plain), Optional.of(costly)).decide(request());

    assertEquals(
        new Decision(Verdict.Kind.EXPLICIT_DENY, Decision.Source.SESSION, FIRST), decision);
  }

  @Test
  void the_longest_policy_that_is_no_attack_stays_far_within() {
    StringBuilder resources = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      resources
          .append(i == 0 ? "" : "','")
          .append("arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/*/part/")
          .append(i);
    }
    Policy policy = allow("'Resource':['" + resources + "']");
    PolicyRequest request =
        new PolicyRequest(
            Principal.ANONYMOUS,
            "x:y",
            "arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/a/part/79",
            Map.of());

    assertTrue(policy.verdict(request).allows());
    assertTrue(request.stepsLeft() > PolicyRequest.MOST_STEPS * 9 / 10, "" + request.stepsLeft());
  }

  @Test
  void a_document_without_bounds_is_not_read() {
    String deep = "{\"Statement\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThrows(InvalidPolicy.class, () -> Policy.parse(deep, Policy.Kind.IDENTITY));
    String wide = allowText("'Resource':'" + "a".repeat(9_000) + "'");
    assertThrows(InvalidPolicy.class, () -> Policy.parse(wide, Policy.Kind.IDENTITY));
    String blank = allowText("'Resource':'*'" + " ".repeat(70_000));
    assertThrows(InvalidPolicy.class, () -> Policy.parse(blank, Policy.Kind.IDENTITY));
  }

  private static PolicyRequest request() {
    return new PolicyRequest(
        Principal.ANONYMOUS,
        "x:y",
        LONG,
        Map.of(
            "t:long",
            List.of(LONG),
            "t:arn",
            List.of("arn:aws:x:y:z:" + LONG),
            "t:many",
            List.of(LONG, LONG, LONG)));
  }

  private static Policy allow(String members) {
    return Policy.parse(allowText(members), Policy.Kind.AUTHORIZER);
  }

  /** With {@code <3*x>} for three times {@code x}. */
  private static String allowText(String members) {
    String quoted = members.replace('\'', '"');
    int open = quoted.indexOf('<');
    if (open >= 0) {
      int star = quoted.indexOf('*', open);
      int close = quoted.indexOf('>', open);
      int times = Integer.parseInt(quoted.substring(open + 1, star));
      quoted =
          quoted.substring(0, open)
              + quoted.substring(star + 1, close).repeat(times)
              + quoted.substring(close + 1);
    }
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\","
        + quoted
        + "}}";
  }
}
