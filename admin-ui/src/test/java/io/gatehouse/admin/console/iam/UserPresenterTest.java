package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.console.iam.UserPresenter.Shown;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.GroupPolicies;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.RolePolicies;
import io.gatehouse.admin.iam.UserAccessKeys;
import io.gatehouse.admin.iam.UserPolicies;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.User;

class UserPresenterTest {

  private static final AccessKeyMetadata KEY =
      AccessKeyMetadata.builder()
          .userName("ann")
          .accessKeyId("AKIA1")
          .status(StatusType.ACTIVE)
          .build();

  private final List<String> done = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();

  private final UserPresenter presenter =
      new UserPresenter(
          new Users() {
            @Override
            public GetUserResponse getUser(Caller caller, GetUserRequest in) {
              return GetUserResponse.builder()
                  .user(
                      u ->
                          u.userName(in.userName())
                              .permissionsBoundary(b -> b.permissionsBoundaryArn("arn:most")))
                  .build();
            }

            @Override
            public void deleteUser(Caller caller, DeleteUserRequest in) {
              throw ApiError.badRequest("Cannot delete entity, must delete access keys first.");
            }

            @Override
            public void tagUser(Caller caller, TagUserRequest in) {
              done.add("tag " + in.tags().getFirst().key());
            }

            @Override
            public void untagUser(Caller caller, UntagUserRequest in) {
              done.add("untag " + in.tagKeys());
            }
          },
          new UserAccessKeys() {
            @Override
            public ListAccessKeysResponse listAccessKeys(Caller caller, ListAccessKeysRequest in) {
              return ListAccessKeysResponse.builder().accessKeyMetadata(KEY).build();
            }

            @Override
            public CreateAccessKeyResponse createAccessKey(
                Caller caller, CreateAccessKeyRequest in) {
              return CreateAccessKeyResponse.builder()
                  .accessKey(k -> k.userName(in.userName()).secretAccessKey("s3cret"))
                  .build();
            }

            @Override
            public void updateAccessKey(Caller caller, UpdateAccessKeyRequest in) {
              done.add(in.userName() + " " + in.accessKeyId() + " " + in.statusAsString());
            }
          },
          new Groups() {
            @Override
            public ListGroupsForUserResponse listGroupsForUser(
                Caller caller, ListGroupsForUserRequest in) {
              return ListGroupsForUserResponse.builder().build();
            }

            @Override
            public void addUserToGroup(Caller caller, AddUserToGroupRequest in) {
              done.add(in.userName() + " into " + in.groupName());
            }
          },
          new HeldPolicies(
              new CustomerManagedPolicies() {},
              new UserPolicies() {
                @Override
                public ListAttachedUserPoliciesResponse listAttachedUserPolicies(
                    Caller caller, ListAttachedUserPoliciesRequest in) {
                  return ListAttachedUserPoliciesResponse.builder()
                      .attachedPolicies(p -> p.policyArn("arn:read").policyName("read"))
                      .build();
                }

                @Override
                public ListUserPoliciesResponse listUserPolicies(
                    Caller caller, ListUserPoliciesRequest in) {
                  return ListUserPoliciesResponse.builder().policyNames("own").build();
                }
              },
              new GroupPolicies() {},
              new RolePolicies() {}),
          () -> Kit.ALICE,
          new UserPresenter.Screen() {
            @Override
            public void show(Shown user) {
              shown.add(user);
              done.add("show");
            }

            @Override
            public void made(AccessKey key) {
              done.add("once " + key.secretAccessKey());
            }

            @Override
            public void notice(String text) {
              done.add("[" + text + "]");
            }

            @Override
            public void gone(String text) {
              done.add("[" + text + "]");
            }
          });

  @Test
  void aUserIsShownWithAllThatHangsOnIt() {
    presenter.load("ann");
    Shown user = shown.getFirst();
    assertEquals("ann", user.user().userName());
    assertEquals(List.of(KEY), user.keys());
    assertEquals("arn:read", user.policies().attached().getFirst().policyArn());
    assertEquals(List.of("own"), user.policies().inline());
    assertEquals(Optional.of("arn:most"), user.policies().boundary());
  }

  @Test
  void theSecretIsToldOnceOverTheListThatHasTheKey() {
    presenter.createKey("ann");
    assertEquals(List.of("show", "once s3cret"), done);
  }

  @Test
  void aKeyIsSwitchedOffAndOn() {
    presenter.switchKey(KEY, false);
    presenter.switchKey(KEY, true);
    assertEquals(
        List.of(
            "ann AKIA1 Inactive",
            "show",
            "[AKIA1 is off]",
            "ann AKIA1 Active",
            "show",
            "[AKIA1 is active]"),
        done);
  }

  @Test
  void onlyDifferentTagsAreSent() {
    Tag team = Tag.builder().key("team").value("red").build();
    User before = User.builder().userName("ann").tags(team).build();
    presenter.tag(before, "team=red");
    assertEquals(List.of("show", "[Saved the tags]"), done);
    done.clear();
    presenter.tag(before, "tier=1");
    assertEquals(List.of("untag [team]", "tag tier", "show", "[Saved the tags]"), done);
  }

  @Test
  void aUserIsDeletedByItsNameAndTheOperationsRefusalIsShown() {
    ApiError typed = assertThrows(ApiError.class, () -> presenter.delete("ann", "bob"));
    assertEquals("Type the user's name, ann, to delete it", typed.getMessage());
    ApiError inUse = assertThrows(ApiError.class, () -> presenter.delete("ann", " ann "));
    assertEquals("Cannot delete entity, must delete access keys first.", inUse.getMessage());
    assertEquals(List.of(), done);
  }

  @Test
  void aUserJoinsTheChosenGroup() {
    assertThrows(ApiError.class, () -> presenter.join("ann", Optional.empty()));
    presenter.join("ann", Optional.of("callers"));
    assertEquals(List.of("ann into callers", "show", "[ann is in group callers]"), done);
  }
}
