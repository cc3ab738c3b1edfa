package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.HttpTarget;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Asks an issuer for its keys: where the pool does not say where they are, its discovery document
 * (OpenID Connect Discovery 1.0) is asked first, which must be that issuer's own.
 */
final class KeysRequest {

  static final int TIMEOUT_MILLIS = 5_000;

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /** Told once. */
  interface Outcome {
    /**
     * @param issuerMillis what the issuer's clock said, if it did
     */
    void published(PublishedKeys keys, OptionalLong issuerMillis);

    void failed(String why);
  }

  private final Issuer issuer;
  private final Function<HttpTarget, Backend> backends;
  private final InstantSource clock;
  private final long began;
  private final Outcome outcome;

  private KeysRequest(
      Issuer issuer, Function<HttpTarget, Backend> backends, InstantSource clock, Outcome outcome) {
    this.issuer = issuer;
    this.backends = backends;
    this.clock = clock;
    this.began = clock.millis();
    this.outcome = outcome;
  }

  /** Never blocks. */
  static void send(
      Issuer issuer, Function<HttpTarget, Backend> backends, InstantSource clock, Outcome outcome) {
    KeysRequest request = new KeysRequest(issuer, backends, clock, outcome);
    issuer.keysUrl().ifPresentOrElse(request::askForKeys, request::askWhere);
  }

  private void askWhere() {
    String name = issuer.name();
    String base = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    ask(base + DISCOVERY, (headers, document) -> askForKeys(keysUrl(document)));
  }

  private String keysUrl(String document) throws IssuerFailure {
    Map<String, Object> discovery = PublishedKeys.document(document);
    if (!issuer.name().equals(discovery.get("issuer"))) {
      throw new IssuerFailure("its discovery document is another issuer's");
    }
    if (discovery.get("jwks_uri") instanceof String url) {
      return url;
    }
    throw new IssuerFailure("its discovery document has no jwks_uri");
  }

  private void askForKeys(String url) {
    ask(
        url,
        (headers, document) ->
            outcome.published(PublishedKeys.read(document, issuer.published()), time(headers)));
  }

  private static OptionalLong time(Headers headers) {
    String date = headers.first("Date");
    try {
      return date == null
          ? OptionalLong.empty()
          : OptionalLong.of(
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                  .toInstant()
                  .toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** What to do with a document. */
  private interface Reader {
    void read(Headers headers, String document) throws IssuerFailure;
  }

  private void ask(String url, Reader reader) {
    long left = TIMEOUT_MILLIS - Math.abs(clock.millis() - began);
    DocumentRequest.send(
        url,
        issuer.account(),
        (int) Math.max(1, left),
        backends,
        new DocumentRequest.Outcome() {
          @Override
          public void answered(Headers headers, String document) {
            try {
              reader.read(headers, document);
            } catch (IssuerFailure e) {
              failed(e.getMessage());
            }
          }

          @Override
          public void failed(String why) {
            outcome.failed(why);
          }
        });
  }
}
