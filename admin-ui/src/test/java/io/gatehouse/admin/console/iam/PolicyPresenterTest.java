package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.iam.PolicyPresenter.Shown;
import io.gatehouse.admin.console.iam.PolicyPresenter.Use;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.PolicyVersions;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;

class PolicyPresenterTest {

  private static final String OWN = "arn:aws:iam::111111111111:policy/read";

  private final List<String> done = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();

  private final PolicyPresenter presenter =
      new PolicyPresenter(
          new CustomerManagedPolicies() {
            @Override
            public GetPolicyResponse getPolicy(Caller caller, GetPolicyRequest in) {
              return GetPolicyResponse.builder()
                  .policy(p -> p.arn(in.policyArn()).policyName("read").defaultVersionId("v2"))
                  .build();
            }

            @Override
            public ListEntitiesForPolicyResponse listEntitiesForPolicy(
                Caller caller, ListEntitiesForPolicyRequest in) {
              return in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY
                  ? ListEntitiesForPolicyResponse.builder()
                      .policyRoles(r -> r.roleName("job"))
                      .build()
                  : ListEntitiesForPolicyResponse.builder()
                      .policyUsers(u -> u.userName("ann"))
                      .policyGroups(g -> g.groupName("callers"))
                      .build();
            }

            @Override
            public void deletePolicy(Caller caller, DeletePolicyRequest in) {
              done.add("delete " + in.policyArn());
            }
          },
          new PolicyVersions() {
            @Override
            public GetPolicyVersionResponse getPolicyVersion(
                Caller caller, GetPolicyVersionRequest in) {
              return GetPolicyVersionResponse.builder()
                  .policyVersion(v -> v.document("%7B" + in.versionId() + "%7D"))
                  .build();
            }

            @Override
            public ListPolicyVersionsResponse listPolicyVersions(
                Caller caller, ListPolicyVersionsRequest in) {
              return ListPolicyVersionsResponse.builder().build();
            }

            @Override
            public CreatePolicyVersionResponse createPolicyVersion(
                Caller caller, CreatePolicyVersionRequest in) {
              done.add(in.policyDocument() + " default " + in.setAsDefault());
              return CreatePolicyVersionResponse.builder()
                  .policyVersion(v -> v.versionId("v3"))
                  .build();
            }
          },
          () -> Kit.ALICE,
          new PolicyPresenter.Screen() {
            @Override
            public void show(Shown policy) {
              shown.add(policy);
            }

            @Override
            public void open(String arn, Optional<String> version) {
              done.add("open " + version.orElse("the default"));
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
  void theDefaultVersionIsShownUnlessTheAddressNamesAnother() {
    presenter.load(OWN, Optional.empty());
    presenter.load(OWN, Optional.of("v1"));
    assertEquals(List.of("v2", "v1"), shown.stream().map(Shown::open).toList());
    assertEquals(List.of("{v2}", "{v1}"), shown.stream().map(Shown::document).toList());
  }

  @Test
  void whoHasThePolicyAndWhoIsLimitedByItAreToldApart() {
    presenter.load(OWN, Optional.empty());
    assertEquals(
        List.of(
            new Use(new Holder(Holder.Kind.USER, "ann"), false),
            new Use(new Holder(Holder.Kind.GROUP, "callers"), false),
            new Use(new Holder(Holder.Kind.ROLE, "job"), true)),
        shown.getFirst().uses());
  }

  @Test
  void aSavedDocumentIsANewVersionWhoseAddressIsOpened() {
    presenter.save(OWN, "{ }", false);
    assertEquals(List.of("{ } default false", "open v3", "[Saved version v3]"), done);
  }

  @Test
  void policiesOfTheProductAreToldFromTheTenants() {
    presenter.load("arn:aws:iam::aws:policy/GatehouseViewer", Optional.empty());
    presenter.load(OWN, Optional.empty());
    assertTrue(shown.getFirst().isBuiltIn());
    assertFalse(shown.getLast().isBuiltIn());
  }

  @Test
  void aPolicyIsDeletedByItsName() {
    presenter.load(OWN, Optional.empty());
    assertThrows(ApiError.class, () -> presenter.delete(shown.getFirst().policy(), "other"));
    assertEquals(List.of(), done);
    presenter.delete(shown.getFirst().policy(), "read");
    assertEquals(List.of("delete " + OWN, "[Deleted policy read]"), done);
  }
}
