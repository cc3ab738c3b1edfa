package io.gatehouse.admin.guard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;

class PermissionsTest {

  private static final String API = "arn:aws:apigateway:us-east-1::/restapis/a1";
  private static final SdkPojo DELETE = DeleteRestApiRequest.builder().restApiId("a1").build();

  private final Permissions permissions =
      new Permissions(InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")));

  @Test
  void a_key_without_a_policy_may_what_its_role_may() {
    Caller caller = caller(Role.DEVELOPER, Optional.empty());

    assertDoesNotThrow(() -> delete(caller));
    assertThrows(ApiError.class, () -> delete(caller(Role.VIEWER, Optional.empty())));
  }

  @Test
  void a_policy_never_gives_more_than_the_role() {
    assertThrows(
        ApiError.class, () -> delete(caller(Role.VIEWER, Optional.of(KeyPolicies.FULL_ACCESS))));
    assertDoesNotThrow(() -> delete(caller(Role.OWNER, Optional.of(KeyPolicies.FULL_ACCESS))));
  }

  @Test
  void no_policy_of_a_tenants_opens_the_platform() {
    Grants everything =
        Grants.of(
            ManagedPolicies.find("arn:aws:iam::aws:policy/AdministratorAccess")
                .orElseThrow()
                .policy());
    Caller tenant = with(everything, "123456789012", Caller.Door.CONSOLE);
    Caller platform = with(everything, Caller.PLATFORM_ACCOUNT, Caller.Door.CONSOLE);
    Caller program = with(everything, Caller.PLATFORM_ACCOUNT, Caller.Door.MANAGEMENT_API);

    assertTrue(!permissions.mayPerson(tenant, AccessLevel.OPERATE));
    assertTrue(permissions.mayPerson(tenant, AccessLevel.PERMISSIONS));
    assertTrue(permissions.mayPerson(platform, AccessLevel.OPERATE));
    assertTrue(!permissions.mayPerson(program, AccessLevel.OPERATE));
    assertThrows(
        ApiError.class, () -> permissions.require(tenant, AccessLevel.OPERATE, "gatehouse:x", "*"));
  }

  @Test
  void a_developers_key_decides_about_nobodys_rights_whatever_its_limit_says() {
    Caller developer =
        caller(
            Role.DEVELOPER,
            Optional.of(
                allow("*", "*", "\"StringEquals\": {\"gatehouse:AccessLevel\": \"Permissions\"}")));

    assertThrows(
        ApiError.class,
        () -> permissions.require(developer, AccessLevel.PERMISSIONS, "iam:CreateUser", "*"));
    assertThrows(
        ApiError.class,
        () -> permissions.require(developer, AccessLevel.READ, "iam:ListUsers", "*"));
  }

  @Test
  void what_no_statement_allows_is_denied_in_the_vendors_words() {
    ApiError denied =
        assertThrows(ApiError.class, () -> delete(limited(allow("apigateway:GET", "*", ""))));

    assertEquals(ApiError.Kind.ACCESS_DENIED, denied.kind());
    assertEquals(
        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: apigateway:DELETE on"
            + " resource: arn:aws:apigateway:us-east-1::/restapis/a1 because no permissions"
            + " boundary allows the apigateway:DELETE action",
        denied.getMessage());
  }

  @Test
  void what_a_statement_denies_is_denied_in_the_vendors_words() {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "apigateway:*", "Resource": "*"},
          {"Effect": "Deny", "Action": "apigateway:DELETE", "Resource": "*"}]}""";

    ApiError denied = assertThrows(ApiError.class, () -> delete(limited(policy)));

    assertEquals(
        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: apigateway:DELETE on"
            + " resource: arn:aws:apigateway:us-east-1::/restapis/a1 with an explicit deny in a"
            + " permissions boundary",
        denied.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:apigateway:us-east-1::/restapis/a1|true",
        "arn:aws:apigateway:*::/restapis/a1*|true",
        "arn:aws:apigateway:*::/restapis/a1/*|false",
        "arn:aws:apigateway:*::/restapis/b2|false"
      })
  void a_policy_may_name_apis(String resource, boolean may) {
    assertEquals(may, mayDelete(limited(allow("apigateway:*", resource, ""))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"IpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}|true",
        "\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}|false",
        "\"Bool\": {\"aws:SecureTransport\": \"true\"}|true",
        "\"DateLessThan\": {\"aws:CurrentTime\": \"2026-06-01T12:00:01Z\"}|true",
        "\"DateLessThan\": {\"aws:CurrentTime\": \"2026-06-01T12:00:00Z\"}|false",
        "\"NumericEquals\": {\"aws:EpochTime\": 1780315200}|true",
        "\"StringEquals\": {\"aws:username\": \"ci\"}|true",
        "\"StringLike\": {\"aws:userid\": \"AIDA*\"}|true",
        "\"StringEquals\": {\"aws:PrincipalTag/team\": \"web\"}|true",
        "\"StringEquals\": {\"aws:PrincipalTag/team\": \"shop\"}|false",
        "\"StringEquals\": {\"gatehouse:AccessLevel\": \"Write\"}|true",
        "\"StringEquals\": {\"gatehouse:AccessLevel\": \"Read\"}|false",
        "\"StringEquals\": {\"aws:PrincipalAccount\": \"123456789012\"}|true",
        "\"ArnEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::123456789012:user/ci\"}|true",
        "\"StringEquals\": {\"aws:RequestedRegion\": \"eu-central-1\"}|false"
      })
  void a_policy_may_ask_who_from_where_and_when(String condition, boolean may) {
    assertEquals(may, mayDelete(limited(allow("*", "*", condition))));
  }

  @Test
  void a_policy_may_ask_for_tags() {
    Caller caller =
        limited(
            allow(
                "*",
                "*",
                "\"StringEquals\": {\"aws:RequestTag/team\": \"web\"},"
                    + "\"ForAllValues:StringEquals\": {\"aws:TagKeys\": [\"team\", \"env\"]}"));

    assertTrue(mayCreate(caller, Map.of("team", "web", "env", "test")));
    assertTrue(!mayCreate(caller, Map.of("team", "shop")));
    assertTrue(!mayCreate(caller, Map.of("team", "web", "cost", "1")));
    assertTrue(!mayDelete(caller));
  }

  @Test
  void a_policy_may_ask_which_tags_are_taken_away() {
    Caller caller =
        limited(allow("*", "*", "\"ForAnyValue:StringEquals\": {\"aws:TagKeys\": \"team\"}"));
    SdkPojo untag = UntagResourceRequest.builder().resourceArn(API).tagKeys("team", "x").build();

    assertDoesNotThrow(
        () -> permissions.require(caller, AccessLevel.WRITE, "apigateway:DELETE", API, untag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:ResourceTag/team", "aws:SourceVpc", "aws:MultiFactorAuthPresent"})
  void a_policy_that_asks_for_what_is_never_known_is_refused(String key) {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () -> KeyPolicies.parse(allow("*", "*", "\"StringEquals\": {\"" + key + "\": \"x\"}")));

    assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
    assertTrue(refused.getMessage().contains("'" + key + "'"), refused.getMessage());
  }

  @Test
  void a_bad_policy_is_refused_with_its_place() {
    ApiError refused =
        assertThrows(ApiError.class, () -> KeyPolicies.parse("{\"Statement\": [{}]}"));

    assertEquals(
        "Invalid policy: Statement[0]: it must have either Action or NotAction",
        refused.getMessage());
  }

  private boolean mayDelete(Caller caller) {
    return may(() -> delete(caller));
  }

  private boolean mayCreate(Caller caller, Map<String, String> tags) {
    SdkPojo create = CreateRestApiRequest.builder().name("n").tags(tags).build();
    return may(
        () -> permissions.require(caller, AccessLevel.WRITE, "apigateway:POST", API, create));
  }

  private static boolean may(Runnable ask) {
    try {
      ask.run();
      return true;
    } catch (ApiError denied) {
      assertEquals(ApiError.Kind.ACCESS_DENIED, denied.kind());
      return false;
    }
  }

  private void delete(Caller caller) {
    permissions.require(caller, AccessLevel.WRITE, "apigateway:DELETE", API, DELETE);
  }

  private static String allow(String action, String resource, String condition) {
    return """
        {"Version": "2012-10-17", "Statement":
          {"Effect": "Allow", "Action": "%s", "Resource": "%s"%s}}"""
        .formatted(
            action, resource, condition.isEmpty() ? "" : ", \"Condition\": {" + condition + "}");
  }

  private static Caller limited(String policy) {
    return caller(Role.OWNER, Optional.of(policy));
  }

  private static Caller caller(Role role, Optional<String> policy) {
    return new Caller(
        "123456789012",
        "us-east-1",
        "arn:aws:iam::123456789012:user/ci",
        "AIDAEXAMPLE",
        Map.of("team", "web"),
        new Grants(
            List.of(ManagedPolicies.of(role).policy()),
            policy.map(KeyPolicies::parse),
            Optional.empty()),
        Caller.Door.MANAGEMENT_API,
        new Caller.Origin("203.0.113.9", true));
  }

  private static Caller with(Grants grants, String account, Caller.Door door) {
    return new Caller(
        account, "us-east-1", "x", "AIDAX", Map.of(), grants, door, Caller.Origin.UNKNOWN);
  }
}
