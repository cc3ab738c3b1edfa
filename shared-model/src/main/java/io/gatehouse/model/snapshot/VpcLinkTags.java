package io.gatehouse.model.snapshot;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a VPC link leads and how its targets are asked for their health, told by tags of the link:
 * tags are what every tool of the vendor's can set. The vendor's network load balancer, which a
 * link names by ARN, is what has these settings there.
 */
public final class VpcLinkTags {

  /** {@code host:port} each, blanks between. */
  public static final String TARGETS = "gatehouse:targets";

  /** {@code tcp}, or {@code http:/path} or {@code https:/path}. */
  public static final String HEALTH_CHECK = "gatehouse:health-check";

  /** In seconds. */
  public static final String INTERVAL = "gatehouse:health-check-interval";

  private static final String OURS = "gatehouse:";
  private static final Set<String> KNOWN = new TreeSet<>(Set.of(TARGETS, HEALTH_CHECK, INTERVAL));

  private static final int LEAST_SECONDS = 5;
  private static final int MOST_SECONDS = 300;
  private static final int LONGEST_TIMEOUT_MILLIS = 5000;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;

  private VpcLinkTags() {}

  /**
   * Tags of ours that are not known are refused as well, or a misspelt one would do nothing.
   *
   * @throws ApiError bad request, naming the tag and what would be right
   */
  public static void check(Map<String, String> tags) {
    for (String name : tags.keySet()) {
      if (name.startsWith(OURS) && !KNOWN.contains(name)) {
        throw ApiError.badRequest(
            "A VPC link has no tag '%s'; those that mean something are %s"
                .formatted(name, String.join(", ", KNOWN)));
      }
    }
    targets(tags);
    healthCheck(tags);
  }

  /**
   * @return none, when the link has none yet
   * @throws ApiError as {@link #check}
   */
  public static List<String> targets(Map<String, String> tags) {
    List<String> targets = new ArrayList<>();
    for (String target : tags.getOrDefault(TARGETS, "").split(" ", -1)) {
      if (!target.isEmpty()) {
        if (!isTarget(target)) {
          throw bad(TARGETS, target, "host:port each, blanks between: 10.0.0.5:8080 10.0.0.6:8080");
        }
        if (targets.contains(target)) {
          throw bad(TARGETS, target, "named once");
        }
        targets.add(target);
      }
    }
    return List.copyOf(targets);
  }

  /**
   * @return {@link HealthCheck#TCP}, when the tags say nothing
   * @throws ApiError as {@link #check}
   */
  public static HealthCheck healthCheck(Map<String, String> tags) {
    String check = tags.getOrDefault(HEALTH_CHECK, "tcp");
    int seconds = interval(tags);
    // An answer must be there, or given up, well before the next question.
    int timeout = Math.min(LONGEST_TIMEOUT_MILLIS, seconds * 500);
    HealthCheck tcp = HealthCheck.TCP;
    if (check.equals("tcp")) {
      return new HealthCheck("", false, seconds, timeout, tcp.healthy(), tcp.unhealthy());
    }
    boolean tls = check.startsWith("https:/");
    String path = check.substring(check.indexOf(':') + 1);
    if (!(tls || check.startsWith("http:/")) || path.startsWith("//") || !isPath(path)) {
      throw bad(HEALTH_CHECK, check, "tcp, http:/path or https:/path");
    }
    return new HealthCheck(path, tls, seconds, timeout, tcp.healthy(), tcp.unhealthy());
  }

  private static int interval(Map<String, String> tags) {
    String text = tags.get(INTERVAL);
    if (text == null) {
      return HealthCheck.TCP.intervalSeconds();
    }
    int seconds = number(text, 3);
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw bad(
          INTERVAL, text, "a number of seconds from " + LEAST_SECONDS + " to " + MOST_SECONDS);
    }
    return seconds;
  }

  private static boolean isTarget(String target) {
    int colon = target.lastIndexOf(':');
    if (colon < 1) {
      return false;
    }
    int port = number(target.substring(colon + 1), 5);
    String host = target.substring(0, colon);
    return port > 0 && port < 65536 && (host.startsWith("[") ? isV6(host) : isName(host));
  }

  /** Whether it is a network address is found out where it is connected to. */
  private static boolean isV6(String host) {
    return host.endsWith("]")
        && host.length() > 3
        && host.substring(1, host.length() - 1)
            .chars()
            .allMatch(c -> c == ':' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0))
        && host.indexOf(':') > 0;
  }

  private static boolean isName(String host) {
    if (host.length() > LONGEST_HOST) {
      return false;
    }
    for (String label : host.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > LONGEST_LABEL
          || label.startsWith("-")
          || label.endsWith("-")
          || !label.chars().allMatch(VpcLinkTags::isNameCharacter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Visible ASCII of which neither a request line nor a fragment could be made. */
  private static boolean isPath(String path) {
    return path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
  }

  /** Negative for what is no number of so many digits. */
  private static int number(String text, int mostDigits) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() <= mostDigits ? Integer.parseInt(text) : -1;
  }

  private static ApiError bad(String tag, String value, String right) {
    return ApiError.badRequest(
        "The tag '%s' of a VPC link is wrong at '%s'; it must be %s".formatted(tag, value, right));
  }
}
