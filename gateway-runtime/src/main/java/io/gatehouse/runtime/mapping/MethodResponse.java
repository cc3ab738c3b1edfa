package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Cors;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageCaching;
import io.gatehouse.runtime.exchange.Step;

/**
 * The last of an answer: compressed where the API asks for it and the caller takes it, and with
 * what every answer carries.
 */
public final class MethodResponse implements Step {

  @Override
  public void apply(Exchange x) {
    Response response = x.response();
    int from = x.stage().compressFrom();
    if (from >= 0 && mayBeCompressed(response, from)) {
      compress(x, response);
    }
    HeaderList headers = x.response().headers();
    if (x.cacheResult() != null) {
      tellOfCache(x, headers);
    }
    identify(x, headers);
  }

  private static void tellOfCache(Exchange x, HeaderList headers) {
    if (x.warning() != null) {
      headers.add("Warning", x.warning());
    }
    if (x.stage().caching() != null && x.stage().caching().showsHits()) {
      headers.set(StageCaching.HEADER, x.cacheResult().text());
    }
  }

  /** A stream of unknown length is taken for a long one. */
  private static boolean mayBeCompressed(Response response, int from) {
    long length = response.body().length();
    boolean bodiless = response.status() == 204 || response.status() == 304;
    return !bodiless
        && (length < 0 || (length > 0 && length >= from))
        && response.headers().first("Content-Encoding") == null;
  }

  private static void compress(Exchange x, Response response) {
    ContentCoding coding = ContentCoding.accepted(x.request().headers());
    if (coding == null) {
      return;
    }
    Body compressed =
        switch (response.body()) {
          case Body.Bytes(byte[] bytes) -> new Body.Bytes(coding.compressed(bytes, x.budget()));
          case Body.Stream stream -> stream.compressed(coding == ContentCoding.GZIP);
          default -> throw new IllegalStateException("no way to compress " + response.body());
        };
    HeaderList headers = response.headers();
    headers.set("Content-Encoding", coding.token());
    headers.add("Vary", "Accept-Encoding");
    x.replaceResponse(new Response(response.status(), headers, compressed));
  }

  /**
   * The gateway's own ids, CORS headers and what is left of limits; a backend's of these names make
   * way.
   */
  public static void identify(Exchange x, HeaderList headers) {
    Cors cors = x.hasMethod() ? x.method().cors() : x.hasStage() ? x.stage().cors() : null;
    if (cors != null) {
      cors.allow(x.request(), headers);
    }
    if (x.limitHeaders() != null) {
      x.limitHeaders().addTo(headers);
    }
    if (x.retryAfter() > 0 && x.refusal() != null) {
      headers.set("Retry-After", Long.toString(x.retryAfter()));
    }
    headers.add("x-amzn-RequestId", x.id());
    headers.add("x-amz-apigw-id", x.extendedId());
  }

  @Override
  public GatewayException tooCostly() {
    return GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_TEMPLATE_BUDGET);
  }
}
