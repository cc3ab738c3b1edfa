package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.HeaderSet;
import io.gatehouse.runtime.exchange.Headers;

/**
 * A request's headers as mappings and backends see them once its signature has been checked: the
 * signature is nobody else's, who could send it once more (the vendor's answer on the header
 * Authorization of AWS_IAM methods).
 */
final class CheckedHeaders {

  private static final String SIGNATURE = "Authorization";
  private static final String CODING = "aws-chunked";

  /** Of a body in chunks, besides Content-Encoding. */
  private static final HeaderSet OF_CHUNKS =
      HeaderSet.of("X-Amz-Content-Sha256", "X-Amz-Decoded-Content-Length", "X-Amz-Trailer");

  private CheckedHeaders() {}

  static HeaderList of(Headers headers) {
    HeaderList out = new HeaderList();
    headers.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase(SIGNATURE)) {
            out.add(name, value);
          }
        });
    return out;
  }

  /** Where the body was coded in chunks, which it is no more. */
  static HeaderList ofChunks(Headers headers, byte[] content) {
    HeaderList out = new HeaderList();
    of(headers)
        .forEach(
            (name, value) -> {
              if (name.equalsIgnoreCase("Content-Length")) {
                out.add(name, Integer.toString(content.length));
              } else if (name.equalsIgnoreCase("Content-Encoding")) {
                addCodings(out, name, value);
              } else if (!OF_CHUNKS.contains(name)) {
                out.add(name, value);
              }
            });
    return out;
  }

  private static void addCodings(HeaderList out, String name, String value) {
    StringBuilder others = new StringBuilder();
    for (String coding : value.split(",")) {
      if (!coding.strip().equalsIgnoreCase(CODING) && !coding.isBlank()) {
        others.append(others.isEmpty() ? "" : ", ").append(coding.strip());
      }
    }
    if (!others.isEmpty()) {
      out.add(name, others.toString());
    }
  }
}
