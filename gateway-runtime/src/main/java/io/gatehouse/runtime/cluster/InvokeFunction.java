package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.FunctionCall.Invoker;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An invocation that travels to a node and is made there; what comes of it travels back. */
public final class InvokeFunction
    implements Callable<InvokeFunction.Answer>, HazelcastInstanceAware, Serializable {

  private static final long serialVersionUID = 1;

  /** The vendor's longest function, starting up, and a little. */
  static final int MOST_SECONDS = 900 + 30;

  private final String account;
  private final String function;
  private final String qualifier;
  private final byte[] payload;
  private final String clientContext;
  private final FunctionCall.Kind kind;
  private final String role;
  private final String source;
  private final String traceId;
  private final int timeoutMillis;
  private final boolean wantsLogTail;
  private transient HazelcastInstance member;

  InvokeFunction(FunctionCall call) {
    this.account = call.account();
    this.function = call.function();
    this.qualifier = call.qualifier();
    this.payload = call.payload();
    this.clientContext = call.clientContext();
    this.kind = call.kind();
    this.role = call.invoker() instanceof Invoker.Role(String arn) ? arn : null;
    this.source = call.invoker() instanceof Invoker.Service(String arn) ? arn : null;
    this.traceId = call.traceId();
    this.timeoutMillis = call.timeoutMillis();
    this.wantsLogTail = call.wantsLogTail();
  }

  /**
   * What the node's host answered.
   *
   * @param headers names and values in turn
   * @param failedType the name of a response type where there is no answer, else null
   * @param failedReason its reason
   * @param log what the function wrote
   */
  public record Answer(
      int status,
      ArrayList<String> headers,
      byte[] body,
      String failedType,
      String failedReason,
      ArrayList<String> log)
      implements Serializable {

    static Answer of(BackendResponse response, List<String> log) {
      ArrayList<String> headers = new ArrayList<>();
      response
          .headers()
          .forEach(
              (name, value) -> {
                headers.add(name);
                headers.add(value);
              });
      byte[] body = response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0];
      return new Answer(response.status(), headers, body, null, null, new ArrayList<>(log));
    }

    static Answer of(GatewayException failure, List<String> log) {
      return new Answer(
          0,
          new ArrayList<>(),
          new byte[0],
          failure.type().name(),
          failure.reason().name(),
          new ArrayList<>(log));
    }

    void to(FunctionCall call, Backend.Reply reply) {
      log.forEach(call.log());
      if (failedType != null) {
        reply.fail(
            GatewayException.of(ResponseType.valueOf(failedType), Reason.valueOf(failedReason)));
        return;
      }
      HeaderList list = new HeaderList();
      for (int i = 0; i + 1 < headers.size(); i += 2) {
        list.add(headers.get(i), headers.get(i + 1));
      }
      reply.answer(new BackendResponse(status, list, new Body.Bytes(body)));
    }
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  /** Waits, on a thread of the executor that is there for nothing else. */
  @Override
  public Answer call() throws InterruptedException {
    if (!(member.getUserContext().get(ClusterNames.FUNCTIONS) instanceof Functions functions)
        || !functions.hosts(account)) {
      return Answer.of(
          GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE),
          List.of());
    }
    Waiting waiting = new Waiting();
    functions.invoke(received(waiting.log), waiting);
    if (waiting.done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
      return waiting.answer;
    }
    return Answer.of(
        GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT), List.of());
  }

  private FunctionCall received(List<String> log) {
    Invoker invoker = new Invoker.Trusted();
    if (role != null) {
      invoker = new Invoker.Role(role);
    } else if (source != null) {
      invoker = new Invoker.Service(source);
    }
    return new FunctionCall(
        account,
        function,
        qualifier,
        payload,
        clientContext,
        kind,
        invoker,
        traceId,
        timeoutMillis,
        wantsLogTail,
        log::add);
  }

  private static final class Waiting implements Backend.Reply {
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<String> log = new ArrayList<>();
    private Answer answer;

    @Override
    public void answer(BackendResponse response) {
      answer = Answer.of(response, log);
      done.countDown();
    }

    @Override
    public void fail(GatewayException failure) {
      answer = Answer.of(failure, log);
      done.countDown();
    }
  }
}
