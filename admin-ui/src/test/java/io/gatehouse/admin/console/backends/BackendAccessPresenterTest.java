package io.gatehouse.admin.console.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.console.backends.BackendAccessPresenter.RoleForm;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.BackendAccess;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackendAccessPresenterTest {

  private final List<Object> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final BackendAccessPresenter presenter =
      new BackendAccessPresenter(
          new FakeAccess(),
          () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE),
          new FakeScreen());

  @Test
  void whatIsLeftBlankIsNotGiven() {
    presenter.putRole(new RoleForm(" default ", " AKID ", "", " ", false, "", ""));

    BackendAccess.RoleKeys keys = (BackendAccess.RoleKeys) asked.getFirst();
    assertEquals("AKID", keys.accessKeyId());
    assertEquals(Optional.empty(), keys.secretAccessKey());
    assertEquals(Optional.empty(), keys.sessionToken());
    assertEquals(Optional.empty(), keys.externalId());
    assertEquals(Optional.empty(), keys.policy());
    assertEquals(List.of("settled", "Saved default"), shown);
  }

  @Test
  void aFormIsFilledInWithoutSecretsAndSpellsNone() {
    RoleForm form =
        RoleForm.of(
            new BackendAccess.BackendRole(
                "default", "AKID", true, true, Optional.of("x1"), Optional.of("{}")));

    assertEquals(new RoleForm("default", "AKID", "", "", true, "x1", "{}"), form);
    assertFalse(
        new RoleForm("r", "A", "hunter2", "hunter2", false, "", "").toString().contains("hunter2"));
  }

  @Test
  void anEndpointThatNodesDoNotReachIsSaidSoAfterTheListIsShown() {
    presenter.putEndpoint(" sqs ", "http://10.0.0.5");
    presenter.putEndpoint("*", "aws");

    assertEquals(
        List.of("settled", "warning: not allowed", "settled", "all other services go to aws"),
        shown);
  }

  @Test
  void aRefusalReachesTheFormSoThatWhatWasTypedStays() {
    assertThrows(ApiError.class, () -> presenter.addAuthorities("refuse"));
    assertEquals(List.of(), shown);
  }

  @Test
  void thePolicyToBeginWithIsOne() throws Exception {
    Policy.parse(BackendAccessPresenter.MAY_INVOKE, Policy.Kind.IDENTITY);
  }

  private final class FakeAccess extends BackendAccess {
    @Override
    public Settled getBackendAccess(Caller caller) {
      return new Settled(List.of(), List.of(), List.of());
    }

    @Override
    public BackendRole putBackendRole(Caller caller, String name, RoleKeys keys) {
      asked.add(keys);
      return new BackendRole(
          name, keys.accessKeyId(), false, false, Optional.empty(), Optional.empty());
    }

    @Override
    public Endpoint putBackendEndpoint(Caller caller, String service, String url) {
      return new Endpoint(
          service, url, url.equals("aws") ? Optional.empty() : Optional.of("not allowed"));
    }

    @Override
    public List<Authority> addBackendAuthorities(Caller caller, String pem) {
      throw ApiError.badRequest("no");
    }
  }

  private final class FakeScreen implements BackendAccessPresenter.Screen {
    @Override
    public void show(BackendAccess.Settled all) {
      shown.add("settled");
    }

    @Override
    public void notice(String text) {
      shown.add(text);
    }

    @Override
    public void warn(String text) {
      shown.add("warning: " + text);
    }
  }
}
