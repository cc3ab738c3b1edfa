package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsService;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a service is answered: where the account says, else where the operator says, else at the
 * vendor's own address. What the operator says is trusted, and is that host and port exactly.
 *
 * @param host without brackets
 * @param path before the path of each request; empty or with a slash in front and none behind
 * @param named what requests call the host: with the sub-domain in front, and with the port where
 *     it is not the scheme's own
 */
record AwsEndpoint(boolean tls, String host, int port, String path, String named, boolean trusted) {

  /**
   * @throws GatewayException when the account's address is none
   */
  static AwsEndpoint of(AwsTarget target, BackendAccessSnapshot access, AwsEndpoints operator) {
    AwsService service = AwsService.of(target.service());
    List<String> names = service.endpointNames();
    String ofAccount =
        names.stream()
            .map(access.endpoints()::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(access.endpoints().get("*"));
    if (BackendAccessSnapshot.VENDOR.equals(ofAccount)) {
      return ofVendor(target, service);
    }
    if (ofAccount != null && !BackendAccessSnapshot.FUNCTION_HOST.equals(ofAccount)) {
      return ofAccount(target, ofAccount);
    }
    return operator
        .of(names)
        .map(url -> of(url, target.subdomain(), true))
        .orElseGet(() -> ofVendor(target, service));
  }

  private static AwsEndpoint ofAccount(AwsTarget target, String text) {
    Optional<URI> url = AwsEndpoints.parse(text);
    if (url.isEmpty()) {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.AWS_ENDPOINT_INVALID)
          .with(
              "the account's endpoint for %s is %s and must be http(s)://host[:port][/path]"
                  .formatted(target.service(), text));
    }
    return of(url.get(), target.subdomain(), false);
  }

  private static AwsEndpoint of(URI url, String subdomain, boolean trusted) {
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    int port = url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort();
    String written = url.getHost();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return new AwsEndpoint(
        tls,
        written.startsWith("[") ? written.substring(1, written.length() - 1) : written,
        port,
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        named(subdomain, written, tls, port),
        trusted);
  }

  private static AwsEndpoint ofVendor(AwsTarget target, AwsService service) {
    String domain = target.region().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    String host =
        (target.subdomain().isEmpty() ? "" : target.subdomain() + ".")
            + target.service()
            + (service.global() ? "." : "." + target.region() + ".")
            + domain;
    return new AwsEndpoint(true, host, 443, "", host, false);
  }

  private static String named(String subdomain, String host, boolean tls, int port) {
    String name = subdomain.isEmpty() ? host : subdomain + "." + host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /** Whether requests must say so themselves: the client would name the host it connects to. */
  boolean needsHost() {
    return host.contains(":") || !(named.equals(host) || named.equals(host + ":" + port));
  }

  /** By whose word it is called. */
  Egress egress() {
    return trusted ? Egress.NAMED : Egress.GUARDED;
  }

  /** For the HTTP client. */
  HttpTarget http(String account, int timeoutMillis) {
    return new HttpTarget(tls, host, port, timeoutMillis, true, Optional.empty(), account, null);
  }
}
