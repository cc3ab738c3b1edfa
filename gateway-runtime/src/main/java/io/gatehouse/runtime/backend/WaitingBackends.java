package io.gatehouse.runtime.backend;

import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node's backends for a thread that may wait: the call returns when the answer is there with its
 * whole body in hand, so that an exchange runs on one thread from end to end. Answers larger or
 * slower than the bounds fail.
 */
public final class WaitingBackends implements Backends {

  private final Vertx vertx;
  private final BackendClient client;
  private final int mostBytes;
  private final Duration patience;

  /**
   * @param patience for one call, from its start to the last byte of its answer
   */
  public WaitingBackends(Vertx vertx, BackendClient client, int mostBytes, Duration patience) {
    this.vertx = vertx;
    this.client = client;
    this.mostBytes = mostBytes;
    this.patience = patience;
  }

  @Override
  public Backend http(HttpTarget target) {
    return new Waiting(client.http(target));
  }

  @Override
  public Backend aws(AwsTarget target) {
    return new Waiting(client.aws(target));
  }

  @Override
  public Backend lambda(LambdaTarget target) {
    return new Waiting(client.lambda(target));
  }

  @Override
  public Backend mock() {
    return client.mock();
  }

  @Override
  public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
    return client.identity(account, certificate);
  }

  private final class Waiting implements Backend {
    private final Backend backend;

    Waiting(Backend backend) {
      this.backend = backend;
    }

    @Override
    public HttpTarget target() {
      return backend.target();
    }

    @Override
    public String address() {
      return backend.address();
    }

    @Override
    public void call(Exchange x, BackendRequest request, Reply reply) {
      CompletableFuture<BackendResponse> whole = new CompletableFuture<>();
      vertx
          .getOrCreateContext()
          .runOnContext(v -> backend.call(x, request, new Collecting(whole, mostBytes)));
      try {
        reply.answer(whole.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        whole.cancel(false);
        reply.fail(GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        whole.cancel(false);
        reply.fail(GatewayException.bug(new IllegalStateException(e)));
      } catch (ExecutionException e) {
        reply.fail(
            e.getCause() instanceof GatewayException failure
                ? failure
                : GatewayException.bug(new IllegalStateException(e.getCause())));
      }
    }
  }
}
