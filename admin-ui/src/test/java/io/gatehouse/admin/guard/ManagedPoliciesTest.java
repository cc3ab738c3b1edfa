package io.gatehouse.admin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedPoliciesTest {

  private static final String USER = "arn:aws:iam::123456789012:user/ci";
  private static final String INVOKED = "arn:aws:execute-api:us-east-1:123456789012:a1/prod/GET/";

  @ParameterizedTest
  @CsvSource({
    "VIEWER,      true,  false, false, false",
    "DEVELOPER,   true,  true,  false, false",
    "OWNER,       true,  true,  true,  false",
    "OPERATOR,    true,  true,  true,  true"
  })
  void aRoleMeansAccessLevels(
      Role role, boolean reads, boolean writes, boolean permits, boolean operates) {
    Grants grants = ManagedPolicies.grants(Set.of(role));

    assertEquals(reads, allows(grants, "apigateway:GET", AccessLevel.READ));
    assertEquals(writes, allows(grants, "lambda:CreateFunction", AccessLevel.WRITE));
    assertEquals(permits, allows(grants, "iam:CreateUser", AccessLevel.PERMISSIONS));
    assertEquals(operates, allows(grants, "gatehouse:createTenant", AccessLevel.OPERATE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AdministratorAccess              | iam:CreateUser              | PERMISSIONS | true",
        "AdministratorAccess              | apigateway:DELETE           | WRITE       | true",
        "PowerUserAccess                  | apigateway:DELETE           | WRITE       | true",
        "PowerUserAccess                  | lambda:InvokeFunction       | WRITE       | true",
        "PowerUserAccess                  | iam:CreateUser              | PERMISSIONS | false",
        "PowerUserAccess                  | gatehouse:PutBackendRole    | PERMISSIONS | false",
        "PowerUserAccess                  | iam:ListRoles               | READ        | true",
        "ReadOnlyAccess                   | apigateway:GET              | READ        | true",
        "ReadOnlyAccess                   | apigateway:POST             | WRITE       | false",
        "ReadOnlyAccess                   | iam:ListUsers               | READ        | true",
        "ReadOnlyAccess                   | lambda:InvokeFunction       | WRITE       | false",
        "IAMFullAccess                    | iam:CreateAccessKey         | PERMISSIONS | true",
        "IAMFullAccess                    | apigateway:GET              | READ        | false",
        "IAMReadOnlyAccess                | iam:GetUser                 | READ        | true",
        "IAMReadOnlyAccess                | iam:CreateUser              | PERMISSIONS | false",
        "AmazonAPIGatewayAdministrator    | apigateway:PATCH            | WRITE       | true",
        "AmazonAPIGatewayAdministrator    | lambda:GetFunction          | READ        | false",
        "AWSLambda_FullAccess             | lambda:DeleteFunction       | WRITE       | true",
        "AWSLambda_FullAccess             | apigateway:GET              | READ        | false",
        "AWSLambda_ReadOnlyAccess         | lambda:GetFunction          | READ        | true",
        "AWSLambda_ReadOnlyAccess         | lambda:DeleteFunction       | WRITE       | false",
        "service-role/AWSLambdaBasicExecutionRole | logs:PutLogEvents   | WRITE       | true",
        "service-role/AWSLambdaBasicExecutionRole | lambda:GetFunction  | READ        | false",
        "service-role/AmazonAPIGatewayPushToCloudWatchLogs | logs:PutLogEvents | WRITE | true"
      })
  void aPolicyOfTheVendorsMeansWhatItIsDocumentedToMean(
      String name, String action, AccessLevel level, boolean may) {
    ManagedPolicy policy = ManagedPolicies.find("arn:aws:iam::aws:policy/" + name).orElseThrow();

    assertEquals(may, allows(Grants.of(policy.policy()), action, level));
  }

  @Test
  void onNodesWhereThereAreNoLevelsOnlyWhoeverMayInvokeInvokes() {
    assertFalse(invokes("GatehouseViewer"));
    assertTrue(invokes("GatehouseDeveloper"));
    assertTrue(invokes("GatehouseOwner"));
    assertTrue(invokes("PowerUserAccess"));
    assertTrue(invokes("AdministratorAccess"));
    assertTrue(invokes("AmazonAPIGatewayInvokeFullAccess"));
    assertFalse(invokes("ReadOnlyAccess"));
    assertFalse(invokes("AmazonAPIGatewayAdministrator"));
  }

  private static boolean invokes(String name) {
    ManagedPolicy policy = ManagedPolicies.find("arn:aws:iam::aws:policy/" + name).orElseThrow();
    PolicyRequest request =
        new PolicyRequest(
            new Principal("123456789012", USER), "execute-api:Invoke", INVOKED, Map.of());
    return Grants.of(policy.policy()).decide(request).allows();
  }

  @Test
  void aPolicyIsFoundByItsArnAndNothingElseIs() {
    for (ManagedPolicy policy : ManagedPolicies.all()) {
      assertEquals(policy, ManagedPolicies.find(policy.arn()).orElseThrow());
      assertTrue(policy.document().startsWith("{"), policy.name());
      assertFalse(policy.description().isBlank(), policy.name());
    }
    assertTrue(ManagedPolicies.find("AdministratorAccess").isEmpty());
    assertTrue(
        ManagedPolicies.find("arn:aws:iam::123456789012:policy/AdministratorAccess").isEmpty());
    assertTrue(ManagedPolicies.find("arn:aws:iam::aws:policy/administratoraccess").isEmpty());
  }

  @Test
  void whoHasNoRoleMayNothing() {
    for (AccessLevel level : AccessLevel.values()) {
      assertFalse(allows(ManagedPolicies.grants(Set.of()), "apigateway:GET", level));
    }
  }

  private static boolean allows(Grants grants, String action, AccessLevel level) {
    String resource = action.startsWith("apigateway:") ? "arn:aws:apigateway:us-east-1::/x" : "*";
    return grants
        .decide(
            new PolicyRequest(
                new Principal("123456789012", USER),
                action,
                resource,
                Map.of("gatehouse:AccessLevel", List.of(level.word()))))
        .allows();
  }
}
