package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;

/** What the function of a Lambda authorizer is told (aws-behaviour 7.1). */
public final class AuthorizerEvent {

  private static final int TOKEN_BYTES = 256;
  private static final int REQUEST_BYTES = 3072;

  private AuthorizerEvent() {}

  /** Of type TOKEN. */
  public static byte[] ofToken(String token, String methodArn) {
    JsonBytes out = new JsonBytes(TOKEN_BYTES + token.length());
    out.raw("{\"type\":\"TOKEN\"");
    out.member("methodArn", methodArn);
    out.member("authorizationToken", token);
    return out.raw("}").whole();
  }

  /** Of type REQUEST: all of the request but its body. */
  public static byte[] ofRequest(Exchange x, String methodArn) {
    JsonBytes out = new JsonBytes(REQUEST_BYTES);
    out.raw("{\"type\":\"REQUEST\"");
    out.member("methodArn", methodArn);
    new RequestEvent("{}", x.stage().variables()).write(out.raw(","), x);
    return out.raw("}").whole();
  }
}
