package io.gatehouse.runtime.backend;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
    try {
      URI url = URI.create(value);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // named below
    }
    throw new IllegalArgumentException(
        name + " is " + value + " and must be http(s)://host[:port][/path]");
  }

  /**
   * @param service in the vendor's name in lower case
   */
  public Optional<URI> of(String service) {
    return Optional.ofNullable(byService.getOrDefault(service, byService.get("*")));
  }

  @Override
  public String toString() {
    return byService.toString();
  }
}
