package io.gatehouse.admin.console.requests;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.model.observed.RequestRecord;
import java.util.Set;

/** A command that asks the same again; what logs do not have is left to whoever runs it. */
final class Curl {

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private Curl() {}

  /**
   * @param gatewayUrl of any node
   */
  static String of(RequestRecord request, String gatewayUrl) {
    String verb = request.call().httpMethod();
    StringBuilder command = new StringBuilder("curl -i");
    if (!verb.equals("GET")) {
      command.append(" -X ").append(quoted(verb));
    }
    if (request.call().apiKeyId() != null) {
      command.append(" -H \"x-api-key: $API_KEY\"");
    }
    if (WITH_BODY.contains(verb)) {
      command.append(" -H 'content-type: application/json' --data-binary @body.json");
    }
    return command.append(' ').append(quoted(address(request, gatewayUrl))).toString();
  }

  /** By path wherever that is known: it needs no name that leads to a node. */
  private static String address(RequestRecord request, String gatewayUrl) {
    String path = request.call().path();
    String stage = request.place().stage();
    return !stage.isEmpty() && path.startsWith("/" + stage + "/")
        ? Addresses.byPath(gatewayUrl, request.place().apiId(), stage)
            + path.substring(stage.length() + 1)
        : gatewayUrl + path;
  }

  /** For a shell: what a caller has sent must not run. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
