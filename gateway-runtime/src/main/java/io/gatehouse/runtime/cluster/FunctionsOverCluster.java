package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The functions of an installation, as the control plane calls them: on any of its nodes. Waits for
 * the answer, so it is for threads that may.
 */
public final class FunctionsOverCluster implements Functions {

  private final Supplier<HazelcastInstance> cluster;
  private final Predicate<String> hosts;
  private final IntUnaryOperator random;

  /**
   * @param cluster a member or a client; may throw what Hazelcast throws when there is none
   * @param hosts the operator's word on who may have functions
   * @param random a number from 0 to below its argument
   */
  public FunctionsOverCluster(
      Supplier<HazelcastInstance> cluster, Predicate<String> hosts, IntUnaryOperator random) {
    this.cluster = cluster;
    this.hosts = hosts;
    this.random = random;
  }

  @Override
  public boolean hosts(String account) {
    return hosts.test(account);
  }

  /** Unlike a node's own, answers before it returns. */
  @Override
  public void invoke(FunctionCall call, Backend.Reply reply) {
    try {
      HazelcastInstance joined = cluster.get();
      List<Member> members = List.copyOf(joined.getCluster().getMembers());
      if (members.isEmpty()) {
        reply.fail(failure(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE));
        return;
      }
      Future<InvokeFunction.Answer> answer =
          joined
              .getExecutorService(ClusterNames.FUNCTIONS)
              .submitToMember(
                  new InvokeFunction(call), members.get(random.applyAsInt(members.size())));
      answer.get(millis(call), TimeUnit.MILLISECONDS).to(call, reply);
    } catch (RejectedExecutionException e) {
      reply.fail(failure(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_BUSY));
    } catch (ExecutionException e) {
      reply.fail(
          failure(
              ResponseType.INTEGRATION_FAILURE,
              e.getCause() instanceof RejectedExecutionException
                  ? Reason.BACKEND_BUSY
                  : Reason.BACKEND_UNREACHABLE));
    } catch (TimeoutException e) {
      reply.fail(failure(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT));
    } catch (HazelcastException | IllegalStateException e) {
      reply.fail(failure(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reply.fail(failure(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE));
    }
  }

  private static long millis(FunctionCall call) {
    long most = TimeUnit.SECONDS.toMillis(InvokeFunction.MOST_SECONDS);
    return call.timeoutMillis() > 0 ? Math.min(most, call.timeoutMillis()) : most;
  }

  private static GatewayException failure(ResponseType type, Reason reason) {
    return GatewayException.of(type, reason);
  }
}
