package io.gatehouse.admin.console.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.team.KeyPolicyPresenter.Preset;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.KeyPolicies;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.AccessKeyView;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.RestApi;

class KeyPolicyPresenterTest {

  private static final String ARN = "arn:aws:apigateway:us-east-1::";

  private final List<String> saved = new ArrayList<>();
  private final KeyPolicyPresenter presenter =
      new KeyPolicyPresenter(
          new FakeTenants(),
          new FakeApis(),
          () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE));

  @Test
  void aKeyWithoutAPolicyShowsFullAccess() {
    assertEquals(KeyPolicies.FULL_ACCESS, KeyPolicyPresenter.document(key(Optional.empty())));
    assertEquals("{}", KeyPolicyPresenter.document(key(Optional.of("{}"))));
  }

  @Test
  void thePresetsMeanWhatTheySay() {
    List<Preset> presets = presenter.presets();

    assertEquals(
        List.of("Full access", "Read only", "One API: pets (a1)"),
        presets.stream().map(Preset::name).toList());
    String full = presets.get(0).document();
    assertTrue(allows(full, "DELETE", "/restapis/a1"));
    String read = presets.get(1).document();
    assertTrue(allows(read, "GET", "/usageplans/x"));
    assertFalse(allows(read, "PATCH", "/usageplans/x"));
    String one = presets.get(2).document();
    assertTrue(allows(one, "DELETE", "/restapis/a1"));
    assertTrue(allows(one, "PUT", "/restapis/a1/resources/r/methods/GET"));
    assertTrue(
        allows(one, "PUT", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1"));
    assertFalse(allows(one, "GET", "/restapis/a12"));
    assertFalse(allows(one, "GET", "/restapis"));
    assertFalse(
        allows(one, "PUT", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fb2"));
  }

  @Test
  void fullAccessIsSavedAsNoLimit() {
    presenter.save(key(Optional.empty()), KeyPolicies.FULL_ACCESS + "\n");
    presenter.save(key(Optional.empty()), "{\"Statement\": []}");

    assertEquals(List.of("AKIA1 ", "AKIA1 {\"Statement\": []}"), saved);
  }

  @Test
  void aRefusalReachesTheDialogSoThatWhatWasTypedStays() {
    assertThrows(ApiError.class, () -> presenter.save(key(Optional.empty()), "refuse"));
  }

  private static boolean allows(String policy, String verb, String path) {
    return KeyPolicies.parse(policy)
        .verdict(new PolicyRequest(Principal.ANONYMOUS, "apigateway:" + verb, ARN + path, Map.of()))
        .allows();
  }

  private static AccessKeyView key(Optional<String> policy) {
    return new AccessKeyView("AKIA1", Caller.Role.OWNER, true, Instant.EPOCH, policy);
  }

  private final class FakeTenants extends Tenants {
    @Override
    public AccessKeyView limitAccessKey(Caller caller, String accessKeyId, String policy) {
      if (policy.equals("refuse")) {
        throw ApiError.badRequest("Invalid policy");
      }
      saved.add(accessKeyId + " " + policy);
      return key(Optional.of(policy));
    }
  }

  private static final class FakeApis extends RestApis {
    @Override
    public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
      return GetRestApisResponse.builder()
          .items(RestApi.builder().id("a1").name("pets").build())
          .build();
    }
  }
}
