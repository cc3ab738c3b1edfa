package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionsOverClusterTest {

  private static final int PORT = 19_263;
  private static final AtomicReference<FunctionCall> CALLED = new AtomicReference<>();
  private static HazelcastInstance member;
  private static HazelcastInstance client;

  private final List<String> log = new ArrayList<>();
  private BackendResponse response;
  private GatewayException failure;

  private final Backend.Reply reply =
      new Backend.Reply() {
        @Override
        public void answer(BackendResponse answer) {
          response = answer;
        }

        @Override
        public void fail(GatewayException why) {
          failure = why;
        }
      };

  /** Answers with the payload; what is called late is late. */
  private static final class Echo implements Functions {
    @Override
    public boolean hosts(String account) {
      return account.equals("123456789012");
    }

    @Override
    public void invoke(FunctionCall call, Backend.Reply reply) {
      CALLED.set(call);
      call.log().accept("a line");
      if (call.function().equals("late")) {
        reply.fail(GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT));
      } else {
        reply.answer(
            new BackendResponse(
                200, new HeaderList().add("X-A", "1"), new Body.Bytes(call.payload())));
      }
    }
  }

  @BeforeAll
  static void join() {
    Config config =
        MemberConfig.of(
            new ClusterMember.Place(
                "functions-test",
                "127.0.0.1",
                PORT,
                new Addresses(List.of("127.0.0.1:" + PORT)),
                "n",
                "a:1"));
    config.getUserContext().put(ClusterNames.FUNCTIONS, new Echo());
    member = Hazelcast.newHazelcastInstance(config);
    ClientConfig there = new ClientConfig().setClusterName("functions-test");
    there.getNetworkConfig().addAddress("127.0.0.1:" + PORT);
    client = HazelcastClient.newHazelcastClient(there);
  }

  @AfterAll
  static void leave() {
    client.shutdown();
    member.shutdown();
  }

  private void invoke(String account, String function, Invoker invoker) {
    new FunctionsOverCluster(() -> client, a -> true, n -> 0)
        .invoke(
            new FunctionCall(
                account,
                function,
                "live",
                new byte[] {1, 2, 3},
                "e30=",
                FunctionCall.Kind.EVENT,
                invoker,
                "trace",
                60_000,
                true,
                log::add),
            reply);
  }

  @Test
  void aCallTravelsWholeAndItsAnswerComesBack() {
    invoke("123456789012", "f", new Invoker.Service("arn:x"));
    assertEquals(200, response.status());
    assertEquals("1", response.headers().first("x-a"));
    assertArrayEquals(new byte[] {1, 2, 3}, ((Body.Bytes) response.body()).bytes());
    assertEquals(List.of("a line"), log);
    FunctionCall called = CALLED.get();
    assertEquals(new Invoker.Service("arn:x"), called.invoker());
    assertEquals("live", called.qualifier());
    assertEquals(FunctionCall.Kind.EVENT, called.kind());
    assertEquals("trace", called.traceId());
    assertEquals("e30=", called.clientContext());
    assertEquals(60_000, called.timeoutMillis());
    invoke("123456789012", "f", new Invoker.Role("arn:r"));
    assertEquals(new Invoker.Role("arn:r"), CALLED.get().invoker());
    invoke("123456789012", "f", new Invoker.Trusted());
    assertInstanceOf(Invoker.Trusted.class, CALLED.get().invoker());
  }

  @Test
  void aFailureComesBackWithItsReason() {
    invoke("123456789012", "late", new Invoker.Trusted());
    assertEquals(Reason.BACKEND_TIMEOUT, failure.reason());
    assertEquals(504, failure.status());
  }

  @Test
  void whereNobodyHostsItNothingIsReached() {
    invoke("210987654321", "f", new Invoker.Trusted());
    assertEquals(Reason.BACKEND_UNREACHABLE, failure.reason());
    new FunctionsOverCluster(
            () -> {
              throw new HazelcastInstanceNotActiveException();
            },
            a -> true,
            n -> 0)
        .invoke(CALLED.get(), reply);
    assertEquals(Reason.BACKEND_UNREACHABLE, failure.reason());
  }
}
