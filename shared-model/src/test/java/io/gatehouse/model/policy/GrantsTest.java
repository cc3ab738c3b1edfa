package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All policies of a request together, for every way in which the resource's names the caller. */
class GrantsTest {

  private static final String ACCOUNT = "123456789012";
  private static final String USER = "arn:aws:iam::123456789012:user/ann";
  private static final String ROLE = "arn:aws:iam::123456789012:role/team/deploy";
  private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/deploy/ann";

  /**
   * Identity, boundary, session and resource: A allows, D denies, - says nothing, and none is none.
   */
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "A,none,none,none,ALLOW IDENTITY",
    "-,none,none,none,NO_STATEMENT IDENTITY",
    "D,none,none,none,EXPLICIT_DENY IDENTITY",
    "A,A,none,none,ALLOW IDENTITY",
    "A,-,none,none,NO_STATEMENT BOUNDARY",
    "A,D,none,none,EXPLICIT_DENY BOUNDARY",
    "-,A,none,none,NO_STATEMENT IDENTITY",
    "-,D,none,none,EXPLICIT_DENY BOUNDARY",
    "A,A,A,none,ALLOW IDENTITY",
    "A,A,-,none,NO_STATEMENT SESSION",
    "A,A,D,none,EXPLICIT_DENY SESSION",
    "-,A,D,none,EXPLICIT_DENY SESSION",
    "A,none,none,A,ALLOW RESOURCE",
    "A,none,none,-,ALLOW IDENTITY",
    "A,none,none,D,EXPLICIT_DENY RESOURCE",
    "-,none,none,A,ALLOW RESOURCE",
    "-,none,none,-,NO_STATEMENT IDENTITY",
    "-,none,none,D,EXPLICIT_DENY RESOURCE",
    "D,none,none,A,EXPLICIT_DENY IDENTITY",
    "D,none,none,-,EXPLICIT_DENY IDENTITY",
    "D,none,none,D,EXPLICIT_DENY IDENTITY",
    "A,-,none,A,ALLOW RESOURCE",
    "A,-,none,-,NO_STATEMENT BOUNDARY",
    "A,D,none,A,EXPLICIT_DENY BOUNDARY",
    "-,none,-,A,ALLOW RESOURCE",
    "-,none,D,A,EXPLICIT_DENY SESSION"
  })
  void within_an_account_one_allow_is_enough_and_one_deny_too_much(
      String identity, String boundary, String session, String resource, String expected) {
    assertEquals(expected, shown(identity, boundary, session, resource, "\"*\"", true));
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "A,none,none,A,ALLOW IDENTITY",
    "A,none,none,-,NO_STATEMENT RESOURCE",
    "A,none,none,none,NO_STATEMENT RESOURCE",
    "A,none,none,D,EXPLICIT_DENY RESOURCE",
    "-,none,none,A,NO_STATEMENT IDENTITY",
    "-,none,none,-,NO_STATEMENT IDENTITY",
    "-,none,none,D,EXPLICIT_DENY RESOURCE",
    "D,none,none,A,EXPLICIT_DENY IDENTITY",
    "A,-,none,A,NO_STATEMENT BOUNDARY",
    "A,none,-,A,NO_STATEMENT SESSION",
    "A,A,A,A,ALLOW IDENTITY"
  })
  void from_another_account_both_sides_have_to_allow(
      String identity, String boundary, String session, String resource, String expected) {
    assertEquals(expected, shown(identity, boundary, session, resource, "\"*\"", false));
  }

  /** The resource's policy allows in each row; the other columns as above. */
  @ParameterizedTest(name = "{0} with {1} {2} {3}, same account {4}")
  @CsvSource({
    "*,-,-,-,true,ALLOW RESOURCE",
    "session,-,-,-,true,ALLOW RESOURCE",
    "role,-,none,none,true,ALLOW RESOURCE",
    "role,-,A,A,true,ALLOW RESOURCE",
    "role,-,-,A,true,NO_STATEMENT IDENTITY",
    "role,A,-,A,true,NO_STATEMENT BOUNDARY",
    "role,A,A,-,true,NO_STATEMENT SESSION",
    "account,-,none,none,true,NO_STATEMENT IDENTITY",
    "account,A,none,none,true,ALLOW IDENTITY",
    "root,-,none,none,true,NO_STATEMENT IDENTITY",
    "account,-,none,none,false,NO_STATEMENT IDENTITY",
    "account,A,none,none,false,ALLOW IDENTITY",
    "role,A,none,none,false,ALLOW IDENTITY",
    "session,A,-,none,false,NO_STATEMENT BOUNDARY",
    "otherRole,-,none,none,true,NO_STATEMENT IDENTITY",
    "otherRole,A,none,none,false,NO_STATEMENT RESOURCE",
    "otherSession,A,none,none,false,NO_STATEMENT RESOURCE",
    "otherAccount,A,none,none,false,NO_STATEMENT RESOURCE"
  })
  void how_the_resources_policy_names_a_session_decides_what_limits_it(
      String name,
      String identity,
      String boundary,
      String session,
      boolean sameAccount,
      String expected) {
    String principal =
        switch (name) {
          case "*" -> "*";
          case "session" -> SESSION;
          case "role" -> ROLE;
          case "account" -> ACCOUNT;
          case "root" -> "arn:aws:iam::123456789012:root";
          case "otherRole" -> "arn:aws:iam::123456789012:role/deploy";
          case "otherSession" -> SESSION + "e";
          default -> "210987654321";
        };
    assertEquals(
        expected,
        shown(
            identity,
            boundary,
            session,
            "A",
            "{\"AWS\": \"" + principal + "\"}",
            sameAccount,
            Principal.session(ACCOUNT, SESSION, ROLE)));
  }

  @ParameterizedTest
  @CsvSource({
    "user,'USER ACCOUNT',NO_STATEMENT",
    "user,'USER',EXPLICIT_DENY",
    "user,'ACCOUNT',EXPLICIT_DENY",
    "user,'*',NO_STATEMENT",
    "session,'SESSION ROLE ACCOUNT',NO_STATEMENT",
    "session,'SESSION ROLE',EXPLICIT_DENY",
    "session,'ROLE ACCOUNT',EXPLICIT_DENY",
    "session,'SESSION ACCOUNT',EXPLICIT_DENY",
    "nobody,'USER ACCOUNT',EXPLICIT_DENY",
    "nobody,'*',NO_STATEMENT"
  })
  void not_principal_spares_whoever_is_named_with_role_and_account(
      String who, String names, Verdict.Kind expected) {
    String list = "\"" + names.replace(" ", "\",\"") + "\"";
    String policy =
        "{\"Statement\":{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":["
            + list.replace("USER", USER)
                .replace("ACCOUNT", ACCOUNT)
                .replace("SESSION", SESSION)
                .replace("ROLE", ROLE)
            + "]},\"Action\":\"*\",\"Resource\":\"*\"}}";
    Principal principal =
        switch (who) {
          case "user" -> new Principal(ACCOUNT, USER);
          case "session" -> Principal.session(ACCOUNT, SESSION, ROLE);
          default -> Principal.ANONYMOUS;
        };
    assertEquals(
        expected,
        Policy.parse(policy, Policy.Kind.RESOURCE)
            .verdict(new PolicyRequest(principal, "x:y", "r", Map.of()))
            .kind());
  }

  private static String shown(
      String identity,
      String boundary,
      String session,
      String resource,
      String principal,
      boolean sameAccount) {
    return shown(
        identity,
        boundary,
        session,
        resource,
        principal,
        sameAccount,
        new Principal(ACCOUNT, USER));
  }

  private static String shown(
      String identity,
      String boundary,
      String session,
      String resource,
      String principal,
      boolean sameAccount,
      Principal who) {
    Grants grants =
        new Grants(
            List.of(policy("-", "").get(), policy(identity, "").get()),
            policy(boundary, ""),
            policy(session, ""));
    Decision decision =
        grants.decide(
            new PolicyRequest(who, "x:go", "arn:aws:x:::r", Map.of()),
            policy(resource, "\"Principal\":" + principal + ","),
            sameAccount);
    return decision.kind() + " " + decision.source();
  }

  private static Optional<Policy> policy(String says, String principal) {
    if (says.equals("none")) {
      return Optional.empty();
    }
    String action = says.equals("-") ? "x:other" : "x:go";
    String effect = says.equals("D") ? "Deny" : "Allow";
    return Optional.of(
        Policy.parse(
            "{\"Statement\":{"
                + principal
                + "\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"*\"}}"
                    .formatted(effect, action),
            principal.isEmpty() ? Policy.Kind.IDENTITY : Policy.Kind.RESOURCE));
  }
}
