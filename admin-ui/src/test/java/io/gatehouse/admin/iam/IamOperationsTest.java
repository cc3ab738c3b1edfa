package io.gatehouse.admin.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.whole.Classes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;

/** Every operation there and back, by the vendor's own client, on both databases. */
class IamOperationsTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  private static final String ACCOUNT = "171717171717";
  private static final String ALLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"apigateway:*\",\"Resource\":\"*\"}]}";
  private static final String DENY =
      "{\"Version\": \"2012-10-17\",\n \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"arn:aws:x:::+%ü\"}}";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"apigateway.amazonaws.com\"}}]}";
  private static final String BUILT_IN = "arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess";

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Cases {

    private final Database.Kind kind;
    private IamDoor door;
    private IamClient iam;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void open() {
      door = new IamDoor(kind);
      iam = door.owner(ACCOUNT);
    }

    /** What is built has been answered with success by now, but for what has nothing to answer. */
    @AfterAll
    void everyOperationHasBeenAnswered() throws Exception {
      Set<String> built =
          Classes.iamFamilies().stream()
              .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
              .filter(method -> method.isAnnotationPresent(Operation.class))
              .map(method -> method.getAnnotation(Operation.class).value())
              .map(address -> address.replaceFirst(".*Action=(\\w+)&.*", "$1"))
              .collect(Collectors.toCollection(TreeSet::new));
      door.close();
      built.removeAll(door.answered);
      assertEquals(
          Set.of(
              "GetLoginProfile",
              "DeleteLoginProfile",
              // The guard's test assumes roles.
              "AssumeRole",
              "GetSessionToken"),
          built);
    }

    private User user(String name) {
      return iam.createUser(u -> u.userName(name)).user();
    }

    private Policy policy(String name, String document) {
      return iam.createPolicy(p -> p.policyName(name).policyDocument(document)).policy();
    }

    private static void refused(
        Class<? extends IamException> type, int status, Executable operation) {
      assertEquals(status, assertThrows(type, operation).statusCode());
    }

    private static String decoded(String document) {
      return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Test
    void aUserIsMadeRenamedTaggedListedAndDeleted() {
      User made =
          iam.createUser(
                  u ->
                      u.userName("u1")
                          .path("/team/")
                          .tags(Tag.builder().key("Colour").value("red").build()))
              .user();
      assertEquals("arn:aws:iam::" + ACCOUNT + ":user/team/u1", made.arn());
      assertTrue(made.userId().matches("AIDA[A-Z2-7]{17}"), made.userId());
      assertEquals(made, iam.getUser(u -> u.userName("u1")).user());
      refused(EntityAlreadyExistsException.class, 409, () -> iam.createUser(u -> u.userName("U1")));

      iam.tagUser(
          u ->
              u.userName("u1")
                  .tags(
                      Tag.builder().key("colour").value("blue").build(),
                      Tag.builder().key("size").value("").build()));
      iam.untagUser(u -> u.userName("u1").tagKeys("SIZE"));
      assertEquals(
          List.of(Tag.builder().key("colour").value("blue").build()),
          iam.listUserTags(u -> u.userName("u1")).tags());

      iam.updateUser(u -> u.userName("u1").newUserName("u1b").newPath("/"));
      refused(NoSuchEntityException.class, 404, () -> iam.getUser(u -> u.userName("u1")));
      assertEquals(
          "arn:aws:iam::" + ACCOUNT + ":user/u1b",
          iam.getUser(u -> u.userName("u1b")).user().arn());
      assertTrue(
          iam.listUsers(l -> l.pathPrefix("/team/")).users().stream()
              .noneMatch(u -> u.userName().equals("u1b")));
      iam.deleteUser(u -> u.userName("u1b"));
      refused(NoSuchEntityException.class, 404, () -> iam.deleteUser(u -> u.userName("u1b")));
    }

    @Test
    void listsCanBeReadInPages() {
      for (String end : List.of("a", "b", "c", "d", "e")) {
        iam.createUser(u -> u.userName("page" + end).path("/pages/"));
      }
      List<String> names = new ArrayList<>();
      ListUsersResponse page = iam.listUsers(l -> l.pathPrefix("/pages/").maxItems(2));
      names.addAll(page.users().stream().map(User::userName).toList());
      while (page.isTruncated()) {
        String marker = page.marker();
        page = iam.listUsers(l -> l.pathPrefix("/pages/").maxItems(2).marker(marker));
        names.addAll(page.users().stream().map(User::userName).toList());
      }
      assertNull(page.marker());
      assertEquals(List.of("pagea", "pageb", "pagec", "paged", "pagee"), names);
      IamException wrong =
          assertThrows(IamException.class, () -> iam.listUsers(l -> l.marker("nonsense!")));
      assertEquals("InvalidInput", wrong.awsErrorDetails().errorCode());
    }

    @Test
    void aUsersKeysAreMadeSwitchedAndDeletedAndThereAreTwo() {
      user("keys");
      AccessKey key = iam.createAccessKey(k -> k.userName("keys")).accessKey();
      assertTrue(key.accessKeyId().matches("AKIA[A-Z2-7]{16}"));
      assertEquals(40, key.secretAccessKey().length());
      AccessKey second = iam.createAccessKey(k -> k.userName("keys")).accessKey();
      refused(
          LimitExceededException.class, 409, () -> iam.createAccessKey(k -> k.userName("keys")));

      StsClient sts = door.sts(IamDoor.of(key));
      assertEquals("arn:aws:iam::" + ACCOUNT + ":user/keys", sts.getCallerIdentity().arn());
      assertEquals(
          iam.getUser(u -> u.userName("keys")).user().userId(), sts.getCallerIdentity().userId());
      iam.updateAccessKey(
          k -> k.userName("keys").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
      assertThrows(RuntimeException.class, sts::getCallerIdentity);
      assertEquals(
          List.of(StatusType.INACTIVE, StatusType.ACTIVE),
          iam.listAccessKeys(k -> k.userName("keys")).accessKeyMetadata().stream()
              .map(each -> each.status())
              .toList());
      assertEquals(
          "keys", iam.getAccessKeyLastUsed(k -> k.accessKeyId(key.accessKeyId())).userName());
      assertEquals(
          "N/A",
          iam.getAccessKeyLastUsed(k -> k.accessKeyId(key.accessKeyId()))
              .accessKeyLastUsed()
              .serviceName());
      assertEquals(
          ACCOUNT,
          door.sts(IamDoor.ownersKey(ACCOUNT))
              .getAccessKeyInfo(k -> k.accessKeyId(key.accessKeyId()))
              .account());
      refused(DeleteConflictException.class, 409, () -> iam.deleteUser(u -> u.userName("keys")));
      for (AccessKey each : List.of(key, second)) {
        iam.deleteAccessKey(k -> k.userName("keys").accessKeyId(each.accessKeyId()));
      }
      iam.deleteUser(u -> u.userName("keys"));
    }

    @Test
    void aUserMayAskAboutItselfWithoutItsName() {
      user("self");
      iam.putUserPolicy(
          p ->
              p.userName("self")
                  .policyName("own")
                  .policyDocument(
                      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"arn:aws:iam::*:user/${aws:username}\"}}"));
      AccessKey key = iam.createAccessKey(k -> k.userName("self")).accessKey();
      IamClient self = door.iam(IamDoor.of(key));
      assertEquals("self", self.getUser().user().userName());
      assertEquals(1, self.listAccessKeys().accessKeyMetadata().size());
      assertEquals(
          "AccessDenied",
          assertThrows(IamException.class, () -> self.getUser(u -> u.userName("keys")))
              .awsErrorDetails()
              .errorCode());
    }

    @Test
    void aGroupHasUsersWhoHaveItsPolicies() {
      Group group = iam.createGroup(g -> g.groupName("g1").path("/teams/")).group();
      assertEquals("arn:aws:iam::" + ACCOUNT + ":group/teams/g1", group.arn());
      assertTrue(group.groupId().startsWith("AGPA"));
      User member = user("member");
      iam.addUserToGroup(g -> g.groupName("g1").userName("member"));
      iam.addUserToGroup(g -> g.groupName("g1").userName("member"));
      assertEquals(
          List.of(member.userId()),
          iam.getGroup(g -> g.groupName("g1")).users().stream().map(User::userId).toList());
      assertEquals(List.of(group), iam.listGroupsForUser(g -> g.userName("member")).groups());
      refused(DeleteConflictException.class, 409, () -> iam.deleteGroup(g -> g.groupName("g1")));
      refused(DeleteConflictException.class, 409, () -> iam.deleteUser(u -> u.userName("member")));

      iam.updateGroup(g -> g.groupName("g1").newGroupName("g2"));
      assertTrue(
          iam.listGroups(g -> g.pathPrefix("/teams/")).groups().stream()
              .anyMatch(g -> g.groupName().equals("g2")));
      iam.removeUserFromGroup(g -> g.groupName("g2").userName("member"));
      refused(
          NoSuchEntityException.class,
          404,
          () -> iam.removeUserFromGroup(g -> g.groupName("g2").userName("member")));
      iam.deleteGroup(g -> g.groupName("g2"));
      iam.deleteUser(u -> u.userName("member"));
    }

    @Test
    void aRoleIsMadeChangedTaggedAndDeleted() {
      Role made =
          iam.createRole(
                  r ->
                      r.roleName("r1")
                          .path("/service/")
                          .assumeRolePolicyDocument(TRUST)
                          .tags(Tag.builder().key("a").value("b").build()))
              .role();
      assertEquals("arn:aws:iam::" + ACCOUNT + ":role/service/r1", made.arn());
      assertEquals(3600, made.maxSessionDuration());
      assertTrue(made.roleId().startsWith("AROA"));
      assertEquals(made, iam.getRole(r -> r.roleName("r1")).role());
      assertEquals(TRUST, decoded(made.assumeRolePolicyDocument()));

      iam.updateRole(r -> r.roleName("r1").description("d").maxSessionDuration(7200));
      assertEquals(7200, iam.getRole(r -> r.roleName("r1")).role().maxSessionDuration());
      iam.updateRoleDescription(r -> r.roleName("r1").description("d2"));
      String other = TRUST.replace("apigateway", "lambda");
      iam.updateAssumeRolePolicy(r -> r.roleName("r1").policyDocument(other));
      Role now = iam.getRole(r -> r.roleName("r1")).role();
      assertEquals("d2", now.description());
      assertEquals(other, decoded(now.assumeRolePolicyDocument()));
      iam.tagRole(r -> r.roleName("r1").tags(Tag.builder().key("c").value("d").build()));
      iam.untagRole(r -> r.roleName("r1").tagKeys("a"));
      assertEquals("c", iam.listRoleTags(r -> r.roleName("r1")).tags().getFirst().key());
      assertTrue(
          iam.listRoles(r -> r.pathPrefix("/service/")).roles().stream()
              .anyMatch(r -> r.roleName().equals("r1")));
      assertEquals(
          List.of(), iam.listInstanceProfilesForRole(r -> r.roleName("r1")).instanceProfiles());
      refused(
          MalformedPolicyDocumentException.class,
          400,
          () -> iam.updateAssumeRolePolicy(r -> r.roleName("r1").policyDocument(ALLOW)));
      iam.deleteRole(r -> r.roleName("r1"));
      refused(NoSuchEntityException.class, 404, () -> iam.getRole(r -> r.roleName("r1")));
    }

    @Test
    void aManagedPolicyHasVersionsOfWhichOneIsInEffect() {
      Policy made =
          iam.createPolicy(
                  p ->
                      p.policyName("p1")
                          .path("/x/")
                          .description("d")
                          .policyDocument(ALLOW)
                          .tags(Tag.builder().key("a").value("b").build()))
              .policy();
      String arn = made.arn();
      assertEquals("arn:aws:iam::" + ACCOUNT + ":policy/x/p1", arn);
      assertEquals("v1", made.defaultVersionId());
      assertTrue(made.policyId().startsWith("ANPA"));
      assertEquals(made, iam.getPolicy(p -> p.policyArn(arn)).policy());

      iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(DENY).setAsDefault(true));
      assertEquals(
          DENY,
          decoded(
              iam.getPolicyVersion(p -> p.policyArn(arn).versionId("v2"))
                  .policyVersion()
                  .document()));
      assertFalse(
          iam.getPolicyVersion(p -> p.policyArn(arn).versionId("v2"))
              .policyVersion()
              .document()
              .matches(".*[ {}\"+\\n].*"),
          "percent-encoded");
      iam.setDefaultPolicyVersion(p -> p.policyArn(arn).versionId("v1"));
      assertEquals(
          Map.of("v1", true, "v2", false),
          iam.listPolicyVersions(p -> p.policyArn(arn)).versions().stream()
              .collect(
                  Collectors.toMap(PolicyVersion::versionId, PolicyVersion::isDefaultVersion)));
      refused(
          DeleteConflictException.class,
          409,
          () -> iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v1")));
      refused(DeleteConflictException.class, 409, () -> iam.deletePolicy(p -> p.policyArn(arn)));
      for (int i = 0; i < 3; i++) {
        iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(ALLOW));
      }
      refused(
          LimitExceededException.class,
          409,
          () -> iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(ALLOW)));
      for (String version : List.of("v2", "v3", "v4", "v5")) {
        iam.deletePolicyVersion(p -> p.policyArn(arn).versionId(version));
      }
      assertEquals(
          "v6",
          iam.createPolicyVersion(p -> p.policyArn(arn).policyDocument(ALLOW))
              .policyVersion()
              .versionId());
      iam.deletePolicyVersion(p -> p.policyArn(arn).versionId("v6"));
      iam.tagPolicy(p -> p.policyArn(arn).tags(Tag.builder().key("c").value("d").build()));
      iam.untagPolicy(p -> p.policyArn(arn).tagKeys("a"));
      assertEquals(1, iam.listPolicyTags(p -> p.policyArn(arn)).tags().size());
      assertEquals(
          List.of(arn),
          iam
              .listPolicies(p -> p.scope(PolicyScopeType.LOCAL).pathPrefix("/x/"))
              .policies()
              .stream()
              .map(Policy::arn)
              .toList());
      iam.deletePolicy(p -> p.policyArn(arn));
      refused(NoSuchEntityException.class, 404, () -> iam.getPolicy(p -> p.policyArn(arn)));
    }

    @Test
    void builtInPoliciesAreListedReadAndNeverChanged() {
      assertTrue(
          iam.listPolicies(p -> p.scope(PolicyScopeType.AWS)).policies().stream()
              .anyMatch(p -> p.arn().equals(BUILT_IN)));
      assertEquals("v1", iam.getPolicy(p -> p.policyArn(BUILT_IN)).policy().defaultVersionId());
      assertTrue(
          decoded(
                  iam.getPolicyVersion(p -> p.policyArn(BUILT_IN).versionId("v1"))
                      .policyVersion()
                      .document())
              .contains("execute-api"));
      IamException denied =
          assertThrows(IamException.class, () -> iam.deletePolicy(p -> p.policyArn(BUILT_IN)));
      assertEquals("AccessDenied", denied.awsErrorDetails().errorCode());
    }

    @Test
    void policiesHangOnUsersGroupsAndRolesInlineAndAttached() {
      user("holder");
      iam.createGroup(g -> g.groupName("holders"));
      iam.createRole(r -> r.roleName("holding").assumeRolePolicyDocument(TRUST));
      String arn = policy("held", ALLOW).arn();

      iam.putUserPolicy(p -> p.userName("holder").policyName("i").policyDocument(DENY));
      iam.putGroupPolicy(p -> p.groupName("holders").policyName("i").policyDocument(DENY));
      iam.putRolePolicy(p -> p.roleName("holding").policyName("i").policyDocument(DENY));
      assertEquals(
          Set.of(DENY),
          Set.of(
              decoded(
                  iam.getUserPolicy(p -> p.userName("holder").policyName("i")).policyDocument())));
      assertEquals(
          DENY,
          decoded(
              iam.getGroupPolicy(p -> p.groupName("holders").policyName("i")).policyDocument()));
      assertEquals(
          DENY,
          decoded(iam.getRolePolicy(p -> p.roleName("holding").policyName("i")).policyDocument()));
      assertEquals(List.of("i"), iam.listUserPolicies(p -> p.userName("holder")).policyNames());
      assertEquals(List.of("i"), iam.listGroupPolicies(p -> p.groupName("holders")).policyNames());
      assertEquals(List.of("i"), iam.listRolePolicies(p -> p.roleName("holding")).policyNames());

      iam.attachUserPolicy(p -> p.userName("holder").policyArn(arn));
      iam.attachUserPolicy(p -> p.userName("holder").policyArn(BUILT_IN));
      iam.attachGroupPolicy(p -> p.groupName("holders").policyArn(arn));
      iam.attachRolePolicy(p -> p.roleName("holding").policyArn(arn));
      assertEquals(
          List.of("held", "AmazonAPIGatewayInvokeFullAccess"),
          iam.listAttachedUserPolicies(p -> p.userName("holder")).attachedPolicies().stream()
              .map(AttachedPolicy::policyName)
              .toList());
      assertEquals(
          1, iam.listAttachedGroupPolicies(p -> p.groupName("holders")).attachedPolicies().size());
      assertEquals(
          1, iam.listAttachedRolePolicies(p -> p.roleName("holding")).attachedPolicies().size());
      var holders = iam.listEntitiesForPolicy(p -> p.policyArn(arn));
      assertEquals("holder", holders.policyUsers().getFirst().userName());
      assertEquals("holders", holders.policyGroups().getFirst().groupName());
      assertEquals("holding", holders.policyRoles().getFirst().roleName());
      assertEquals(3, iam.getPolicy(p -> p.policyArn(arn)).policy().attachmentCount());
      refused(DeleteConflictException.class, 409, () -> iam.deletePolicy(p -> p.policyArn(arn)));

      iam.putUserPermissionsBoundary(p -> p.userName("holder").permissionsBoundary(arn));
      iam.putRolePermissionsBoundary(p -> p.roleName("holding").permissionsBoundary(arn));
      assertEquals(
          arn,
          iam.getUser(u -> u.userName("holder"))
              .user()
              .permissionsBoundary()
              .permissionsBoundaryArn());
      iam.deleteUserPermissionsBoundary(p -> p.userName("holder"));
      iam.deleteRolePermissionsBoundary(p -> p.roleName("holding"));
      assertNull(iam.getUser(u -> u.userName("holder")).user().permissionsBoundary());

      refused(DeleteConflictException.class, 409, () -> iam.deleteUser(u -> u.userName("holder")));
      iam.deleteUserPolicy(p -> p.userName("holder").policyName("i"));
      iam.deleteGroupPolicy(p -> p.groupName("holders").policyName("i"));
      iam.deleteRolePolicy(p -> p.roleName("holding").policyName("i"));
      iam.detachUserPolicy(p -> p.userName("holder").policyArn(arn));
      iam.detachUserPolicy(p -> p.userName("holder").policyArn(BUILT_IN));
      iam.detachGroupPolicy(p -> p.groupName("holders").policyArn(arn));
      iam.detachRolePolicy(p -> p.roleName("holding").policyArn(arn));
      refused(
          NoSuchEntityException.class,
          404,
          () -> iam.detachRolePolicy(p -> p.roleName("holding").policyArn(arn)));
      iam.deletePolicy(p -> p.policyArn(arn));
      iam.deleteUser(u -> u.userName("holder"));
      iam.deleteGroup(g -> g.groupName("holders"));
      iam.deleteRole(r -> r.roleName("holding"));
    }

    @Test
    void whatUsersHereNeverHaveIsAnsweredAsNone() {
      user("plain");
      assertEquals(List.of(), iam.listMFADevices(u -> u.userName("plain")).mfaDevices());
      assertEquals(List.of(), iam.listVirtualMFADevices().virtualMFADevices());
      assertEquals(List.of(), iam.listSigningCertificates(u -> u.userName("plain")).certificates());
      assertEquals(List.of(), iam.listSSHPublicKeys(u -> u.userName("plain")).sshPublicKeys());
      assertEquals(
          List.of(),
          iam.listServiceSpecificCredentials(u -> u.userName("plain"))
              .serviceSpecificCredentials());
      refused(
          NoSuchEntityException.class, 404, () -> iam.getLoginProfile(u -> u.userName("plain")));
      refused(
          NoSuchEntityException.class, 404, () -> iam.deleteLoginProfile(u -> u.userName("plain")));
      assertEquals(List.of(), iam.listAccountAliases().accountAliases());
      assertNotEquals(0, iam.getAccountSummary().summaryMapAsStrings().get("Users"));
    }

    @Test
    void whatIsSpeltWronglyIsToldByItsMember() {
      IamException name =
          assertThrows(IamException.class, () -> iam.createUser(u -> u.userName("a b")));
      assertEquals("ValidationError", name.awsErrorDetails().errorCode());
      assertTrue(name.getMessage().contains("'userName'"), name.getMessage());
      refused(
          MalformedPolicyDocumentException.class,
          400,
          () -> policy("wrong", "{\"Statement\":[{\"Effect\":\"Perhaps\"}]}"));
      refused(
          NoSuchEntityException.class,
          404,
          () ->
              iam.createUser(
                  u ->
                      u.userName("unlimited")
                          .permissionsBoundary("arn:aws:iam::" + ACCOUNT + ":policy/none")));
      assertThrows(NoSuchEntityException.class, () -> iam.getUser(u -> u.userName("unlimited")));
    }
  }
}
