package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An HTTP integration's URI with its stage variables filled in: scheme, host and port are fixed
 * when the stage is compiled, unless the author takes the host from the request; {@code {name}} is
 * filled in for each request from {@code integration.request.path.name}, or from what the template
 * overrides it with. A variable without such a mapping stays as it is.
 */
public final class UriTemplate {

  private static final Pattern STAGE_VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]{1,64})}");
  private static final Pattern WHOLE =
      Pattern.compile("(?i)(https?)://(\\[[0-9a-f:.]+]|[^/?#:\\[\\]@]+)(?::(\\d{1,5}))?([/?].*)?");
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /** A last label that resolvers take for a number: octal to some of them, decimal to others. */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?i)(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/?#]{1,128})}");

  /** Why a URI cannot be called. */
  public static final class InvalidUri extends Exception {
    private InvalidUri(String message) {
      super(message);
    }
  }

  /**
   * One piece of the template: text, or a variable with what fills it; a variable that nothing
   * fills stands for its own text.
   */
  private record Part(String name, String text, String rawPathVariable, ParameterSource source) {
    static Part text(String text) {
      return new Part(null, text, null, null);
    }
  }

  private final boolean tls;
  private final String host;
  private final int port;
  private final List<Part> authority;
  private final List<Part> path;
  private final boolean mayClimb;
  private final List<Part> query;
  private final boolean wantsBody;

  private UriTemplate(
      boolean tls,
      String host,
      int port,
      List<Part> authority,
      List<Part> path,
      boolean mayClimb,
      List<Part> query) {
    this.tls = tls;
    this.host = host;
    this.port = port;
    this.authority = authority;
    this.path = path;
    this.mayClimb = mayClimb;
    this.query = query;
    this.wantsBody =
        Stream.of(authority, path, query)
            .flatMap(List::stream)
            .anyMatch(part -> part.source() != null && part.source().wantsBody());
  }

  /**
   * @param pathMappings integration path variables to the expressions that fill them
   * @throws InvalidUri with a sentence for the API's author
   */
  public static UriTemplate compile(
      String uri, Map<String, String> stageVariables, Map<String, String> pathMappings)
      throws InvalidUri {
    String filled = fillStageVariables(uri, stageVariables);
    Matcher m = WHOLE.matcher(filled);
    if (!m.matches()) {
      throw new InvalidUri(
          "the URI "
              + uri
              + " is not http(s)://host[:port][/path] once stage variables are filled in");
    }
    String host = m.group(2);
    List<Part> authority = parts(host, stageVariables, pathMappings);
    if (authority.stream().anyMatch(part -> part.name() != null && part.text() != null)) {
      throw new InvalidUri("the URI " + uri + " has a host with a variable that nothing fills");
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '%' || c == '\\') {
        throw new InvalidUri(
            "the URI " + uri + " has a host with a character that no host name has");
      }
    }
    if (isAmbiguous(host)) {
      throw new InvalidUri(
          "the URI "
              + uri
              + " has a host that can be read as more than one address; write an IPv4 address as"
              + " four decimal numbers");
    }
    boolean tls = m.group(1).equalsIgnoreCase("https");
    int port = m.group(3) == null ? (tls ? 443 : 80) : Integer.parseInt(m.group(3));
    if (port < 1 || port > 65535) {
      throw new InvalidUri("the URI " + uri + " names port " + port + ", which does not exist");
    }
    String rest = m.group(4) == null ? "" : m.group(4);
    int hash = rest.indexOf('#');
    if (hash >= 0) {
      rest = rest.substring(0, hash);
    }
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) <= ' ' || rest.charAt(i) >= 0x7f) {
        throw new InvalidUri(
            "the URI " + uri + " has a space or a character outside ASCII; percent-encode it");
      }
    }
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    String query = question < 0 ? "" : rest.substring(question + 1);
    if (path.isEmpty()) {
      path = "/";
    }
    return new UriTemplate(
        tls,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        host.indexOf('{') < 0 ? List.of() : authority,
        parts(path, stageVariables, pathMappings),
        path.indexOf('{') < 0 || hasDotSegment(path),
        parts(query, stageVariables, pathMappings));
  }

  public boolean tls() {
    return tls;
  }

  /** Without brackets. */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Whether a variable is filled from the body. */
  boolean wantsBody() {
    return wantsBody;
  }

  /**
   * The host that this request chooses, null when it has no choice. Where it leads is judged as any
   * address is.
   */
  String authority(Exchange x, Content content) {
    if (authority.isEmpty()) {
      return null;
    }
    String chosen = render(authority, x, content);
    if (!HOST_NAME.matcher(chosen).matches() || isAmbiguous(chosen)) {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.ENDPOINT_INVALID);
    }
    return chosen;
  }

  private static boolean isAmbiguous(String host) {
    return ENDS_IN_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches();
  }

  /**
   * @throws GatewayException when what a variable is filled with would climb out of the author's
   *     path
   */
  String path(Exchange x, Content content) {
    String rendered = render(path, x, content);
    if (!mayClimb && hasDotSegment(rendered)) {
      throw GatewayException.of(ResponseType.DEFAULT_4XX, Reason.MAPPING_SOURCE_INVALID);
    }
    return rendered;
  }

  /** Only as such: the door refuses encoded dots, and those that we encode are no dots. */
  private static boolean hasDotSegment(String path) {
    for (int at = path.indexOf("/."); at >= 0; at = path.indexOf("/.", at + 1)) {
      int end = path.startsWith("/..", at) ? at + 3 : at + 2;
      if (end == path.length() || path.charAt(end) == '/') {
        return true;
      }
    }
    return false;
  }

  /** Raw, empty when the template has no query. */
  String query(Exchange x, Content content) {
    return render(query, x, content);
  }

  /** With {@code ${stageVariables.name}} filled in, with nothing where there is no such one. */
  public static String fillStageVariables(String text, Map<String, String> stageVariables) {
    return STAGE_VARIABLE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(stageVariables.getOrDefault(m.group(1), "")));
  }

  private static List<Part> parts(
      String text, Map<String, String> stageVariables, Map<String, String> mappings)
      throws InvalidUri {
    List<Part> parts = new ArrayList<>();
    Matcher m = VARIABLE.matcher(text);
    int from = 0;
    while (m.find()) {
      if (m.start() > from) {
        parts.add(Part.text(text.substring(from, m.start())));
      }
      String expression = mappings.get(m.group(1));
      parts.add(
          expression == null
              ? new Part(m.group(1), m.group(), null, null)
              : variable(m.group(1), expression, stageVariables));
      from = m.end();
    }
    if (from < text.length()) {
      parts.add(Part.text(text.substring(from)));
    }
    return List.copyOf(parts);
  }

  private static Part variable(String name, String expression, Map<String, String> stageVariables)
      throws InvalidUri {
    if (expression.startsWith("method.request.path.")) {
      // Raw, so that the caller's own bytes reach the backend: %2F stays %2F.
      return new Part(name, null, expression.substring("method.request.path.".length()), null);
    }
    Optional<ParameterSource> source = ParameterSource.ofRequest(expression, stageVariables);
    if (source.isEmpty()) {
      throw new InvalidUri(
          "integration.request.path."
              + name
              + " is mapped from "
              + expression
              + ", which is nothing");
    }
    return new Part(name, null, null, source.get());
  }

  private static String render(List<Part> parts, Exchange x, Content content) {
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() == 1 && parts.getFirst().name() == null) {
      return parts.getFirst().text();
    }
    StringBuilder out = new StringBuilder(64);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      out.append(part.name() == null ? part.text() : value(part, x, content));
    }
    return out.toString();
  }

  private static String value(Part part, Exchange x, Content content) {
    String override = RequestOverrides.path(x, part.name());
    if (override != null) {
      return QueryString.asPathSegment(override);
    }
    if (part.text() != null) {
      return part.text();
    }
    if (part.rawPathVariable() != null) {
      String raw = x.pathParameter(part.rawPathVariable());
      return raw == null ? "" : raw;
    }
    String value = part.source().value(x, content);
    return value == null ? "" : QueryString.asPathSegment(value);
  }
}
