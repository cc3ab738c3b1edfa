package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random policies and requests, decided once more by an evaluator that writes IAM's rules down in
 * the slow, obvious way: patterns as regular expressions, addresses as numbers, sets as lists.
 */
class SecondOpinionTest {

  private static final int ROUNDS = 60_000;
  private static final String HOME = "111111111111";
  private static final String USER = "arn:aws:iam::111111111111:user/u";
  private static final String ROLE = "arn:aws:iam::111111111111:role/r";
  private static final String SESSION = "arn:aws:sts::111111111111:assumed-role/r/s";
  private static final List<Principal> CALLERS =
      List.of(
          new Principal(HOME, USER), Principal.session(HOME, SESSION, ROLE), Principal.ANONYMOUS);
  private static final List<String> NAMES =
      List.of("*", HOME, USER, ROLE, SESSION, "222222222222", USER + "2");
  private static final List<String> OPERATORS =
      List.of(
          "StringEquals",
          "StringNotEquals",
          "StringEqualsIgnoreCase",
          "StringLike",
          "StringNotLike",
          "NumericLessThan",
          "NumericNotEquals",
          "IpAddress",
          "NotIpAddress",
          "Bool",
          "Null");

  private final Random random = new Random(20_260_601);

  private record Check(String operator, String key, List<String> values) {}

  private record Rule(
      boolean deny,
      boolean notAction,
      String action,
      boolean notResource,
      String resource,
      boolean notPrincipal,
      List<String> principals,
      List<Check> checks) {}

  private record Asked(
      Principal who, String action, String resource, Map<String, List<String>> context) {}

  @Test
  void decisionsAreThoseOfTheSlowObviousWay() {
    Map<Verdict.Kind, Integer> seen = new EnumMap<>(Verdict.Kind.class);
    Map<Decision.Source, Integer> sources = new EnumMap<>(Decision.Source.class);
    for (int i = 0; i < ROUNDS; i++) {
      List<Rule> identity = rules(false);
      List<Rule> boundary = random.nextInt(3) == 0 ? rules(false) : null;
      List<Rule> session = random.nextInt(3) == 0 ? rules(false) : null;
      List<Rule> resource = random.nextInt(3) > 0 ? rules(true) : null;
      boolean sameAccount = random.nextInt(3) > 0;
      Asked asked = asked();

      Decision found =
          new Grants(List.of(policy(identity, false)), of(boundary, false), of(session, false))
              .decide(
                  new PolicyRequest(asked.who, asked.action, asked.resource, asked.context),
                  of(resource, true),
                  sameAccount);

      String expected = decided(identity, boundary, session, resource, sameAccount, asked);
      assertEquals(
          expected,
          found.kind() + " " + found.source(),
          () ->
              asked
                  + "\nidentity "
                  + identity
                  + "\nboundary "
                  + boundary
                  + "\nsession "
                  + session
                  + "\nresource "
                  + resource
                  + "\nsame account "
                  + sameAccount);
      seen.merge(found.kind(), 1, Integer::sum);
      sources.merge(found.source(), 1, Integer::sum);
    }
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      assertTrue(seen.getOrDefault(kind, 0) > ROUNDS / 20, () -> "too few: " + seen);
    }
    for (Decision.Source source : Decision.Source.values()) {
      assertTrue(sources.getOrDefault(source, 0) > ROUNDS / 100, () -> "too few: " + sources);
    }
  }

  // The second evaluator.

  private static String decided(
      List<Rule> identity,
      List<Rule> boundary,
      List<Rule> session,
      List<Rule> resource,
      boolean sameAccount,
      Asked asked) {
    if (denies(identity, asked)) {
      return "EXPLICIT_DENY IDENTITY";
    }
    if (denies(boundary, asked)) {
      return "EXPLICIT_DENY BOUNDARY";
    }
    if (denies(session, asked)) {
      return "EXPLICIT_DENY SESSION";
    }
    if (denies(resource, asked)) {
      return "EXPLICIT_DENY RESOURCE";
    }
    boolean boundaryAllows = boundary == null || allows(boundary, asked, NAMES);
    boolean sessionAllows = session == null || allows(session, asked, NAMES);
    List<String> closest = new ArrayList<>(List.of("*", asked.who.arn()));
    if (sameAccount && allows(resource, asked, closest)) {
      return "ALLOW RESOURCE";
    }
    closest.add(asked.who.roleArn());
    if (sameAccount && boundaryAllows && sessionAllows && allows(resource, asked, closest)) {
      return "ALLOW RESOURCE";
    }
    if (!allows(identity, asked, NAMES)) {
      return "NO_STATEMENT IDENTITY";
    }
    if (!boundaryAllows) {
      return "NO_STATEMENT BOUNDARY";
    }
    if (!sessionAllows) {
      return "NO_STATEMENT SESSION";
    }
    return sameAccount || allows(resource, asked, NAMES)
        ? "ALLOW IDENTITY"
        : "NO_STATEMENT RESOURCE";
  }

  private static boolean denies(List<Rule> rules, Asked asked) {
    return rules != null
        && rules.stream()
            .anyMatch(rule -> rule.deny && isAbout(rule, asked, NAMES) && matches(rule, asked));
  }

  /** By a statement that names the caller by one of these. */
  private static boolean allows(List<Rule> rules, Asked asked, List<String> by) {
    return rules != null
        && rules.stream()
            .anyMatch(rule -> !rule.deny && isAbout(rule, asked, by) && matches(rule, asked));
  }

  private static boolean isAbout(Rule rule, Asked asked, List<String> by) {
    if (rule.principals == null) {
      return true;
    }
    List<String> his =
        List.of("*", asked.who.account(), asked.who.roleArn(), asked.who.arn()).stream()
            .filter(name -> !name.isEmpty())
            .toList();
    if (rule.notPrincipal) {
      return !rule.principals.contains("*")
          && (asked.who.arn().isEmpty()
              || !rule.principals.containsAll(his.subList(1, his.size())));
    }
    return rule.principals.stream().anyMatch(name -> by.contains(name) && his.contains(name));
  }

  private static boolean matches(Rule rule, Asked asked) {
    boolean action = like(rule.action.toLowerCase(), asked.action.toLowerCase(), asked) == 1;
    int resource = like(rule.resource, asked.resource, asked);
    boolean covered =
        resource < 0 ? rule.notResource && rule.deny : (resource == 1) != rule.notResource;
    return action != rule.notAction
        && covered
        && rule.checks.stream().allMatch(check -> holds(check, asked));
  }

  /** 1 or 0, or -1 where a variable stands for nothing. */
  private static int like(String pattern, String text, Asked asked) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.startsWith("${t:v}", i)) {
        List<String> values = asked.context.getOrDefault("t:v", List.of());
        if (values.size() != 1) {
          return -1;
        }
        regex.append(Pattern.quote(values.getFirst()));
        i += 5;
      } else {
        char c = pattern.charAt(i);
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + c));
      }
    }
    return text.matches(regex.toString()) ? 1 : 0;
  }

  private static boolean holds(Check check, Asked asked) {
    String operator = check.operator;
    boolean all = operator.startsWith("ForAllValues:");
    boolean any = operator.startsWith("ForAnyValue:");
    operator = operator.substring(operator.indexOf(':') + 1);
    boolean ifExists = operator.endsWith("IfExists");
    operator = operator.replace("IfExists", "");
    boolean not = operator.contains("Not");
    operator = operator.replace("Not", "");
    List<String> given = asked.context.getOrDefault(check.key, List.of());
    if (operator.equals("Null")) {
      return check.values.contains(String.valueOf(given.isEmpty()));
    }
    if (given.isEmpty()) {
      return ifExists || all || !any && not;
    }
    BiPredicate<String, String> one = comparison(operator, asked);
    List<Boolean> each =
        given.stream()
            .map(value -> check.values.stream().anyMatch(want -> one.test(value, want)) != not)
            .toList();
    return all || !any && not ? !each.contains(false) : each.contains(true);
  }

  private static BiPredicate<String, String> comparison(String operator, Asked asked) {
    return switch (operator) {
      case "StringEquals" -> String::equals;
      case "StringEqualsIgnoreCase" -> String::equalsIgnoreCase;
      case "StringLike" -> (given, wanted) -> like(wanted, given, asked) == 1;
      case "NumericLessThan" ->
          (given, wanted) -> number(given) && new BigDecimal(given).compareTo(dec(wanted)) < 0;
      case "NumericEquals" ->
          (given, wanted) -> number(given) && new BigDecimal(given).compareTo(dec(wanted)) == 0;
      case "Bool" -> String::equalsIgnoreCase;
      default -> SecondOpinionTest::isIn;
    };
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static boolean number(String text) {
    return text.matches("-?\\d+(\\.\\d+)?");
  }

  private static boolean isIn(String address, String block) {
    if (!address.matches("[0-9a-f:.]+") || !address.contains(":") && !address.contains(".")) {
      return false;
    }
    try {
      byte[] left = InetAddress.getByName(address).getAddress();
      byte[] right = InetAddress.getByName(block.split("/")[0]).getAddress();
      int shift = right.length * 8 - Integer.parseInt(block.split("/")[1]);
      return left.length == right.length
          && new BigInteger(1, left)
              .shiftRight(shift)
              .equals(new BigInteger(1, right).shiftRight(shift));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  // What it is asked.

  private Asked asked() {
    Map<String, List<String>> context = new HashMap<>();
    for (String key : List.of("t:s", "t:n", "t:a", "t:b", "t:v")) {
      List<String> values = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        values.add(value(key));
      }
      if (!values.isEmpty()) {
        context.put(key, values);
      }
    }
    return new Asked(one(CALLERS), "x:" + word("ab"), "arn:" + word("ab"), context);
  }

  private List<Rule> rules(boolean ofResource) {
    List<Rule> rules = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      boolean deny = random.nextInt(6) == 0;
      List<String> names = new ArrayList<>();
      for (int m = random.nextInt(3); m >= 0; m--) {
        names.add(one(NAMES));
      }
      List<Check> checks = new ArrayList<>();
      for (int m = random.nextInt(4) - 1; m > 0; m--) {
        checks.add(check());
      }
      rules.add(
          new Rule(
              deny,
              random.nextInt(5) == 0,
              "x:" + word("ab*?*"),
              random.nextInt(5) == 0,
              "arn:" + word("ab*?*") + (random.nextInt(6) == 0 ? "${t:v}" : ""),
              deny && random.nextInt(3) == 0,
              ofResource ? names : null,
              checks));
    }
    return rules;
  }

  private Check check() {
    String operator = one(OPERATORS);
    String key =
        operator.startsWith("String")
            ? "t:s"
            : operator.startsWith("Num") ? "t:n" : operator.contains("Ip") ? "t:a" : "t:b";
    List<String> values = new ArrayList<>();
    for (int n = random.nextInt(2); n >= 0; n--) {
      values.add(
          switch (key) {
            case "t:s" -> word("ab*?");
            case "t:n" -> String.valueOf(random.nextInt(5));
            case "t:a" -> one(List.of("10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32", "0.0.0.0/0"));
            default -> String.valueOf(random.nextBoolean());
          });
    }
    String full = operator;
    if (!operator.equals("Null")) {
      full = one(List.of("", "", "ForAllValues:", "ForAnyValue:")) + operator;
      full += random.nextInt(4) == 0 ? "IfExists" : "";
    }
    return new Check(full, key, values);
  }

  private String value(String key) {
    return switch (key) {
      case "t:s", "t:v" -> word("abA*");
      case "t:n" -> one(List.of("0", "1.5", "3", "four", "-2"));
      case "t:a" -> one(List.of("10.1.2.3", "10.2.0.1", "192.0.2.1", "2001:db8::1", "nowhere"));
      default -> one(List.of("true", "false", "TRUE", "maybe"));
    };
  }

  private String word(String letters) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(3); n >= 0; n--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // As JSON.

  private static Optional<Policy> of(List<Rule> rules, boolean ofResource) {
    return Optional.ofNullable(rules).map(there -> policy(there, ofResource));
  }

  private static Policy policy(List<Rule> rules, boolean ofResource) {
    String statements =
        rules.stream().map(SecondOpinionTest::json).collect(Collectors.joining(","));
    return Policy.parse(
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}",
        ofResource ? Policy.Kind.RESOURCE : Policy.Kind.IDENTITY);
  }

  private static String json(Rule rule) {
    StringBuilder out = new StringBuilder("{\"Effect\":\"");
    out.append(rule.deny ? "Deny" : "Allow").append('"');
    out.append(rule.notAction ? ",\"NotAction\":\"" : ",\"Action\":\"").append(rule.action);
    out.append(rule.notResource ? "\",\"NotResource\":\"" : "\",\"Resource\":\"");
    out.append(rule.resource).append('"');
    if (rule.principals != null) {
      out.append(rule.notPrincipal ? ",\"NotPrincipal\":" : ",\"Principal\":");
      out.append("{\"AWS\":").append(list(rule.principals)).append('}');
    }
    if (!rule.checks.isEmpty()) {
      Map<String, Check> byOperator = new HashMap<>();
      rule.checks.forEach(check -> byOperator.putIfAbsent(check.operator, check));
      rule.checks.retainAll(byOperator.values()); // an operator is there once
      out.append(",\"Condition\":");
      out.append(
          byOperator.values().stream()
              .map(c -> "\"" + c.operator + "\":{\"" + c.key + "\":" + list(c.values) + "}")
              .collect(Collectors.joining(",", "{", "}")));
    }
    return out.append('}').toString();
  }

  private static String list(List<String> values) {
    return values.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(",", "[", "]"));
  }
}
