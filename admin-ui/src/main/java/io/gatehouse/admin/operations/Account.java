package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.apigateway.model.GetAccountRequest;
import software.amazon.awssdk.services.apigateway.model.GetAccountResponse;

/** The tenant's account as tools ask for it. Imitates the Account page of the API reference. */
@ApplicationScoped
public class Account implements Operations {

  /** No {@code throttleSettings}: nodes hold an account to no limit yet, so none is promised. */
  @Operation("GET /account")
  public GetAccountResponse getAccount(Caller caller, GetAccountRequest in) {
    return GetAccountResponse.builder().features("UsagePlans").apiKeyVersion("4").build();
  }
}
