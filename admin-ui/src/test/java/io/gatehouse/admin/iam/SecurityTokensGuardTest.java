package io.gatehouse.admin.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** One tenant with a role and a key, and another one that would have sessions of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTokensGuardTest {

  private static final String OWNER = "232323232323";
  private static final String OTHER = "242424242424";

  private IamDoor door;
  private IamClient owner;
  private StsClient other;

  @BeforeAll
  void open() {
    door = new IamDoor(Database.Kind.H2);
    owner = door.owner(OWNER);
    door.owner(OTHER);
    other = door.sts(IamDoor.ownersKey(OTHER));
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  private static String trust(String principal) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"%s\"}}}"
        .formatted(principal);
  }

  private static void refused(String code, Executable operation) {
    AwsServiceException error = assertThrows(AwsServiceException.class, operation);
    assertEquals(code, error.awsErrorDetails().errorCode(), error::getMessage);
  }

  private void assume(String name) {
    other.assumeRole(
        r -> r.roleArn("arn:aws:iam::" + OWNER + ":role/" + name).roleSessionName("other"));
  }

  /** An operation that is added has to be looked at here. */
  @Test
  void theseAreAllOperations() {
    assertEquals(
        Set.of("getCallerIdentity", "assumeRole", "getSessionToken", "getAccessKeyInfo"),
        Stream.of(SecurityTokens.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 2)
            .filter(method -> method.getParameterTypes()[0] == Caller.class)
            .map(method -> method.getName())
            .collect(Collectors.toSet()));
  }

  @Test
  void aRoleIsAssumedByThoseWhomItTrustsAlone() {
    owner.createRole(r -> r.roleName("closed").assumeRolePolicyDocument(trust(OWNER)));
    owner.createRole(r -> r.roleName("open").assumeRolePolicyDocument(trust(OTHER)));
    refused("AccessDenied", () -> assume("closed"));
    refused("AccessDenied", () -> assume("none"));
    assume("open");
    owner.updateAssumeRolePolicy(r -> r.roleName("open").policyDocument(trust(OWNER)));
    refused("AccessDenied", () -> assume("open"));
  }

  @Test
  void aKeyIsItsOwnAccountsToAskAbout() {
    owner.createUser(u -> u.userName("ann"));
    String key = owner.createAccessKey(k -> k.userName("ann")).accessKey().accessKeyId();
    assertEquals(
        OWNER,
        door.sts(IamDoor.ownersKey(OWNER)).getAccessKeyInfo(k -> k.accessKeyId(key)).account());
    refused("ValidationError", () -> other.getAccessKeyInfo(k -> k.accessKeyId(key)));
    refused("ValidationError", () -> other.getAccessKeyInfo(k -> k.accessKeyId("AKIANOBODY")));
  }

  @Test
  void aCallerIsOfItsOwnAccount() {
    assertEquals(OTHER, other.getCallerIdentity().account());
  }

  @Test
  void aSessionIsOfTheCallersOwnUserOfThatName() {
    owner.createUser(u -> u.userName("bob"));
    IamClient others = door.iam(IamDoor.ownersKey(OTHER));
    others.createUser(u -> u.userName("bob"));
    var key = IamDoor.of(others.createAccessKey(k -> k.userName("bob")).accessKey());
    var session = IamDoor.of(door.sts(key).getSessionToken().credentials());
    assertEquals(
        "arn:aws:iam::" + OTHER + ":user/bob", door.sts(session).getCallerIdentity().arn());
    refused("AccessDenied", () -> door.sts(session).getSessionToken());
  }
}
