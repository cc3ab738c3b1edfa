package io.gatehouse.runtime.backend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Names to addresses, off the event loop and remembered for a while. A name that stops resolving
 * keeps its last addresses for as long as they are asked for: an outage of the name service is not
 * the backend's.
 */
final class Resolver {

  private static final long FRESH_NANOS = 15_000_000_000L;
  private static final long FAILED_NANOS = 1_000_000_000L;
  private static final int MOST_NAMES = 10_000;

  /** Of their own: names that take long hold up nothing but other new names. */
  private static final int THREADS = 16;

  private record Known(Future<InetAddress[]> addresses, long since) {}

  private final WorkerExecutor threads;
  private final NameService service;
  private final LongSupplier nanos;
  private final Map<String, Known> names = new ConcurrentHashMap<>();

  Resolver(Vertx vertx, NameService service, LongSupplier nanos) {
    this.threads = vertx.createSharedWorkerExecutor("names", THREADS);
    this.service = service;
    this.nanos = nanos;
  }

  /** Completed at once in the usual case; fails with UnknownHostException. */
  Future<InetAddress[]> resolve(String host) {
    Known known = names.get(host);
    if (known == null
        || known.addresses().failed() && nanos.getAsLong() - known.since() > FAILED_NANOS) {
      return remember(host, lookUp(host)).addresses();
    }
    if (known.addresses().succeeded() && nanos.getAsLong() - known.since() > FRESH_NANOS) {
      // One look-up in the background; until it is done, and if it fails, the known addresses serve
      // on.
      if (names.replace(host, known, new Known(known.addresses(), nanos.getAsLong()))) {
        lookUp(host).onSuccess(found -> remember(host, Future.succeededFuture(found)));
      }
    }
    return known.addresses();
  }

  private Known remember(String host, Future<InetAddress[]> addresses) {
    if (names.size() >= MOST_NAMES) {
      names.clear();
    }
    Known known = new Known(addresses, nanos.getAsLong());
    names.put(host, known);
    return known;
  }

  private Future<InetAddress[]> lookUp(String host) {
    return threads.executeBlocking(() -> service.addresses(host), false);
  }
}
