package io.gatehouse.runtime.compile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an AWS integration, {@code arn:aws:apigateway:REGION:[SUBDOMAIN.]SERVICE:path/...} or
 * {@code :action/...}, with its stage variables filled in.
 *
 * @param subdomain empty for none
 * @param isAction whether {@code rest} is an action and not a path
 * @param rest behind {@code path/} or {@code action/}
 */
record AwsUri(String region, String subdomain, String service, boolean isAction, String rest) {

  private static final Pattern WHOLE =
      Pattern.compile(
          "arn:aws[a-z-]{0,16}:apigateway:([a-z0-9-]{1,32}):(?:([A-Za-z0-9_-][A-Za-z0-9._-]{0,127})\\.)?"
              + "([a-z0-9-]{1,63}):(path|action)/(.*)",
          Pattern.DOTALL);

  /** Empty when the text is none. */
  static Optional<AwsUri> parse(String uri) {
    Matcher m = WHOLE.matcher(uri);
    if (!m.matches()) {
      return Optional.empty();
    }
    String subdomain = m.group(2) == null ? "" : m.group(2);
    return subdomain.contains("..")
        ? Optional.empty()
        : Optional.of(
            new AwsUri(m.group(1), subdomain, m.group(3), m.group(4).equals("action"), m.group(5)));
  }

  /** Whether it invokes a function. */
  boolean isInvocation() {
    return service.equals("lambda")
        && !isAction
        && path().startsWith("/2015-03-31/functions/")
        && path().endsWith("/invocations");
  }

  /** With a slash in front, and the query behind. */
  String path() {
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The name of the action; what else the URI says of it stands in {@link #actionQuery}. */
  String action() {
    return rest.substring(0, actionEnd());
  }

  /** Parameters behind the action, empty for none. */
  String actionQuery() {
    int end = actionEnd();
    return end == rest.length() ? "" : rest.substring(end + 1);
  }

  private int actionEnd() {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '&' || rest.charAt(i) == '?') {
        return i;
      }
    }
    return rest.length();
  }
}
