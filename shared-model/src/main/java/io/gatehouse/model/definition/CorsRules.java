package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What CORS settings may say, and how an API and its resources get and lose them. */
public final class CorsRules {

  /** Stands among the resources' ids for the whole API. */
  public static final String WHOLE_API = "";

  static final int LONGEST_MAX_AGE = 86_400;

  private static final String ANY = "*";
  private static final int MOST = 100;
  private static final int LONGEST_ORIGIN = 255;
  private static final int LONGEST_HEADER = 100;

  /** Characters of all that one API has; every node holds them. */
  private static final int MOST_OF_AN_API = 500_000;

  /** Scheme, host (a name, an IPv4 or a bracketed IPv6 address) and port; ASCII only. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "([a-z][a-z0-9+.-]*)://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Map<String, String> USUAL_PORTS = Map.of("http", "80", "https", "443");
  private static final List<String> VERBS =
      MethodRules.VERBS.stream().filter(verb -> !verb.equals("ANY")).toList();

  private CorsRules() {}

  /**
   * The API with these settings for a resource, or for {@link #WHOLE_API}, in place of its former
   * ones.
   *
   * @throws ApiError not found, when there is no such resource; limit exceeded
   */
  public static ApiDefinition put(ApiDefinition api, String resourceId, Cors cors) {
    if (!resourceId.equals(WHOLE_API)) {
      ResourceTree.get(api, resourceId);
    }
    Map<String, Cors> all = new LinkedHashMap<>(api.cors());
    all.put(resourceId, cors);
    if (all.values().stream().mapToLong(CorsRules::size).sum() > MOST_OF_AN_API) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "The CORS settings of an API can have at most " + MOST_OF_AN_API + " characters in all");
    }
    return api.withCors(all);
  }

  /** About as many characters as it takes as JSON. */
  private static long size(Cors cors) {
    return 150
        + Stream.of(
                cors.allowOrigins(), cors.allowMethods(), cors.allowHeaders(), cors.exposeHeaders())
            .flatMap(List::stream)
            .mapToLong(text -> text.length() + 3)
            .sum();
  }

  /**
   * @throws ApiError not found, when neither the API nor the resource has any
   */
  public static ApiDefinition delete(ApiDefinition api, String resourceId) {
    if (!api.cors().containsKey(resourceId)) {
      throw ApiError.notFound("There are no CORS settings here");
    }
    Map<String, Cors> rest = new LinkedHashMap<>(api.cors());
    rest.remove(resourceId);
    return api.withCors(rest);
  }

  /** As browsers send them: in lower case, without the scheme's usual port. */
  static List<String> origins(List<String> wanted) {
    if (wanted.isEmpty()) {
      throw ApiError.badRequest("CORS needs at least one allowed origin, which may be *");
    }
    return checked(wanted, "origins", CorsRules::origin);
  }

  static List<String> methods(List<String> wanted) {
    return checked(
        wanted,
        "methods",
        each(
            verb -> verb.equals(ANY) || VERBS.contains(verb),
            "Invalid CORS method '%s': must be * or one of " + String.join(", ", VERBS)));
  }

  static List<String> headers(List<String> wanted) {
    return checked(
        wanted,
        "headers",
        each(
            name -> name.length() <= LONGEST_HEADER && TOKEN.matcher(name).matches(),
            "Invalid CORS header '%s': must be * or the name of a header, of at most "
                + LONGEST_HEADER
                + " characters"));
  }

  static void checkMaxAge(Optional<Integer> seconds) {
    if (seconds.filter(age -> age < 0 || age > LONGEST_MAX_AGE).isPresent()) {
      throw ApiError.badRequest("The CORS maxAge must be 0 to " + LONGEST_MAX_AGE + " seconds");
    }
  }

  static void checkCredentials(List<String> origins, boolean allowCredentials) {
    if (allowCredentials && origins.contains(ANY)) {
      throw ApiError.badRequest(
          "CORS cannot allow credentials to every origin: list the origins that may send them"
              + " instead of *, or do not allow credentials");
    }
  }

  private static List<String> checked(
      List<String> wanted, String what, UnaryOperator<String> check) {
    if (wanted.size() > MOST) {
      throw ApiError.badRequest("CORS can have at most " + MOST + " " + what + " in one list");
    }
    return wanted.stream().map(check).distinct().toList();
  }

  private static UnaryOperator<String> each(Predicate<String> allowed, String sentence) {
    return text -> {
      if (!allowed.test(text)) {
        throw ApiError.badRequest(sentence.formatted(shown(text)));
      }
      return text;
    };
  }

  private static String origin(String text) {
    if (text.equals(ANY)) {
      return text;
    }
    Matcher parts = ORIGIN.matcher(text);
    if (text.length() > LONGEST_ORIGIN || !parts.matches() || !isPort(parts.group(2))) {
      throw ApiError.badRequest(
          "Invalid CORS origin '%s': must be * or scheme://host[:port], without a path"
              .formatted(shown(text)));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String port = parts.group(2);
    boolean usual = port != null && port.equals(USUAL_PORTS.get(scheme));
    return usual ? lower.substring(0, lower.length() - port.length() - 1) : lower;
  }

  private static boolean isPort(String port) {
    return port == null || Integer.parseInt(port) <= 65_535;
  }

  /** What was sent, as far as a message may show it. */
  private static String shown(String text) {
    String start = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    StringBuilder out = new StringBuilder();
    start.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(out::appendCodePoint);
    return out.toString();
  }
}
