package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP integration's URI with its stage variables filled in: scheme, host and port are fixed
 * when the stage is compiled, so that no caller's value can choose where a request goes; {@code
 * {name}} in path and query is filled in for each request from {@code
 * integration.request.path.name}. A variable without such a mapping stays as it is.
 */
public final class UriTemplate {

  private static final Pattern STAGE_VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]{1,64})}");
  private static final Pattern WHOLE =
      Pattern.compile("(?i)(https?)://(\\[[0-9a-f:.]+]|[^/?#:\\[\\]@]+)(?::(\\d{1,5}))?([/?].*)?");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/?#]{1,128})}");

  /** Why a URI cannot be called. */
  public static final class InvalidUri extends Exception {
    private final boolean notBuilt;

    private InvalidUri(String message, boolean notBuilt) {
      super(message);
      this.notBuilt = notBuilt;
    }

    static InvalidUri invalid(String message) {
      return new InvalidUri(message, false);
    }

    static InvalidUri notBuilt(String message) {
      return new InvalidUri(message, true);
    }

    /** Whether the vendor could call it. */
    public boolean notBuilt() {
      return notBuilt;
    }
  }

  /** One piece of the template: text, or a variable with what fills it. */
  private record Part(String text, String rawPathVariable, ParameterSource source) {}

  private final boolean tls;
  private final String host;
  private final int port;
  private final List<Part> path;
  private final List<Part> query;

  private UriTemplate(boolean tls, String host, int port, List<Part> path, List<Part> query) {
    this.tls = tls;
    this.host = host;
    this.port = port;
    this.path = path;
    this.query = query;
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
      throw InvalidUri.invalid(
          "the URI "
              + uri
              + " is not http(s)://host[:port][/path] once stage variables are filled in");
    }
    String host = m.group(2);
    if (host.indexOf('{') >= 0) {
      throw InvalidUri.notBuilt(
          "the URI " + uri + " takes its host from the request, which is not built yet");
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '%' || c == '\\') {
        throw InvalidUri.invalid(
            "the URI " + uri + " has a host with a character that no host name has");
      }
    }
    boolean tls = m.group(1).equalsIgnoreCase("https");
    int port = m.group(3) == null ? (tls ? 443 : 80) : Integer.parseInt(m.group(3));
    if (port < 1 || port > 65535) {
      throw InvalidUri.invalid("the URI " + uri + " names port " + port + ", which does not exist");
    }
    String rest = m.group(4) == null ? "" : m.group(4);
    int hash = rest.indexOf('#');
    if (hash >= 0) {
      rest = rest.substring(0, hash);
    }
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) <= ' ' || rest.charAt(i) >= 0x7f) {
        throw InvalidUri.invalid(
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
        parts(path, stageVariables, pathMappings),
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

  String path(Exchange x) {
    return render(path, x);
  }

  /** Raw, empty when the template has no query. */
  String query(Exchange x) {
    return render(query, x);
  }

  private static String fillStageVariables(String uri, Map<String, String> stageVariables) {
    return STAGE_VARIABLE
        .matcher(uri)
        .replaceAll(m -> Matcher.quoteReplacement(stageVariables.getOrDefault(m.group(1), "")));
  }

  private static List<Part> parts(
      String text, Map<String, String> stageVariables, Map<String, String> mappings)
      throws InvalidUri {
    List<Part> parts = new ArrayList<>();
    Matcher m = VARIABLE.matcher(text);
    int from = 0;
    while (m.find()) {
      String expression = mappings.get(m.group(1));
      if (expression != null) {
        if (m.start() > from) {
          parts.add(new Part(text.substring(from, m.start()), null, null));
        }
        parts.add(variable(m.group(1), expression, stageVariables));
        from = m.end();
      }
    }
    if (from < text.length()) {
      parts.add(new Part(text.substring(from), null, null));
    }
    return List.copyOf(parts);
  }

  private static Part variable(String name, String expression, Map<String, String> stageVariables)
      throws InvalidUri {
    if (expression.startsWith("method.request.path.")) {
      // Raw, so that the caller's own bytes reach the backend: %2F stays %2F.
      return new Part(null, expression.substring("method.request.path.".length()), null);
    }
    Optional<ParameterSource> source = ParameterSource.ofRequest(expression, stageVariables);
    if (source.isEmpty()) {
      throw InvalidUri.notBuilt(
          "the mapping of integration.request.path."
              + name
              + " from "
              + expression
              + " is not built yet");
    }
    return new Part(null, null, source.get());
  }

  private static String render(List<Part> parts, Exchange x) {
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() == 1 && parts.getFirst().text() != null) {
      return parts.getFirst().text();
    }
    StringBuilder out = new StringBuilder(64);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.text() != null) {
        out.append(part.text());
      } else if (part.rawPathVariable() != null) {
        String raw = x.pathParameter(part.rawPathVariable());
        out.append(raw == null ? "" : raw);
      } else {
        String value = part.source().value(x);
        out.append(value == null ? "" : QueryString.asPathSegment(value));
      }
    }
    return out.toString();
  }
}
