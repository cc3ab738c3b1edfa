package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One GET of a document of an issuer's. Only a plain 200 is an answer: nobody is sent elsewhere.
 */
final class DocumentRequest implements Backend.Reply, Gathering {

  static final int MOST_BYTES = 256 << 10;

  private static final int MOST_URL_CHARACTERS = 2048;

  /** Told once. */
  interface Outcome {
    void answered(Headers headers, String document);

    void failed(String why);
  }

  private final Outcome outcome;
  private Headers headers;
  private boolean over;

  private DocumentRequest(Outcome outcome) {
    this.outcome = outcome;
  }

  /**
   * Never blocks.
   *
   * @param account whose doing it is
   * @param backends who connects to a target
   */
  static void send(
      String url,
      String account,
      int timeoutMillis,
      Function<HttpTarget, Backend> backends,
      Outcome outcome) {
    DocumentRequest request = new DocumentRequest(outcome);
    Optional<URI> parsed = parse(url);
    if (parsed.isEmpty()) {
      request.over("its address is no http(s)://host[:port]/path");
      return;
    }
    try {
      backends
          .apply(target(parsed.get(), account, timeoutMillis))
          .call(
              null,
              new BackendRequest("GET", uri(parsed.get()), wanted(), Body.EMPTY, null),
              request);
    } catch (RuntimeException e) {
      request.over("it could not be asked: " + e.getMessage());
    }
  }

  private static HeaderList wanted() {
    return new HeaderList()
        .add("Accept", "application/jwk-set+json, application/json")
        .add("Accept-Encoding", "identity");
  }

  private static Optional<URI> parse(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean fits =
          url.length() <= MOST_URL_CHARACTERS
              && (scheme.equals("https") || scheme.equals("http"))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null;
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static HttpTarget target(URI url, String account, int timeoutMillis) {
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    String host = url.getHost();
    return new HttpTarget(
        tls,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        url.getPort() < 0 ? (tls ? 443 : 80) : url.getPort(),
        timeoutMillis,
        true,
        Optional.empty(),
        account,
        null);
  }

  private static String uri(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  @Override
  public void answer(BackendResponse response) {
    headers = response.headers();
    boolean coded = headers.first("Content-Encoding") != null;
    if (response.status() != 200 || coded) {
      over("it answered " + response.status() + (coded ? " in a coding" : ""));
    }
    response.body().gather(this); // or else it would not end
  }

  @Override
  public void fail(GatewayException failure) {
    over(failure.reason() + (failure.detail() == null ? "" : ": " + failure.detail()));
  }

  @Override
  public void whole(byte[] content) {
    if (!over) {
      over = true;
      outcome.answered(headers, new String(content, StandardCharsets.UTF_8));
    }
  }

  private void over(String why) {
    if (!over) {
      over = true;
      outcome.failed(why);
    }
  }

  @Override
  public long most() {
    return MOST_BYTES;
  }

  @Override
  public void piece(int bytes) {
    // held only until it is read
  }

  @Override
  public void failed(GatewayException failure) {
    fail(failure);
  }

  @Override
  public GatewayException tooLarge() {
    return failure("its answer is longer than " + MOST_BYTES + " bytes");
  }

  @Override
  public GatewayException broken(Throwable cause) {
    return failure("its answer ended too soon");
  }

  @Override
  public GatewayException late() {
    return failure("its answer did not end in time");
  }

  private static GatewayException failure(String why) {
    return GatewayException.of(ResponseType.AUTHORIZER_FAILURE, Reason.ISSUER_UNREACHABLE)
        .with(why);
  }
}
