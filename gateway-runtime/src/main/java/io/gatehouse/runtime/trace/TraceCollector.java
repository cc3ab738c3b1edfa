package io.gatehouse.runtime.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where spans go, in the variables that OpenTelemetry has for it.
 *
 * @param endpoint base URL of a collector that speaks OTLP over HTTP
 * @param headers that it wants, as its keys
 */
public record TraceCollector(String endpoint, Map<String, String> headers) {

  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

  private static final Pattern BASE_URL =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~-]+)*");

  /**
   * @return empty where no collector is named
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static Optional<TraceCollector> fromEnvironment(Map<String, String> env) {
    String endpoint = env.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "").strip();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    if (!BASE_URL.matcher(base).matches()) {
      throw new IllegalArgumentException(
          "OTEL_EXPORTER_OTLP_ENDPOINT is %s and must be the base URL of a collector, as http://collector:4318"
              .formatted(endpoint));
    }
    return Optional.of(new TraceCollector(base, headers(HEADERS, env.getOrDefault(HEADERS, ""))));
  }

  /**
   * Headers in the form that OpenTelemetry's variables have them in.
   *
   * @param variable whose text it is
   */
  public static Map<String, String> headers(String variable, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String one : text.split(",")) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        headers.put(
            one.substring(0, equals).strip(),
            URLDecoder.decode(one.substring(equals + 1).strip(), StandardCharsets.UTF_8));
      } else if (!one.isBlank()) {
        throw new IllegalArgumentException(variable + " must be a list as name=value,name=value");
      }
    }
    return headers;
  }

  /** What speaks to it. */
  public SpanExporter exporter() {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces");
    headers.forEach(builder::addHeader);
    return builder.build();
  }

  /** Without the headers, which are secrets. */
  @Override
  public String toString() {
    return endpoint;
  }
}
