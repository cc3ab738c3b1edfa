package io.gatehouse.runtime.vtl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the templates of one exchange set in {@code $context.requestOverride} and {@code
 * $context.responseOverride}. Shared by its request and its response template: the latter still
 * sees what the former set (recorded: mock-integration.json). Confined to the exchange's thread.
 */
public final class Overrides {

  private final Map<String, List<String>> requestHeader = new LinkedHashMap<>();
  private final Map<String, List<String>> requestQuerystring = new LinkedHashMap<>();
  private final Map<String, List<String>> requestPath = new LinkedHashMap<>();
  private final Map<String, List<String>> responseHeader = new LinkedHashMap<>();
  private String responseStatus;

  /** Headers for the integration, with their values in order. */
  public Map<String, List<String>> requestHeader() {
    return requestHeader;
  }

  /** Query string parameters for the integration. */
  public Map<String, List<String>> requestQuerystring() {
    return requestQuerystring;
  }

  /** Path parameters for the integration. */
  public Map<String, List<String>> requestPath() {
    return requestPath;
  }

  /** Headers for the caller. */
  public Map<String, List<String>> responseHeader() {
    return responseHeader;
  }

  /** The status for the caller as the template wrote it, which may be no number. */
  public Optional<String> responseStatus() {
    return Optional.ofNullable(responseStatus);
  }

  void responseStatus(String status) {
    this.responseStatus = status;
  }
}
