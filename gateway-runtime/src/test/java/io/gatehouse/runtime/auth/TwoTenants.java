package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.door.SignedCall;
import io.gatehouse.runtime.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * A node with two tenants, each of whom has a VPC endpoint, and the table of what it says to
 * callers of the first one's API.
 */
final class TwoTenants implements AutoCloseable {

  /** A request, and what the node answers to it. */
  interface Call {
    String answer() throws Exception;
  }

  final Door door;
  private final RawBackend backend;
  private final StringBuilder table = new StringBuilder();
  private final List<String> surprises = new ArrayList<>();
  private int rows;

  TwoTenants() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nin"));
    door =
        Door.told("127.0.0.0/8", "127.0.0.1", "vpce-1/vpc-1=10.1.0.0/16;vpce-2/vpc-2=10.2.0.0/16");
  }

  /** A method whose calls reach the backend. */
  Method method(String authorization, boolean wantsKey) {
    Method.Builder method =
        SampleApi.proxyMethod("/pets", backend.url() + "/")
            .authorizationType(authorization)
            .apiKeyRequired(wantsKey);
    return authorization.equals("CUSTOM") || authorization.equals("COGNITO_USER_POOLS")
        ? method.authorizerId(Tenant.AUTHORIZER).build()
        : method.build();
  }

  void serve(StageSnapshot stage) {
    door.serve(stage);
  }

  Call call(Tenant api, String... headers) {
    return () -> door.get("/_aws/execute-api/" + api.apiId() + "/dev/pets", headers);
  }

  Call call(SignedCall call) {
    return () -> door.raw(call.signed().bytes());
  }

  /**
   * Calls, and tells of it.
   *
   * @param passes whether the caller should come as far as the backend
   */
  void row(String kind, String caller, boolean passes, Call call) throws Exception {
    String raw = call.answer();
    Exchange x = door.exchange();
    boolean reached = !backend.received.isEmpty();
    backend.received.clear();
    String reason = x.refusal() == null ? "" : " " + x.refusal().reason();
    String line =
        "%-63s | %-44s | %s%s"
            .formatted(kind, caller, raw.substring(9, 12), reason)
            .stripTrailing();
    table.append(line).append('\n');
    rows++;
    boolean served = raw.startsWith("HTTP/1.1 200 ") && x.refusal() == null;
    if (reached != passes || served != passes) {
      surprises.add(line + (reached ? " and the backend was called" : " and nothing was called"));
    }
  }

  /** Lines where somebody was let in who should not have been, or the other way round. */
  List<String> surprises() {
    return surprises;
  }

  int rows() {
    return rows;
  }

  String table() {
    return table.toString();
  }

  @Override
  public void close() throws Exception {
    door.close();
    backend.close();
  }
}
