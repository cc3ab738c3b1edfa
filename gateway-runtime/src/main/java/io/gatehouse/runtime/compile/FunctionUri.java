package io.gatehouse.runtime.compile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI by which integrations and authorizers invoke a Lambda function, its stage variables
 * filled in.
 *
 * @param region where it is invoked
 * @param functionArn perhaps with a qualifier
 */
record FunctionUri(String region, String functionArn) {

  /** Ends the sentence about a URI that is none. */
  static final String IS_NONE =
      " is not arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION/invocations"
          + " with a function's ARN once stage variables are filled in";

  private static final Pattern INVOCATIONS =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:([a-z0-9-]+):lambda:path/{1,2}2015-03-31/functions/(.*)"
              + "/invocations");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]{1,140}"
              + "(?::(?:\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

  /** In the place of a role: whoever calls the API calls the function. */
  private static final Pattern CALLERS_OWN = Pattern.compile("arn:aws[a-z-]*:iam::\\*:user/\\*");

  /** Whether it invokes something, be that a function or not. */
  static boolean invokes(String uri) {
    return INVOCATIONS.matcher(uri).matches();
  }

  /** Empty when the text is none. */
  static Optional<FunctionUri> parse(String uri) {
    Matcher m = INVOCATIONS.matcher(uri);
    return m.matches() && FUNCTION.matcher(m.group(2)).matches()
        ? Optional.of(new FunctionUri(m.group(1), m.group(2)))
        : Optional.empty();
  }

  static boolean isCallersOwn(String credentials) {
    return CALLERS_OWN.matcher(credentials).matches();
  }
}
