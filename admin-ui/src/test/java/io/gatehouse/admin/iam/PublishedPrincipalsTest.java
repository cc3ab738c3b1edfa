package io.gatehouse.admin.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Whatever changes what somebody may do is told to nodes, and nothing else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedPrincipalsTest {

  private static final String ACCOUNT = "212121212121";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"*\"}}}";

  private IamDoor door;
  private IamClient iam;

  @BeforeAll
  void open() {
    door = new IamDoor(Database.Kind.H2);
    iam = door.owner(ACCOUNT);
    for (String name : List.of("one", "two", "three")) {
      iam.createUser(u -> u.userName(name));
    }
    iam.createRole(r -> r.roleName("role").assumeRolePolicyDocument(TRUST));
    iam.createGroup(g -> g.groupName("group"));
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  @BeforeEach
  void forget() {
    door.house.published().clear();
  }

  private static String document(String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}}"
        .formatted(action);
  }

  /** The last of each, by name. */
  private Map<String, PrincipalSnapshot> told() {
    Map<String, PrincipalSnapshot> told =
        door.house.published().stream()
            .filter(PrincipalSnapshot.class::isInstance)
            .map(PrincipalSnapshot.class::cast)
            .collect(
                Collectors.toMap(
                    PrincipalSnapshot::name,
                    s -> s,
                    (a, b) -> a.revision() > b.revision() ? a : b));
    door.house.published().clear();
    return told;
  }

  @Test
  void aGroupsPolicyIsItsUsers() {
    iam.addUserToGroup(g -> g.groupName("group").userName("one"));
    iam.addUserToGroup(g -> g.groupName("group").userName("two"));
    assertEquals(Set.of("one", "two"), told().keySet());
    iam.putGroupPolicy(
        p -> p.groupName("group").policyName("p").policyDocument(document("execute-api:*")));
    Map<String, PrincipalSnapshot> told = told();
    assertEquals(Set.of("one", "two"), told.keySet());
    assertEquals(List.of(document("execute-api:*")), told.get("one").policies());
    iam.removeUserFromGroup(g -> g.groupName("group").userName("one"));
    assertEquals(List.of(), told().get("one").policies());
    iam.deleteGroupPolicy(p -> p.groupName("group").policyName("p"));
    assertEquals(Set.of("two"), told().keySet());
    iam.removeUserFromGroup(g -> g.groupName("group").userName("two"));
  }

  @Test
  void aManagedPolicyConcernsAllWhomItHangsOnAndThoseItBounds() {
    String arn =
        iam.createPolicy(p -> p.policyName("shared").policyDocument(document("a:b")))
            .policy()
            .arn();
    assertEquals(Set.of(), told().keySet());
    iam.addUserToGroup(g -> g.groupName("group").userName("three"));
    iam.attachGroupPolicy(p -> p.groupName("group").policyArn(arn));
    iam.attachRolePolicy(p -> p.roleName("role").policyArn(arn));
    iam.putUserPermissionsBoundary(p -> p.userName("one").permissionsBoundary(arn));
    told();
    iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(document("c:d")));
    assertEquals(Set.of(), told().keySet(), "not in effect");
    iam.setDefaultPolicyVersion(p -> p.policyArn(arn).versionId("v2"));
    Map<String, PrincipalSnapshot> told = told();
    assertEquals(Set.of("three", "role", "one"), told.keySet());
    assertEquals(List.of(document("c:d")), told.get("three").policies());
    assertEquals(List.of(document("c:d")), told.get("role").policies());
    assertEquals(Optional.of(document("c:d")), told.get("one").boundary());
    iam.detachGroupPolicy(p -> p.groupName("group").policyArn(arn));
    iam.removeUserFromGroup(g -> g.groupName("group").userName("three"));
  }

  @Test
  void keysTagsAndTrustAreTold() {
    AccessKey key = iam.createAccessKey(k -> k.userName("two")).accessKey();
    String sealed = told().get("two").sealedSecrets().get(key.accessKeyId());
    assertEquals(
        Optional.of(key.secretAccessKey()),
        Kit.settings().nodeKey().open(PrincipalSnapshot.owner(ACCOUNT, key.accessKeyId()), sealed));
    iam.updateAccessKey(
        k -> k.userName("two").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
    assertEquals(Map.of(), told().get("two").sealedSecrets());
    iam.deleteAccessKey(k -> k.userName("two").accessKeyId(key.accessKeyId()));
    assertEquals(Set.of("two"), told().keySet());
    iam.tagUser(u -> u.userName("two").tags(t -> t.key("a").value("b")));
    assertEquals(Map.of("a", "b"), told().get("two").tags());
    iam.updateAssumeRolePolicy(r -> r.roleName("role").policyDocument(TRUST.replace("*", ACCOUNT)));
    assertEquals(Optional.of(TRUST.replace("*", ACCOUNT)), told().get("role").trust());
  }

  @Test
  void whoIsGoneOrHasAnotherNameLeavesATombstone() {
    iam.createUser(u -> u.userName("passing"));
    long made = told().get("passing").revision();
    iam.updateUser(u -> u.userName("passing").newUserName("passed"));
    List<Snapshot> both = List.copyOf(door.house.published());
    assertTrue(both.getFirst() instanceof Tombstone t && t.revision() > made, both::toString);
    assertEquals("principal/" + ACCOUNT + "/user/passing", both.getFirst().key());
    assertEquals("principal/" + ACCOUNT + "/user/passed", both.getLast().key());
    told();
    iam.deleteUser(u -> u.userName("passed"));
    assertEquals(
        List.of("principal/" + ACCOUNT + "/user/passed"),
        door.house.published().stream().map(Snapshot::key).toList());
  }
}
