package io.gatehouse.admin.awsface;

import io.gatehouse.model.seal.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request for an archive: {@code GET /internal/functions/code/ACCOUNT/SHA256}.
 *
 * @param node what the header {@link #NODE} holds, the time sealed under the node key for this very
 *     archive; null when there is none
 */
record CodeRequest(String method, String path, String node) {

  static final String NODE = "x-gatehouse-node";

  private static final Duration LONGEST = Duration.ofMinutes(5);

  String account() {
    return part(0);
  }

  String sha256() {
    return part(1);
  }

  private String part(int index) {
    return path.substring(FunctionCodeServlet.PATH.length()).split("/")[index];
  }

  /** Whether somebody asks in the right form who holds the node key, and not long ago. */
  boolean isOfNode(Seal nodeKey, Instant now) {
    if (!method.equals("GET")
        || node == null
        || !path.startsWith(FunctionCodeServlet.PATH)
        || !path.substring(FunctionCodeServlet.PATH.length()).matches("\\d{12}/[0-9a-f]{64}")) {
      return false;
    }
    Optional<String> time = nodeKey.open("function-code " + account() + " " + sha256(), node);
    return time.filter(seconds -> seconds.matches("\\d{1,12}"))
        .map(seconds -> Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now))
        .filter(age -> age.abs().compareTo(LONGEST) <= 0)
        .isPresent();
  }
}
