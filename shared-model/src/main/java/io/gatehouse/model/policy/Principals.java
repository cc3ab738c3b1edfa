package io.gatehouse.model.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement is about. Of federated and canonical users only the spelling is checked: none of
 * them ever calls here.
 *
 * @param excluding NotPrincipal: all but these
 * @param names accounts, ARNs, services, or {@code *}
 */
record Principals(boolean excluding, List<String> names) {

  static final String EVERYBODY = "*";
  private static final Pattern ACCOUNT =
      Pattern.compile("(\\d{12})|arn:[a-z-]+:iam::(\\d{12}):root");
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:(?:iam|sts)::\\d{12}:[!-)+->@-~]{1,512}");
  private static final Pattern UNIQUE_ID = Pattern.compile("[A-Z0-9]{16,128}");

  /** Whether this can be the name of a principal; ARNs hold no wildcards here. */
  static boolean isName(String name) {
    return name.equals(EVERYBODY)
        || ACCOUNT.matcher(name).matches()
        || ARN.matcher(name).matches()
        || UNIQUE_ID.matcher(name).matches();
  }

  boolean cover(Principal principal) {
    return names.stream().anyMatch(name -> means(name, principal)) != excluding;
  }

  private static boolean means(String name, Principal principal) {
    if (name.equals(EVERYBODY)) {
      return true;
    }
    Matcher account = ACCOUNT.matcher(name);
    if (account.matches()) {
      String digits = account.group(1) == null ? account.group(2) : account.group(1);
      return digits.equals(principal.account());
    }
    return name.equals(principal.arn());
  }
}
