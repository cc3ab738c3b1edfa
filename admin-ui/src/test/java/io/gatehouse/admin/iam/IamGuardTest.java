package io.gatehouse.admin.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.whole.Classes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Who may do what to whom: other tenants, those with few rights, those within boundaries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamGuardTest {

  private static final String OWNER = "181818181818";
  private static final String OTHER = "191919191919";
  private static final String DENIED = "AccessDenied";
  private static final String EVERYTHING = allow("*", "*");
  private static final Set<String> OF_ACCOUNT =
      Set.of(
          "ListUsers",
          "ListGroups",
          "ListRoles",
          "ListPolicies",
          "GetAccountSummary",
          "ListAccountAliases",
          "ListVirtualMFADevices",
          "CreateUser",
          "CreateGroup",
          "CreateRole",
          "CreatePolicy");

  private IamDoor door;
  private IamClient owner;
  private IamClient other;
  private String keyId;

  @BeforeAll
  void open() {
    door = new IamDoor(Database.Kind.H2);
    owner = door.owner(OWNER);
    other = door.owner(OTHER);
    owner.createUser(u -> u.userName("mine"));
    owner.createGroup(g -> g.groupName("mine"));
    owner.createRole(r -> r.roleName("mine").assumeRolePolicyDocument(trust(OWNER)));
    owner.createPolicy(p -> p.policyName("mine").policyDocument(EVERYTHING));
    owner.addUserToGroup(g -> g.groupName("mine").userName("mine"));
    keyId = owner.createAccessKey(k -> k.userName("mine")).accessKey().accessKeyId();
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  private static String allow(String action, String resource) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}}"
        .formatted(action, resource);
  }

  private static String trust(String principal) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"%s\"}}}"
        .formatted(principal);
  }

  private static String arn(String thing) {
    return "arn:aws:iam::" + OWNER + ":" + thing;
  }

  /** A new user who is allowed what the document says. */
  private AwsCredentials user(String name, String document) {
    owner.createUser(u -> u.userName(name));
    owner.putUserPolicy(p -> p.userName(name).policyName("p").policyDocument(document));
    return key(name);
  }

  private AwsCredentials key(String name) {
    AccessKey key = owner.createAccessKey(k -> k.userName(name)).accessKey();
    return IamDoor.of(key);
  }

  private static AwsServiceException refused(String code, Executable operation) {
    AwsServiceException error = assertThrows(AwsServiceException.class, operation);
    assertEquals(code, error.awsErrorDetails().errorCode(), error::getMessage);
    return error;
  }

  @TestFactory
  Stream<DynamicTest> anotherTenantsNamesAndArnsAnswerAsOnesThatNameNothing() {
    return Classes.iamFamilies().stream()
        .filter(family -> family != SecurityTokens.class)
        .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Operation.class))
        .filter(
            method ->
                !OF_ACCOUNT.contains(
                    Character.toUpperCase(method.getName().charAt(0))
                        + method.getName().substring(1)))
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getName(),
                    () -> {
                      String code = codeOf(method);
                      assertTrue(Set.of("NoSuchEntity", DENIED).contains(code), code);
                    }));
  }

  private String codeOf(Method method) throws Exception {
    Method client = IamClient.class.getMethod(method.getName(), method.getParameterTypes()[1]);
    SdkPojo builder = (SdkPojo) method.getParameterTypes()[1].getMethod("builder").invoke(null);
    for (SdkField<?> field : builder.sdkFields()) {
      Object value = value(method.getName(), field);
      if (value != null) {
        field.set(builder, value);
      }
    }
    try {
      client.invoke(other, ((SdkBuilder<?, ?>) builder).build());
      return "success";
    } catch (InvocationTargetException e) {
      return ((AwsServiceException) e.getCause()).awsErrorDetails().errorCode();
    }
  }

  private Object value(String request, SdkField<?> field) {
    if (field.marshallingType() == MarshallingType.LIST) {
      return field.memberName().equals("TagKeys") ? List.of("k") : List.of();
    }
    return switch (field.memberName()) {
      case "PolicyArn", "PermissionsBoundary" -> arn("policy/mine");
      case "PolicyDocument" -> request.contains("AssumeRole") ? trust(OTHER) : EVERYTHING;
      case "AccessKeyId" -> keyId;
      case "Status" -> "Inactive";
      case "VersionId" -> "v1";
      case "Description" -> "d";
      default -> field.memberName().endsWith("Name") ? "mine" : null;
    };
  }

  @Test
  void listsHoldNothingOfTheOther() {
    assertTrue(owner.listUsers().toString().contains(OWNER));
    assertFalse(other.listUsers().toString().contains(OWNER));
    assertFalse(other.listGroups().toString().contains(OWNER));
    assertFalse(other.listRoles().toString().contains(OWNER));
    assertFalse(other.listPolicies(p -> p.scope("Local")).toString().contains(OWNER));
  }

  @Test
  void whoMayNotCreateUsersCreatesNone() {
    AwsCredentials developer = key(attached("developer", "GatehouseDeveloper"));
    IamClient iam = door.iam(developer);
    assertFalse(iam.listUsers().users().isEmpty(), "a developer may look");
    AwsServiceException denied = refused(DENIED, () -> iam.createUser(u -> u.userName("x")));
    assertEquals(403, denied.statusCode());
    assertTrue(
        denied
            .getMessage()
            .startsWith(
                "User: arn:aws:iam::181818181818:user/developer is not authorized to perform:"
                    + " iam:CreateUser on resource: arn:aws:iam::181818181818:user/x because no"
                    + " identity-based policy allows the iam:CreateUser action"),
        denied.getMessage());
    for (Executable raise :
        List.<Executable>of(
            () -> iam.createAccessKey(k -> k.userName("mine")),
            () ->
                iam.attachUserPolicy(
                    p ->
                        p.userName("developer")
                            .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")),
            () ->
                iam.putUserPolicy(
                    p -> p.userName("developer").policyName("x").policyDocument(EVERYTHING)),
            () -> iam.addUserToGroup(g -> g.groupName("mine").userName("developer")),
            () ->
                iam.createPolicyVersion(
                    p -> p.policyArn(arn("policy/mine")).policyDocument(EVERYTHING)),
            () ->
                iam.updateAssumeRolePolicy(r -> r.roleName("mine").policyDocument(trust(OWNER))))) {
      refused(DENIED, raise);
    }
    assertTrue(door.apiGateway(developer).getRestApis().items().isEmpty());
  }

  private String attached(String name, String builtIn) {
    owner.createUser(u -> u.userName(name));
    owner.attachUserPolicy(p -> p.userName(name).policyArn("arn:aws:iam::aws:policy/" + builtIn));
    return name;
  }

  @Test
  void aPathInAPolicyCannotBeLeftOutNorMovedTo() {
    owner.createUser(u -> u.userName("chief").path("/admins/"));
    IamClient iam =
        door.iam(
            user(
                "keeper",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"},"
                    + "{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"arn:aws:iam::*:user/admins/*\"}]}"));
    refused(DENIED, () -> iam.createAccessKey(k -> k.userName("chief")));
    refused(DENIED, () -> iam.updateUser(u -> u.userName("keeper").newPath("/admins/")));
    iam.updateUser(u -> u.userName("keeper").newPath("/keepers/"));
  }

  @Test
  void aBoundaryIsLiftedByNobodyWithinIt() {
    String wide =
        owner.createPolicy(p -> p.policyName("wide").policyDocument(EVERYTHING)).policy().arn();
    owner.createUser(u -> u.userName("bounded").permissionsBoundary(wide));
    owner.putUserPolicy(p -> p.userName("bounded").policyName("p").policyDocument(EVERYTHING));
    IamClient iam = door.iam(key("bounded"));
    iam.createGroup(g -> g.groupName("made-by-bounded"));
    refused(DENIED, () -> iam.deleteUserPermissionsBoundary(u -> u.userName("bounded")));
    refused(
        DENIED,
        () ->
            iam.putUserPermissionsBoundary(
                u ->
                    u.userName("bounded")
                        .permissionsBoundary("arn:aws:iam::aws:policy/AdministratorAccess")));
    refused(
        DENIED, () -> iam.createPolicyVersion(p -> p.policyArn(wide).policyDocument(EVERYTHING)));

    owner.createPolicyVersion(
        p -> p.policyArn(wide).policyDocument(allow("apigateway:*", "*")).setAsDefault(true));
    AwsServiceException denied = refused(DENIED, () -> iam.listUsers());
    assertTrue(denied.getMessage().contains("no permissions boundary allows"), denied.getMessage());
  }

  @Test
  void theConditionKeysOfDelegationAreKnown() {
    IamClient iam =
        door.iam(
            user(
                "delegate",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:CreateUser\",\"Resource\":\"*\","
                    + "\"Condition\":{\"StringEquals\":{\"iam:PermissionsBoundary\":\""
                    + arn("policy/mine")
                    + "\",\"aws:RequestTag/team\":\"a\"}}},{\"Effect\":\"Allow\",\"Action\":\"iam:AttachUserPolicy\",\"Resource\":\"*\","
                    + "\"Condition\":{\"ArnLike\":{\"iam:PolicyARN\":\"arn:aws:iam::aws:policy/AWSLambda*\"},\"StringEquals\":{\"iam:PermissionsBoundary\":\""
                    + arn("policy/mine")
                    + "\"}}}]}"));
    refused(DENIED, () -> iam.createUser(u -> u.userName("free")));
    refused(
        DENIED,
        () -> iam.createUser(u -> u.userName("free").permissionsBoundary(arn("policy/mine"))));
    iam.createUser(
        u ->
            u.userName("limited")
                .permissionsBoundary(arn("policy/mine"))
                .tags(t -> t.key("team").value("a")));
    iam.attachUserPolicy(
        p -> p.userName("limited").policyArn("arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess"));
    refused(
        DENIED,
        () ->
            iam.attachUserPolicy(
                p ->
                    p.userName("limited")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
    refused(
        DENIED,
        () ->
            iam.attachUserPolicy(
                p ->
                    p.userName("mine")
                        .policyArn("arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess")));
  }

  @Test
  void aRoleIsAssumedByWhomItTrustsAndActsWithItsOwnPolicies() {
    AwsCredentials assumer = user("assumer", allow("s3:*", "*"));
    owner.createRole(
        r ->
            r.roleName("deploy").path("/ci/").assumeRolePolicyDocument(trust(arn("user/assumer"))));
    owner.putRolePolicy(
        p -> p.roleName("deploy").policyName("p").policyDocument(allow("apigateway:*", "*")));

    var assumed =
        door.sts(assumer)
            .assumeRole(r -> r.roleArn(arn("role/ci/deploy")).roleSessionName("build-1"));

    assertEquals(
        "arn:aws:sts::" + OWNER + ":assumed-role/deploy/build-1", assumed.assumedRoleUser().arn());
    AwsCredentials session = IamDoor.of(assumed.credentials());
    var who = door.sts(session).getCallerIdentity();
    assertEquals(assumed.assumedRoleUser().arn(), who.arn());
    assertEquals(assumed.assumedRoleUser().assumedRoleId(), who.userId());
    assertTrue(who.userId().matches("AROA[A-Z2-7]{17}:build-1"));
    door.apiGateway(session).getRestApis();
    refused(DENIED, () -> door.iam(session).listUsers());
    refused(DENIED, () -> door.sts(session).getSessionToken());

    owner.putRolePolicy(
        p -> p.roleName("deploy").policyName("p").policyDocument(allow("lambda:*", "*")));
    refused("AccessDeniedException", () -> door.apiGateway(session).getRestApis());
    owner.deleteRolePolicy(p -> p.roleName("deploy").policyName("p"));
    owner.deleteRole(r -> r.roleName("deploy"));
    owner.createRole(
        r ->
            r.roleName("deploy").path("/ci/").assumeRolePolicyDocument(trust(arn("user/assumer"))));
    refused("InvalidClientTokenId", () -> door.sts(session).getCallerIdentity());
  }

  @Test
  void aSessionPolicyLimitsAndATokenServesNobodyElse() {
    AwsCredentials assumer = user("limiter", EVERYTHING);
    owner.createRole(r -> r.roleName("all").assumeRolePolicyDocument(trust(OWNER)));
    owner.putRolePolicy(p -> p.roleName("all").policyName("p").policyDocument(EVERYTHING));
    Credentials limited =
        door.sts(assumer)
            .assumeRole(
                r ->
                    r.roleArn(arn("role/all"))
                        .roleSessionName("limited")
                        .policy(allow("iam:List*", "*")))
            .credentials();
    door.iam(IamDoor.of(limited)).listUsers();
    refused(DENIED, () -> door.iam(IamDoor.of(limited)).createUser(u -> u.userName("y")));

    Credentials second =
        door.sts(assumer)
            .assumeRole(r -> r.roleArn(arn("role/all")).roleSessionName("second"))
            .credentials();
    Credentials mixed = second.toBuilder().sessionToken(limited.sessionToken()).build();
    refused("InvalidClientTokenId", () -> door.iam(IamDoor.of(mixed)).listUsers());
    Credentials forged = limited.toBuilder().sessionToken("1:AAAA").build();
    refused("InvalidClientTokenId", () -> door.iam(IamDoor.of(forged)).listUsers());
  }

  @Test
  void trustIsNeededWhateverTheCallersOwnPoliciesAllow() {
    AwsCredentials mighty = user("mighty", EVERYTHING);
    AwsCredentials weak = user("weak", allow("s3:*", "*"));
    owner.createRole(r -> r.roleName("closed").assumeRolePolicyDocument(trust(OTHER)));
    owner.createRole(r -> r.roleName("open").assumeRolePolicyDocument(trust(OWNER)));
    refused(DENIED, () -> assume(mighty, "closed"));
    refused(DENIED, () -> assume(mighty, "none"));
    refused(DENIED, () -> assume(weak, "open"));
    assume(mighty, "open");
  }

  private Credentials assume(AwsCredentials caller, String role) {
    return door.sts(caller)
        .assumeRole(r -> r.roleArn(arn("role/" + role)).roleSessionName("s1"))
        .credentials();
  }

  @Test
  void anotherAccountsRoleTakesBothSidesAndTheExternalId() {
    other.createUser(u -> u.userName("guest"));
    AwsCredentials guest = IamDoor.of(other.createAccessKey(k -> k.userName("guest")).accessKey());
    owner.createRole(
        r ->
            r.roleName("for-guests")
                .assumeRolePolicyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::"
                        + OTHER
                        + ":user/guest\"},\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"e-1\"}}}}"));
    Executable assume =
        () ->
            door.sts(guest)
                .assumeRole(
                    r ->
                        r.roleArn(arn("role/for-guests"))
                            .roleSessionName("guest")
                            .externalId("e-1"));
    refused(DENIED, assume);
    other.putUserPolicy(
        p ->
            p.userName("guest")
                .policyName("p")
                .policyDocument(allow("sts:AssumeRole", arn("role/for-guests"))));
    refused(DENIED, () -> assume(guest, "for-guests"));
    Credentials session =
        door.sts(guest)
            .assumeRole(
                r -> r.roleArn(arn("role/for-guests")).roleSessionName("guest").externalId("e-1"))
            .credentials();
    assertEquals(OWNER, door.sts(IamDoor.of(session)).getCallerIdentity().account());
  }

  @Test
  void sessionsLastNoLongerThanTheirRoleAllows() {
    AwsCredentials caller = user("patient", EVERYTHING);
    owner.createRole(
        r -> r.roleName("short").maxSessionDuration(7200).assumeRolePolicyDocument(trust(OWNER)));
    owner.putRolePolicy(p -> p.roleName("short").policyName("p").policyDocument(EVERYTHING));
    refused("ValidationError", () -> assume(caller, "short", 7201));
    refused("ValidationError", () -> assume(caller, "short", 899));
    Credentials session = assume(caller, "short", 7200);
    refused("ValidationError", () -> assume(IamDoor.of(session), "short", 3601));
    assume(IamDoor.of(session), "short", 3600);
  }

  private Credentials assume(AwsCredentials caller, String role, int seconds) {
    return door.sts(caller)
        .assumeRole(
            r -> r.roleArn(arn("role/" + role)).roleSessionName("s1").durationSeconds(seconds))
        .credentials();
  }

  @Test
  void aUsersTemporaryKeysAreTheUserButForIam() {
    AwsCredentials user = user("traveller", EVERYTHING);
    AwsCredentials session =
        IamDoor.of(door.sts(user).getSessionToken(s -> s.durationSeconds(900)).credentials());
    assertEquals(arn("user/traveller"), door.sts(session).getCallerIdentity().arn());
    door.apiGateway(session).getRestApis();
    refused("InvalidClientTokenId", () -> door.iam(session).listUsers());
    refused(DENIED, () -> door.sts(session).getSessionToken());
    owner.updateUser(u -> u.userName("traveller").newUserName("returned"));
    assertEquals(arn("user/returned"), door.sts(session).getCallerIdentity().arn());
  }
}
