package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who am I: the one operation of the Security Token Service that tools ask for an account. */
@ApplicationScoped
public class Sts implements Operations {

  @Operation("GET /?Action=GetCallerIdentity&Version=2011-06-15")
  public GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest in) {
    return GetCallerIdentityResponse.builder()
        .account(caller.account())
        .arn(caller.principal())
        .userId(userId(caller.principal()))
        .build();
  }

  /** In the vendor's form, and the same every time. */
  private static String userId(String principal) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
      return "AIDA" + HexFormat.of().formatHex(digest).substring(0, 17).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
