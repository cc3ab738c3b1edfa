package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who am I: the one operation of the Security Token Service that tools ask for an account. */
@ApplicationScoped
public class Sts implements Operations {

  @Operation(value = "GET /?Action=GetCallerIdentity&Version=2011-06-15", needsPermission = false)
  public GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest in) {
    return GetCallerIdentityResponse.builder()
        .account(caller.account())
        .arn(caller.principal())
        .userId(caller.userId())
        .build();
  }
}
