package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.policy.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static final String API = "arn:aws:apigateway:us-east-1::/restapis/a1";
  private static final Principal ANN =
      new Principal("123456789012", "arn:aws:iam::123456789012:user/ann");

  @Test
  void a_deny_outweighs_every_allow_and_names_itself() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "Action": "apigateway:*", "Resource": "*"},
            {"Sid": "NoDeleting", "Effect": "Deny", "Action": "apigateway:DELETE", "Resource": "*"}""");

    assertEquals(
        new Verdict(Kind.EXPLICIT_DENY, Optional.of("NoDeleting")),
        ask(policy, "apigateway:DELETE"));
    assertEquals(
        new Verdict(Kind.ALLOW, Optional.of("Statement[0]")), ask(policy, "apigateway:GET"));
    assertEquals(new Verdict(Kind.NO_STATEMENT, Optional.empty()), ask(policy, "sts:GET"));
  }

  @ParameterizedTest
  @CsvSource({
    "apigateway:GET,true",
    "APIGateway:get,true",
    "apigateway:*,true",
    "apigateway:?ET,true",
    "*,true",
    "apigateway:P*,false",
    "execute-api:*,false"
  })
  void actions_are_compared_without_case_and_with_wildcards(String action, boolean allowed) {
    Policy policy =
        identity("{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}");

    assertEquals(allowed, ask(policy, "apigateway:GET").allows());
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:apigateway:us-east-1::/restapis/a1,true",
    "arn:aws:apigateway:*::/restapis/*,true",
    "arn:aws:apigateway:us-east-1::/restapis/A1,false",
    "arn:aws:apigateway:us-east-1::/restapis,false",
    "arn:aws:apigateway:us-east-1::/restapis/a1/*,false",
    "*,true"
  })
  void resources_are_compared_with_case_and_with_wildcards(String resource, boolean allowed) {
    Policy policy =
        identity("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"" + resource + "\"}");

    assertEquals(allowed, ask(policy, "apigateway:GET").allows());
  }

  @Test
  void what_is_not_named_is_all_but_that() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "NotAction": ["apigateway:DELETE", "apigateway:P*"],
             "NotResource": "arn:aws:apigateway:*::/restapis/b*"}""");

    assertTrue(ask(policy, "apigateway:GET").allows());
    assertFalse(ask(policy, "apigateway:DELETE").allows());
    assertFalse(
        policy
            .verdict(
                new PolicyRequest(
                    ANN, "apigateway:GET", "arn:aws:apigateway:x::/restapis/b1", Map.of()))
            .allows());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"*\"',true",
    "'{\"Service\": \"apigateway.amazonaws.com\"}',true",
    "'{\"Service\": [\"s3.amazonaws.com\", \"apigateway.amazonaws.com\"]}',true",
    "'{\"Service\": \"s3.amazonaws.com\"}',false",
    "'{\"Service\": \"*\"}',false",
    "'{\"AWS\": \"123456789012\"}',false"
  })
  void services_are_principals_by_their_names(String principal, boolean covered) {
    String policy =
        "{\"Statement\":{\"Principal\":"
            + principal
            + ",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    PolicyRequest request =
        new PolicyRequest(Principal.service("apigateway.amazonaws.com"), "x:y", "r", Map.of());
    assertEquals(covered, Policy.parse(policy, Policy.Kind.RESOURCE).verdict(request).allows());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"*\"',true",
    "'{\"AWS\": \"*\"}',true",
    "'{\"AWS\": \"123456789012\"}',true",
    "'{\"AWS\": \"arn:aws:iam::123456789012:root\"}',true",
    "'{\"AWS\": [\"210987654321\", \"arn:aws:iam::123456789012:user/ann\"]}',true",
    "'{\"AWS\": \"arn:aws:iam::123456789012:user/bob\"}',false",
    "'{\"Service\": \"apigateway.amazonaws.com\"}',false"
  })
  void principals_are_accounts_arns_or_everybody(String principal, boolean covered) {
    String policy =
        "{\"Statement\":{\"Principal\":"
            + principal
            + ",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"execute-api:/*\"}}";

    PolicyRequest request = new PolicyRequest(ANN, "x:y", "execute-api:/a", Map.of());
    assertEquals(covered, Policy.parse(policy, Policy.Kind.RESOURCE).verdict(request).allows());
  }

  @Test
  void nobody_known_is_covered_by_everybody_only() {
    String policy =
        """
        {"Statement": [
          {"Effect": "Allow", "Principal": "*", "Action": "x:a", "Resource": "*"},
          {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "x:b", "Resource": "*"}]}""";
    Policy read = Policy.parse(policy, Policy.Kind.RESOURCE);

    assertTrue(read.verdict(new PolicyRequest(Principal.ANONYMOUS, "x:a", "r", Map.of())).allows());
    assertFalse(
        read.verdict(new PolicyRequest(Principal.ANONYMOUS, "x:b", "r", Map.of())).allows());
  }

  @Test
  void variables_are_filled_in_and_never_are_wildcards() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "Action": "*",
             "Resource": "arn:aws:x:::home/${aws:username}/*"}""");

    assertTrue(home(policy, "ann", "arn:aws:x:::home/ann/letter").allows());
    assertFalse(home(policy, "ann", "arn:aws:x:::home/bob/letter").allows());
    assertFalse(home(policy, "*", "arn:aws:x:::home/bob/letter").allows());
    assertFalse(
        policy
            .verdict(new PolicyRequest(ANN, "a:b", "arn:aws:x:::home//letter", Map.of()))
            .allows());
  }

  @Test
  void a_variable_may_have_a_default_and_a_star_may_be_a_star() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "Action": "*", "Resource":
              ["arn:aws:x:::${aws:team, 'nobody'}", "arn:aws:y:::${*}${?}${$}"]}""");

    assertTrue(home(policy, "ann", "arn:aws:x:::nobody").allows());
    assertTrue(home(policy, "ann", "arn:aws:y:::*?$").allows());
    assertFalse(home(policy, "ann", "arn:aws:y:::abc").allows());
  }

  @Test
  void variables_are_plain_text_in_policies_of_the_old_version() {
    Policy policy =
        Policy.parse(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"arn:aws:x:::${aws:username}\"}}",
            Policy.Kind.IDENTITY);

    assertFalse(home(policy, "ann", "arn:aws:x:::ann").allows());
    assertTrue(home(policy, "ann", "arn:aws:x:::${aws:username}").allows());
  }

  @Test
  void what_a_missing_variable_leaves_out_counts_against_the_caller() {
    String not = "{\"Effect\":\"%s\",\"Action\":\"*\",\"NotResource\":\"arn:aws:x:::${aws:team}\"}";

    assertEquals(Kind.NO_STATEMENT, ask(identity(not.formatted("Allow")), "a:b").kind());
    assertEquals(Kind.EXPLICIT_DENY, ask(identity(not.formatted("Deny")), "a:b").kind());
  }

  @Test
  void all_conditions_of_a_statement_have_to_hold() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
              "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]},
              "Bool": {"aws:SecureTransport": true}}}""");

    assertTrue(from(policy, "10.1.1.1", "true").allows());
    assertTrue(from(policy, "2001:db8::7", "true").allows());
    assertFalse(from(policy, "10.1.1.1", "false").allows());
    assertFalse(from(policy, "11.1.1.1", "true").allows());
  }

  @Test
  void the_keys_of_conditions_and_variables_are_told() {
    Policy policy =
        identity(
            """
            {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:x:::${aws:username}",
             "Condition": {"StringEquals": {"aws:RequestTag/team": "${aws:userid}"}}}""");

    assertEquals(Set.of("aws:username", "aws:RequestTag/team", "aws:userid"), policy.keys());
  }

  /** Random policies of small words against a model that writes the rules down once more. */
  @Test
  void verdicts_are_those_of_the_slow_obvious_way() {
    Random random = new Random(3);
    int[] seen = new int[Kind.values().length];
    for (int i = 0; i < 20_000; i++) {
      List<Rule> rules = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        rules.add(Rule.random(random));
      }
      Policy policy = identity(rules.stream().map(Rule::json).collect(Collectors.joining(",")));
      String action = "x:" + word(random, "ab");
      String resource = "arn:" + word(random, "ab");
      Kind expected =
          rules.stream().anyMatch(r -> r.deny() && r.matches(action, resource))
              ? Kind.EXPLICIT_DENY
              : rules.stream().anyMatch(r -> r.matches(action, resource))
                  ? Kind.ALLOW
                  : Kind.NO_STATEMENT;

      Kind found = policy.verdict(new PolicyRequest(ANN, action, resource, Map.of())).kind();

      assertEquals(expected, found, () -> rules + " asked for " + action + " on " + resource);
      seen[found.ordinal()]++;
    }
    for (int times : seen) {
      assertTrue(times > 1000, "every verdict must come up often");
    }
  }

  private record Rule(
      boolean deny, boolean notAction, String action, boolean notResource, String resource) {

    static Rule random(Random random) {
      return new Rule(
          random.nextInt(4) == 0,
          random.nextInt(4) == 0,
          "x:" + word(random, "ab*?"),
          random.nextInt(4) == 0,
          "arn:" + word(random, "ab*?"));
    }

    boolean matches(String action, String resource) {
      return regex(this.action, action) != notAction
          && regex(this.resource, resource) != notResource;
    }

    private static boolean regex(String pattern, String text) {
      return text.matches(pattern.replace("*", ".*").replace("?", "."));
    }

    String json() {
      return "{\"Effect\":\"%s\",\"%s\":\"%s\",\"%s\":\"%s\"}"
          .formatted(
              deny ? "Deny" : "Allow",
              notAction ? "NotAction" : "Action",
              action,
              notResource ? "NotResource" : "Resource",
              resource);
    }
  }

  private static String word(Random random, String letters) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(3); n >= 0; n--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private static Policy identity(String statements) {
    return Policy.parse(
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", Policy.Kind.IDENTITY);
  }

  private static Verdict ask(Policy policy, String action) {
    return policy.verdict(new PolicyRequest(ANN, action, API, Map.of()));
  }

  private static Verdict home(Policy policy, String user, String resource) {
    return policy.verdict(
        new PolicyRequest(ANN, "a:b", resource, Map.of("aws:username", List.of(user))));
  }

  private static Verdict from(Policy policy, String address, String secure) {
    return policy.verdict(
        new PolicyRequest(
            ANN,
            "a:b",
            "r",
            Map.of("aws:SourceIp", List.of(address), "aws:SecureTransport", List.of(secure))));
  }
}
