package io.gatehouse.admin.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.Account;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.GetAccountResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateAccountResponse;

class SettingsPresenterTest {

  private static final String ARN = "arn:aws:iam::111111111111:role/logs";

  private final List<String> patched = new ArrayList<>();
  private boolean functions = true;
  private String role;
  private final SettingsPresenter presenter =
      new SettingsPresenter(
          new FakeAccount(),
          new FakeTenants(),
          () ->
              new Caller(
                  "111111111111", "us-east-1", "alice", Set.of(Role.OWNER), Caller.Door.CONSOLE));

  @Test
  void whatATenantGetsIsToldInWords() {
    assertEquals(
        List.of(
            "12.50 requests a second, bursts of 40", "29,000 ms", "allowed, with 1,024 MB of code"),
        List.copyOf(presenter.limits().values()));
    functions = false;
    assertEquals(
        "not allowed: the operator names accounts in GATEHOUSE_FUNCTIONS",
        presenter.limits().get("Functions"));
  }

  @Test
  void howLongWhatIsKeptIsTold() {
    assertEquals(
        List.of(
            "14 days; those of all tenants together 2,048 MB, beyond which the oldest of whoever"
                + " has most go first",
            "15 days",
            "63 days",
            "455 days",
            "90 days"),
        List.copyOf(presenter.kept().values()));
  }

  @Test
  void theRoleIsSetAndTakenAway() {
    assertEquals(Optional.empty(), presenter.role());
    presenter.role(" " + ARN + " ");
    role = ARN;
    assertEquals(Optional.of(ARN), presenter.role());
    presenter.role("");
    assertEquals(
        List.of("replace /cloudwatchRoleArn " + ARN, "replace /cloudwatchRoleArn "), patched);
  }

  @Test
  void aRefusalReachesTheDialog() {
    assertThrows(ApiError.class, () -> presenter.role("refuse"));
  }

  private final class FakeAccount extends Account {

    @Override
    public GetAccountResponse getAccount(Caller caller, GetAccountRequest in) {
      return GetAccountResponse.builder().cloudwatchRoleArn(role).build();
    }

    @Override
    public UpdateAccountResponse updateAccount(Caller caller, UpdateAccountRequest in) {
      in.patchOperations()
          .forEach(
              one -> {
                if (one.value().equals("refuse")) {
                  throw ApiError.badRequest("Invalid Role ARN specified");
                }
                patched.add(one.opAsString() + " " + one.path() + " " + one.value());
              });
      return UpdateAccountResponse.builder().build();
    }

    @Override
    public Terms terms(Caller caller) {
      return new Terms(
          Duration.ofDays(14),
          2048L << 20,
          Duration.ofDays(90),
          Duration.ofDays(15),
          Duration.ofDays(63),
          Duration.ofDays(455),
          Duration.ofSeconds(29),
          functions,
          1L << 30);
    }
  }

  private static final class FakeTenants extends Tenants {

    @Override
    public Tenant tenant(Caller caller) {
      return new Tenant(
          caller.account(), "Alice", Instant.EPOCH, new RateLimit(12.5, 40), Optional.empty());
    }
  }
}
