package io.gatehouse.runtime.sink;

import java.util.Map;

/**
 * A collector of OpenTelemetry that takes logs.
 *
 * @param endpoint the whole URL
 * @param headers that it wants, as its keys
 */
public record LogCollector(String endpoint, Map<String, String> headers) {

  public LogCollector {
    headers = Map.copyOf(headers);
  }

  /** Without the headers, which are secrets. */
  @Override
  public String toString() {
    return endpoint;
  }
}
