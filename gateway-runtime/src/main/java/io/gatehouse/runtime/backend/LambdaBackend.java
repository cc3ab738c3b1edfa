package io.gatehouse.runtime.backend;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.FunctionCall.Invoker;
import io.gatehouse.runtime.exchange.FunctionCall.Kind;
import io.gatehouse.runtime.exchange.FunctionLog;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Lambda function, called where it runs: on this installation's function host, or behind whatever
 * speaks Lambda's API for the account. Which of them is looked up for each call, because accounts
 * change it without a deployment.
 */
final class LambdaBackend implements Backend {

  private static final String SERVICE = "lambda";
  private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

  private final LambdaTarget target;
  private final Reach reach;
  private final Supplier<Deadlines> deadlines;
  private final Function<AwsTarget, Backend> services;

  /** Made by the first call that needs it: most functions run here. */
  private volatile Backend remote;

  /**
   * @param deadlines those of the event loop that asks
   * @param services signs and sends
   */
  LambdaBackend(
      LambdaTarget target,
      Reach reach,
      Supplier<Deadlines> deadlines,
      Function<AwsTarget, Backend> services) {
    this.target = target;
    this.reach = reach;
    this.deadlines = deadlines;
    this.services = services;
  }

  @Override
  public String address() {
    return "https://" + SERVICE + "." + target.region() + ".amazonaws.com";
  }

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    Map<String, String> endpoints = reach.accounts().access(target.account()).endpoints();
    String own = endpoints.getOrDefault(SERVICE, endpoints.get("*"));
    boolean wantsHost = BackendAccessSnapshot.FUNCTION_HOST.equals(own);
    if ((own == null || wantsHost) && reach.functions().hosts(target.account())) {
      callHost(x, request, reply);
    } else if (wantsHost) {
      reply.fail(
          GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.FUNCTIONS_NOT_ALLOWED));
    } else {
      remote().call(x, encoded(request), reply);
    }
  }

  private Backend remote() {
    Backend made = remote;
    if (made == null) {
      made =
          services.apply(
              new AwsTarget(
                  target.account(),
                  target.region(),
                  SERVICE,
                  "",
                  target.role(),
                  target.timeoutMillis()));
      remote = made;
    }
    return made;
  }

  /** The ARN is one segment of Invoke's path, its colons encoded as the SDKs do. */
  private static BackendRequest encoded(BackendRequest request) {
    int query = request.uri().indexOf('?');
    String path = query < 0 ? request.uri() : request.uri().substring(0, query);
    String rest = query < 0 ? "" : request.uri().substring(query);
    return new BackendRequest(
        request.method(),
        path.replace(":", "%3A").replace("$", "%24") + rest,
        request.headers(),
        request.body(),
        request.host());
  }

  private void callHost(Exchange x, BackendRequest request, Reply reply) {
    FunctionLog log = new FunctionLog();
    x.functionLog(log);
    HostedCall waiting = new HostedCall(reply, deadlines.get(), target.timeoutMillis());
    try {
      reach.functions().invoke(call(x, request, log), waiting);
    } catch (RuntimeException bug) {
      waiting.fail(GatewayException.bug(bug));
      throw bug; // for the log
    }
  }

  private FunctionCall call(Exchange x, BackendRequest request, FunctionLog log) {
    byte[] payload =
        request.body() instanceof Body.Bytes(byte[] bytes) && bytes.length > 0
            ? bytes
            : EMPTY_EVENT;
    String type = request.headers().first("X-Amz-Invocation-Type");
    String context = request.headers().first("X-Amz-Client-Context");
    return new FunctionCall(
        target.account(),
        target.functionArn(),
        qualifier(request.uri()),
        payload,
        context == null ? "" : context,
        "Event".equalsIgnoreCase(type) ? Kind.EVENT : Kind.REQUEST_RESPONSE,
        target.role() == null
            ? new Invoker.Service(x.sourceArn())
            : new Invoker.Role(target.role()),
        x.traceId(),
        target.timeoutMillis(),
        false,
        log::add);
  }

  /** Of the query, where an integration maps one. */
  private static String qualifier(String uri) {
    int query = uri.indexOf('?');
    if (query < 0) {
      return "";
    }
    List<String> values =
        PercentCoding.decodeQuery(uri.substring(query + 1)).getOrDefault("Qualifier", List.of());
    return values.isEmpty() ? "" : values.getLast();
  }
}
