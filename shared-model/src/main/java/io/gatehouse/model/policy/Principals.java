package io.gatehouse.model.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement is about. Of federated and canonical users only the spelling is checked: none of
 * them ever calls here.
 */
final class Principals {

  static final String EVERYBODY = "*";
  private static final Pattern ACCOUNT =
      Pattern.compile("(\\d{12})|arn:[a-z-]+:iam::(\\d{12}):root");
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:(?:iam|sts)::\\d{12}:[!-)+->@-~]{1,512}");
  private static final Pattern UNIQUE_ID = Pattern.compile("[A-Z0-9]{16,128}");

  private final boolean excluding;
  private final boolean everybody;
  private final Set<String> accounts = new HashSet<>();
  private final Set<String> others = new HashSet<>();

  /**
   * @param excluding NotPrincipal: all but these
   * @param names accounts, ARNs, services, or {@code *}
   */
  Principals(boolean excluding, List<String> names) {
    this.excluding = excluding;
    this.everybody = names.contains(EVERYBODY);
    for (String name : names) {
      Matcher account = ACCOUNT.matcher(name);
      if (account.matches()) {
        accounts.add(account.group(1) == null ? account.group(2) : account.group(1));
      } else {
        others.add(name);
      }
    }
  }

  /** Whether this can be the name of a principal; ARNs hold no wildcards here. */
  static boolean isName(String name) {
    return name.equals(EVERYBODY)
        || ACCOUNT.matcher(name).matches()
        || ARN.matcher(name).matches()
        || UNIQUE_ID.matcher(name).matches();
  }

  /** Not at all where the statement is not about the principal. */
  Naming naming(Principal principal) {
    if (excluding) {
      return isExcluded(principal) ? Naming.NOBODY : Naming.CALLER;
    }
    if (everybody || others.contains(principal.arn())) {
      return Naming.CALLER;
    }
    if (others.contains(principal.roleArn())) {
      return Naming.ROLE;
    }
    return accounts.contains(principal.account()) ? Naming.ACCOUNT : Naming.NOBODY;
  }

  /**
   * As the vendor asks its account, then its role, then the caller itself, of whom each has to be
   * named to be left out.
   */
  private boolean isExcluded(Principal principal) {
    return everybody
        || others.contains(principal.arn())
            && (principal.account().isEmpty() || accounts.contains(principal.account()))
            && (principal.roleArn().isEmpty() || others.contains(principal.roleArn()));
  }
}
