package io.gatehouse.admin.publish;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.cluster.FunctionsOverCluster;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.FunctionCall.Invoker;
import io.gatehouse.runtime.exchange.FunctionCall.Kind;
import io.gatehouse.runtime.exchange.GatewayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Asks the function hosts through the nodes' cluster. */
@ApplicationScoped
public class ClusterFunctions implements NodeFunctions {

  private ClusterClient cluster;
  private FunctionsOverCluster functions;

  protected ClusterFunctions() {}

  @Inject
  public ClusterFunctions(ClusterClient cluster, SecureRandom random) {
    this.cluster = cluster;
    // Whether the account may have functions has been asked before it comes here.
    this.functions = new FunctionsOverCluster(this::joined, account -> true, random::nextInt);
  }

  private HazelcastInstance joined() {
    try {
      return cluster.ask(joined -> joined);
    } catch (ClusterUnavailable e) {
      throw new HazelcastException(e);
    }
  }

  @Override
  public Answer invoke(Invocation invocation) throws Unavailable {
    Waiting waiting = new Waiting();
    functions.invoke(
        new FunctionCall(
            invocation.account(),
            invocation.function(),
            invocation.qualifier(),
            invocation.payload(),
            invocation.event() ? Kind.EVENT : Kind.REQUEST_RESPONSE,
            new Invoker.Trusted(),
            invocation.traceId(),
            (int) invocation.longest().toMillis(),
            invocation.wantsLogTail(),
            line -> {}),
        waiting);
    if (waiting.failure != null) {
      throw new Unavailable("No gateway node has answered: " + waiting.failure.reason());
    }
    return answer(waiting.response);
  }

  private static Answer answer(BackendResponse response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return new Answer(
        response.status(),
        headers,
        response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0]);
  }

  /** Told before {@code invoke} returns. */
  private static final class Waiting implements Backend.Reply {
    private BackendResponse response;
    private GatewayException failure;

    @Override
    public void answer(BackendResponse response) {
      this.response = response;
    }

    @Override
    public void fail(GatewayException failure) {
      this.failure = failure;
    }
  }
}
