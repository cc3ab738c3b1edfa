package io.gatehouse.runtime.backend;

import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.gatehouse.runtime.compile.AccountAccess;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.PrivateLink;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Backends behind VPC links: a link's targets, as they are set now, take the place of the URI's
 * host. They are judged as any address is, and checked while a stage is served that uses the link.
 */
final class Links {

  /** What a link's addresses were made of. */
  private record Source(VpcLinkSnapshot link, List<InetAddress[]> resolved) {

    boolean isOf(VpcLinkSnapshot current, List<InetAddress[]> addresses) {
      if (link != current || resolved.size() != addresses.size()) {
        return false;
      }
      for (int i = 0; i < resolved.size(); i++) {
        if (resolved.get(i) != addresses.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** A target as the link's owner wrote it. */
  private record Target(String host, int port) {

    /** The control plane has checked the form. */
    static Target parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = text.substring(0, colon);
      return new Target(
          host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(text.substring(colon + 1)));
    }
  }

  private final Vertx vertx;
  private final BackendClient client;
  private final AccountAccess accounts;
  private final BackendStates states;
  private final LinkChecks checks;
  private final Set<Reference<HttpBackend>> users = ConcurrentHashMap.newKeySet();
  private final Map<PrivateLink, Judged> known = new ConcurrentHashMap<>();
  private final AtomicBoolean checking = new AtomicBoolean();

  Links(
      Vertx vertx,
      BackendClient client,
      AccountAccess accounts,
      BackendStates states,
      LongSupplier nanos) {
    this.vertx = vertx;
    this.client = client;
    this.accounts = accounts;
    this.states = states;
    this.checks = new LinkChecks(vertx, nanos);
  }

  /** The stage that made it is gone when nothing else holds it. */
  void watch(HttpBackend backend) {
    users.add(new WeakReference<>(backend));
    if (checking.compareAndSet(false, true)) {
      vertx.setPeriodic(LinkChecks.TICK_MILLIS, LinkChecks.TICK_MILLIS, t -> check());
    }
  }

  /**
   * The addresses of the targets of the link.
   *
   * @param before what this said before to the same caller, or null
   */
  Future<Judged> judged(HttpTarget target, Judged before) {
    PrivateLink link = target.link();
    VpcLinkSnapshot current = accounts.vpcLink(link.account(), link.id());
    if (current == null) {
      known.remove(link);
      return Future.failedFuture(
          failed(Reason.VPC_LINK_UNKNOWN, "VPC link " + link.id() + " is not there"));
    }
    if (current.targets().isEmpty()) {
      return Future.failedFuture(
          failed(
              Reason.VPC_LINK_WITHOUT_TARGETS, "VPC link " + link.id() + " has no targets at all"));
    }
    List<Future<InetAddress[]>> looked = new ArrayList<>(current.targets().size());
    boolean complete = true;
    for (String text : current.targets()) {
      Future<InetAddress[]> addresses = client.resolve(Target.parse(text).host());
      looked.add(addresses);
      complete &= addresses.isComplete();
    }
    if (complete) {
      return judged(target, current, before, looked);
    }
    return Future.join(looked).transform(done -> judged(target, current, before, looked));
  }

  /** A target whose name does not resolve is left out. */
  private Future<Judged> judged(
      HttpTarget target,
      VpcLinkSnapshot current,
      Judged before,
      List<Future<InetAddress[]>> looked) {
    List<InetAddress[]> resolved = new ArrayList<>(looked.size());
    looked.forEach(one -> resolved.add(one.result()));
    if (before != null && ((Source) before.source()).isOf(current, resolved)) {
      return Future.succeededFuture(before);
    }
    Set<SocketAddress> allowed = new LinkedHashSet<>();
    boolean forbidden = false;
    for (int i = 0; i < resolved.size(); i++) {
      if (resolved.get(i) != null) {
        Target one = Target.parse(current.targets().get(i));
        List<SocketAddress> some = client.allowed(resolved.get(i), one.port(), Egress.GUARDED);
        forbidden |= some.isEmpty();
        allowed.addAll(some);
      }
    }
    if (allowed.isEmpty()) {
      String targets = String.join(", ", current.targets());
      return Future.failedFuture(
          forbidden
              ? BackendClient.forbidden(targets)
              : failed(
                  Reason.VPC_LINK_WITHOUT_TARGETS,
                  "no target of VPC link " + current.id() + " resolves: " + targets));
    }
    BackendState state = states.of(target);
    Judged judged =
        new Judged(
            new Source(current, Collections.unmodifiableList(resolved)),
            state,
            state.of(allowed),
            target.tls() || current.healthCheck().tls());
    known.put(target.link(), judged);
    return Future.succeededFuture(judged);
  }

  /** Asks the targets of those links that are in use, each when its time has come. */
  private void check() {
    Set<PrivateLink> used = new HashSet<>();
    for (Reference<HttpBackend> user : users) {
      HttpBackend backend = user.get();
      if (backend == null) {
        users.remove(user);
      } else if (used.add(backend.target().link())) {
        VpcLinkSnapshot link = link(backend.target().link());
        if (link != null) {
          judged(backend.target(), known.get(backend.target().link()))
              .onSuccess(judged -> checks.check(link, judged.allowed()));
        }
      }
    }
    known.keySet().retainAll(used);
    states.keepLinks(used);
  }

  private VpcLinkSnapshot link(PrivateLink link) {
    return accounts.vpcLink(link.account(), link.id());
  }

  private static GatewayException failed(Reason reason, String detail) {
    return GatewayException.of(
            ResponseType.INTEGRATION_FAILURE, 500, "Internal server error", reason)
        .with(detail);
  }
}
