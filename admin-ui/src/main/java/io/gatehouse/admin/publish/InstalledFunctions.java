package io.gatehouse.admin.publish;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.cluster.FunctionsOverCluster;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.FunctionCall.Invoker;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The function hosts of the nodes in the cluster; each invocation goes to one of them. */
@ApplicationScoped
public class InstalledFunctions implements NodeFunctions {

  private Functions functions;

  protected InstalledFunctions() {}

  @Inject
  public InstalledFunctions(ClusterClient cluster, Settings settings, SecureRandom random) {
    this.functions =
        new FunctionsOverCluster(
            () -> {
              try {
                return cluster.ask(instance -> instance);
              } catch (ClusterUnavailable e) {
                throw new IllegalStateException(e.getMessage(), e);
              }
            },
            settings.functions()::allows,
            random::nextInt);
  }

  /** For integrations of drafts, whose invokers are checked on the node. */
  public Functions overCluster() {
    return functions;
  }

  @Override
  public Answer invoke(Invocation invocation) throws Unavailable {
    FunctionCall call =
        new FunctionCall(
            invocation.account(),
            invocation.function(),
            invocation.qualifier(),
            invocation.payload(),
            invocation.clientContext(),
            invocation.event() ? FunctionCall.Kind.EVENT : FunctionCall.Kind.REQUEST_RESPONSE,
            new Invoker.Trusted(),
            invocation.traceId(),
            Math.toIntExact(invocation.longest().toMillis()),
            invocation.wantsLogTail(),
            line -> {});
    Received received = new Received();
    functions.invoke(call, received);
    return received.answer();
  }

  /** Filled before the invocation returns. */
  private static final class Received implements Backend.Reply {
    private BackendResponse response;
    private GatewayException failure;

    @Override
    public void answer(BackendResponse answered) {
      response = answered;
    }

    @Override
    public void fail(GatewayException failed) {
      failure = failed;
    }

    private Answer answer() throws Unavailable {
      if (response == null) {
        throw new Unavailable(
            "No gateway node has run the function: "
                + (failure == null ? "none has answered" : failure.reason().text()));
      }
      Map<String, String> headers = new HashMap<>();
      response
          .headers()
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      return new Answer(
          response.status(),
          headers,
          response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0]);
    }
  }
}
