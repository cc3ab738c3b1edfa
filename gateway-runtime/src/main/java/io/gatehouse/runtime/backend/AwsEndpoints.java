package io.gatehouse.runtime.backend;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the operator has the vendor's services answered, as the SDKs' own variables say: {@code
 * GATEHOUSE_AWS_ENDPOINT_URL} for all of them, {@code GATEHOUSE_AWS_ENDPOINT_URL_SQS} for one.
 */
public final class AwsEndpoints {

  private static final String VARIABLE = "GATEHOUSE_AWS_ENDPOINT_URL";

  /** Every service at the vendor's own address. */
  public static final AwsEndpoints NONE = new AwsEndpoints(Map.of());

  private final Map<String, URI> byService;

  private AwsEndpoints(Map<String, URI> byService) {
    this.byService = Map.copyOf(byService);
  }

  /**
   * @throws IllegalArgumentException with a sentence that names the variable and what would be
   *     right
   */
  public static AwsEndpoints fromEnvironment(Map<String, String> env) {
    Map<String, URI> byService = new HashMap<>();
    env.forEach(
        (name, value) -> {
          if (name.equals(VARIABLE) && !value.isBlank()) {
            byService.put("*", url(name, value.strip()));
          } else if (name.startsWith(VARIABLE + "_") && !value.isBlank()) {
            byService.put(
                name.substring(VARIABLE.length() + 1).toLowerCase(Locale.ROOT).replace("_", ""),
                url(name, value.strip()));
          }
        });
    return new AwsEndpoints(byService);
  }

  private static URI url(String name, String value) {
    return parse(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " is " + value + " and must be http(s)://host[:port][/path]"));
  }

  /** A base URL; empty when the text is none. */
  static Optional<URI> parse(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http
              && url.getHost() != null
              && url.getUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getPort() != 0
              && url.getPort() <= 65535
          ? Optional.of(url)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What is set for one of the names, else what is set for all services.
   *
   * @param names of one service, in lower case
   */
  public Optional<URI> of(List<String> names) {
    return names.stream()
        .map(byService::get)
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> Optional.ofNullable(byService.get("*")));
  }

  @Override
  public String toString() {
    return byService.toString();
  }
}
