package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Headers;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalLong;

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
  private final IssuerKeys.Parts parts;
  private final long began;
  private final Outcome outcome;

  private KeysRequest(Issuer issuer, IssuerKeys.Parts parts, Outcome outcome) {
    this.issuer = issuer;
    this.parts = parts;
    this.began = parts.clock().millis();
    this.outcome = outcome;
  }

  /** Never blocks. */
  static void send(Issuer issuer, IssuerKeys.Parts parts, Outcome outcome) {
    KeysRequest request = new KeysRequest(issuer, parts, outcome);
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
    boolean hosted = parts.hosted().isRealm(issuer);
    if (hosted && !HostedRealms.isBelow(issuer, url)) {
      outcome.failed("of the sign-in service nothing is asked but what is below the pool's realm");
      return;
    }
    long left = TIMEOUT_MILLIS - Math.abs(parts.clock().millis() - began);
    DocumentRequest.send(
        url,
        issuer.account(),
        (int) Math.max(1, left),
        hosted ? parts.hosted().backends() : parts.backends(),
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
