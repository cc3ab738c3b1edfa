package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Step;

/**
 * Undoes the compression of the caller's body where the API has compression switched on, as the
 * vendor does: checks, templates and backends then see the content itself.
 */
public final class DecodeBody implements Step {

  private final long most;

  /**
   * @param most bytes that may come out
   */
  public DecodeBody(long most) {
    this.most = most;
  }

  /** Whether the body is to be decoded, so that all of it must be in hand. */
  public static boolean wantsBody(Exchange x) {
    return x.stage().compressFrom() >= 0 && ContentCoding.of(x.request().headers()) != null;
  }

  @Override
  public void apply(Exchange x) {
    if (wantsBody(x)
        && x.request().body() instanceof Body.Bytes(byte[] bytes)
        && bytes.length > 0) {
      byte[] decoded = ContentCoding.of(x.request().headers()).decoded(bytes, most, x.budget());
      HeaderList headers = new HeaderList();
      x.request().headers().forEach(headers::add);
      headers.remove("Content-Encoding");
      x.request(headers, new Body.Bytes(decoded));
    }
  }
}
