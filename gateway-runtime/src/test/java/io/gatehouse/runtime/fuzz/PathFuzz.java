package io.gatehouse.runtime.fuzz;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.door.RequestTarget;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * A request target, then a value for a header that a path variable is filled from, then the path of
 * a resource, then an integration's URI.
 */
public final class PathFuzz {

  /** As the control plane lets them be. */
  private static final Pattern RESOURCE =
      Pattern.compile("(/([a-zA-Z0-9._:-]{1,20}|\\{[a-zA-Z0-9._-]{1,20}})){0,8}(/\\{[a-z]+\\+})?");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+");
  private static final String USUAL_RESOURCE = "/a/{id}/{proxy+}";
  private static final String USUAL_URI = "http://example.com/x/{id}/{mapped}/{proxy}?q={mapped}";

  private PathFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    RequestTarget target = RequestTarget.parse(parts.part(0));
    if (target == null) {
      return;
    }
    isHarmless(target.path() + "?" + target.query());
    String resource = parts.part(2);
    if (resource.isEmpty() || !RESOURCE.matcher(resource).matches()) {
      resource = USUAL_RESOURCE;
    }
    String uri = parts.part(3).isEmpty() ? USUAL_URI : parts.part(3);
    for (String type : List.of("HTTP", "HTTP_PROXY")) {
      Served served = Served.method(resource, method(type, resource, uri));
      Exchange x = served.exchange(target, new HeaderList().add("X", parts.part(1)), parts.part(1));
      if (x != null) {
        rendered(x, uri);
      }
    }
  }

  private static Method method(String type, String resource, String uri) {
    Map<String, String> mapped = new HashMap<>();
    PathTrie.variables(resource)
        .forEach(v -> mapped.put("integration.request.path." + v, "method.request.path." + v));
    mapped.put("integration.request.path.mapped", "method.request.header.X");
    mapped.put("integration.request.querystring.q", "method.request.header.X");
    return Method.builder()
        .methodIntegration(
            Integration.builder()
                .type(type)
                .httpMethod("POST")
                .uri(uri)
                .requestParameters(mapped)
                .build())
        .build();
  }

  private static void rendered(Exchange x, String uri) {
    try {
      BackendRequest request = x.method().requestMapping().map(x);
      isOneTarget(request.uri());
      // An author's own dots are the author's to climb with.
      if (!uri.contains("/.") && !uri.contains("%2")) {
        isHarmless(request.uri());
      }
      if (request.host() != null && !HOST.matcher(request.host()).matches()) {
        throw new AssertionError("the host " + request.host());
      }
    } catch (GatewayException | BudgetExhausted e) {
      // refused as it may be
    }
  }

  /** Nothing in it ends the request line or begins another authority. */
  private static void isOneTarget(String target) {
    if (!target.startsWith("/")) {
      throw new AssertionError("not in origin form: " + target);
    }
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f || target.charAt(i) == '#') {
        throw new AssertionError("a character that no target has: " + target);
      }
    }
  }

  private static void isHarmless(String target) {
    isOneTarget(target);
    String path =
        target.substring(0, target.indexOf('?') < 0 ? target.length() : target.indexOf('?'));
    for (String segment : path.split("/", -1)) {
      String decoded = segment.replaceAll("(?i)%2e", ".");
      if (decoded.equals(".") || decoded.equals("..")) {
        throw new AssertionError("a dot segment in " + target);
      }
    }
  }
}
