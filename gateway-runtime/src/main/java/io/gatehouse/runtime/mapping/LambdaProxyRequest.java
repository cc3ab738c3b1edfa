package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.RequestMapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The event of a Lambda proxy integration, format 1.0 (recorded: lambda-integration.json): the
 * caller's whole request as JSON. Mappings and templates do not show in it.
 */
public final class LambdaProxyRequest implements RequestMapping {

  private static final int MEMBERS_BYTES = 3072;
  private static final int MEMBERS_STEPS = 100;

  private final LambdaInvocation invocation;
  private final BinaryTypes binaryTypes;
  private final RequestEvent members;

  public LambdaProxyRequest(
      LambdaInvocation invocation, BinaryTypes binaryTypes, Map<String, String> stageVariables) {
    this.invocation = invocation;
    this.binaryTypes = binaryTypes;
    this.members = new RequestEvent("null", stageVariables);
  }

  @Override
  public boolean wantsBody(Exchange x) {
    return true;
  }

  @Override
  public BackendRequest map(Exchange x) {
    return invocation.request(x, "", invocation.headers(x), new Body.Bytes(event(x)));
  }

  private byte[] event(Exchange x) {
    byte[] body = x.request().body() instanceof Body.Bytes(byte[] given) ? given : new byte[0];
    x.budget().spend(MEMBERS_STEPS + body.length / 8);
    JsonBytes out = new JsonBytes(MEMBERS_BYTES + body.length + body.length / 2);
    members.write(out.raw("{"), x);
    body(out.raw(",\"body\":"), x, body);
    return out.raw("}").whole();
  }

  private void body(JsonBytes out, Exchange x, byte[] body) {
    if (body.length == 0) {
      out.raw("null,\"isBase64Encoded\":false");
    } else if (binaryTypes.contains(x.request().headers().first("Content-Type"))) {
      String coded = new String(Base64.getEncoder().encode(body), StandardCharsets.ISO_8859_1);
      out.raw("\"").raw(coded).raw("\",\"isBase64Encoded\":true");
    } else {
      out.text(body).raw(",\"isBase64Encoded\":false");
    }
  }
}
