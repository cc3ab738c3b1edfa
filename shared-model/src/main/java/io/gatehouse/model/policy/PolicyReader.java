package io.gatehouse.model.policy;

import io.gatehouse.model.policy.Condition.Quantifier;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a policy document, and refuses whatever it does not understand. */
final class PolicyReader {

  private static final int MOST_STATEMENTS = 100;

  /** However much white space a document has. */
  private static final int LONGEST_TEXT = 64 * 1024;

  private static final String WITH_VARIABLES = "2012-10-17";
  private static final Set<String> VERSIONS = Set.of(WITH_VARIABLES, "2008-10-17");
  private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<Policy.Kind> NAMING_PRINCIPALS =
      Set.of(Policy.Kind.RESOURCE, Policy.Kind.FUNCTION, Policy.Kind.TRUST);
  private static final Set<String> PRINCIPAL_KINDS =
      Set.of("AWS", "Service", "Federated", "CanonicalUser");
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{0,128}");
  private static final Pattern ACTION =
      Pattern.compile("\\*|[A-Za-z0-9*?-]{1,64}:[A-Za-z0-9*?]{1,128}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1,64}:[!-~]{1,256}");
  private static final String IF_EXISTS = "IfExists";

  private final Policy.Kind kind;
  private final Set<String> sids = new HashSet<>();
  private boolean variables;

  PolicyReader(Policy.Kind kind) {
    this.kind = kind;
  }

  Policy read(String text) {
    long length = text.chars().filter(c -> !Character.isWhitespace(c)).count();
    if (length > kind.longest() || text.length() > LONGEST_TEXT) {
      throw new InvalidPolicy(
          "", "The policy is longer than " + kind.longest() + " characters without white space");
    }
    JsonObject document = document(text);
    PolicyJson.onlyMembers("", document, MEMBERS);
    String version =
        document.containsKey("Version") ? PolicyJson.string("Version", document) : "2008-10-17";
    if (!VERSIONS.contains(version)) {
      throw new InvalidPolicy("Version", "'" + version + "' is no version; use 2012-10-17");
    }
    variables = version.equals(WITH_VARIABLES);
    if (document.containsKey("Id")) {
      PolicyJson.string("Id", document);
    }
    return new Policy(statements(document));
  }

  private static JsonObject document(String text) {
    if (text.isBlank()) {
      throw new InvalidPolicy("", "The policy is empty");
    }
    try {
      return JsonText.object(text, "The policy");
    } catch (ApiError e) {
      throw new InvalidPolicy("", e.getMessage());
    }
  }

  private List<Statement> statements(JsonObject document) {
    if (!document.containsKey("Statement")) {
      throw new InvalidPolicy("", "The policy has no Statement");
    }
    List<JsonValue> all = PolicyJson.list(document.get("Statement"));
    if (all.size() > MOST_STATEMENTS) {
      throw new InvalidPolicy(
          "Statement", "there are " + all.size() + "; at most " + MOST_STATEMENTS + " are read");
    }
    List<Statement> statements = new ArrayList<>();
    for (JsonValue value : all) {
      String place = "Statement[" + statements.size() + "]";
      if (!(value instanceof JsonObject statement)) {
        throw new InvalidPolicy(place, "a statement is an object, not " + PolicyJson.shown(value));
      }
      statements.add(statement(place, statement));
    }
    return statements;
  }

  private Statement statement(String place, JsonObject in) {
    PolicyJson.onlyMembers(place, in, STATEMENT_MEMBERS);
    boolean notAction = PolicyJson.either(place, in, "Action", "NotAction");
    boolean notResource = notResource(place, in);
    Effect effect = effect(place, in);
    return new Statement(
        name(place, in),
        effect,
        principals(place, in, effect),
        actions(place, in, notAction),
        resources(place, in, notResource),
        conditions(place, in));
  }

  private boolean notResource(String place, JsonObject in) {
    if (kind != Policy.Kind.TRUST) {
      return PolicyJson.either(place, in, "Resource", "NotResource");
    }
    if (in.containsKey("Resource") || in.containsKey("NotResource")) {
      throw new InvalidPolicy(place, "a trust policy names no Resource: it is about its role");
    }
    return false;
  }

  private String name(String place, JsonObject in) {
    if (!in.containsKey("Sid")) {
      return place;
    }
    String sid = PolicyJson.string(place + ".Sid", in);
    if (kind == Policy.Kind.IDENTITY) {
      if (!SID.matcher(sid).matches()) {
        throw new InvalidPolicy(place + ".Sid", "'" + sid + "' must be letters and digits");
      }
      if (!sid.isEmpty() && !sids.add(sid)) {
        throw new InvalidPolicy(place + ".Sid", "'" + sid + "' names another statement already");
      }
    }
    return sid.isEmpty() ? place : sid;
  }

  private static Effect effect(String place, JsonObject in) {
    if (!in.containsKey("Effect")) {
      throw new InvalidPolicy(place, "it has no Effect");
    }
    String effect = PolicyJson.string(place + ".Effect", in);
    return switch (effect) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      default ->
          throw new InvalidPolicy(
              place + ".Effect", "'" + effect + "' is no effect; it is Allow or Deny");
    };
  }

  private Optional<Principals> principals(String place, JsonObject in, Effect effect) {
    boolean any = in.containsKey("Principal") || in.containsKey("NotPrincipal");
    if (!NAMING_PRINCIPALS.contains(kind)) {
      if (any) {
        throw new InvalidPolicy(place, "a policy of this kind names no Principal");
      }
      return Optional.empty();
    }
    boolean excluding = PolicyJson.either(place, in, "Principal", "NotPrincipal");
    String member = excluding ? "NotPrincipal" : "Principal";
    String where = place + "." + member;
    List<String> names = new ArrayList<>();
    if (in.get(member) instanceof JsonObject) {
      JsonObject byKind = PolicyJson.object(where, in.get(member));
      PolicyJson.onlyMembers(where, byKind, PRINCIPAL_KINDS);
      byKind.forEach(
          (who, value) -> {
            List<String> ofKind = PolicyJson.strings(where + "." + who, value);
            if (who.equals("AWS")) {
              ofKind.forEach(name -> names.add(principal(where + ".AWS", name)));
            } else if (who.equals("Service")) {
              // A service is no account, and a wild card no service.
              ofKind.stream().filter(name -> name.endsWith(".amazonaws.com")).forEach(names::add);
            }
          });
    } else if (in.get(member) instanceof JsonString everybody
        && everybody.getString().equals(Principals.EVERYBODY)) {
      names.add(Principals.EVERYBODY);
    } else {
      throw new InvalidPolicy(
          where, "it is \"*\" or an object such as {\"AWS\": \"123456789012\"}");
    }
    if (excluding && effect == Effect.ALLOW) {
      // It would let in whoever is not named, and with them those whom nobody knows.
      throw new InvalidPolicy(where, "NotPrincipal can only be used with Effect Deny");
    }
    return Optional.of(new Principals(excluding, names));
  }

  private static String principal(String place, String name) {
    if (!Principals.isName(name)) {
      throw new InvalidPolicy(
          place, "'" + name + "' is no principal: an account, the ARN of a user or role, or *");
    }
    return name;
  }

  private static Statement.Actions actions(String place, JsonObject in, boolean excluding) {
    String where = place + (excluding ? ".NotAction" : ".Action");
    List<Glob> patterns = new ArrayList<>();
    for (String action : PolicyJson.strings(where, in.get(excluding ? "NotAction" : "Action"))) {
      if (!ACTION.matcher(action).matches()) {
        throw new InvalidPolicy(
            where, "'" + action + "' is no action; write one as apigateway:GET, or *");
      }
      patterns.add(Glob.of(Glob.lowerCase(action)));
    }
    return new Statement.Actions(excluding, patterns);
  }

  private Statement.Resources resources(String place, JsonObject in, boolean excluding) {
    if (kind == Policy.Kind.TRUST) {
      return new Statement.Resources(false, List.of(PolicyText.plain("*")));
    }
    String member = excluding ? "NotResource" : "Resource";
    String where = place + "." + member;
    List<PolicyText> patterns = new ArrayList<>();
    for (String resource : PolicyJson.strings(where, in.get(member))) {
      if (kind == Policy.Kind.IDENTITY && !resource.equals("*") && !resource.startsWith("arn:")) {
        throw new InvalidPolicy(
            where, "'" + resource + "' is no ARN; write one, perhaps with wildcards, or *");
      }
      patterns.add(text(where, resource));
    }
    return new Statement.Resources(excluding, patterns);
  }

  private List<Condition> conditions(String place, JsonObject in) {
    List<Condition> conditions = new ArrayList<>();
    if (in.containsKey("Condition")) {
      String where = place + ".Condition";
      PolicyJson.object(where, in.get("Condition"))
          .forEach(
              (operator, keys) ->
                  PolicyJson.object(where + "." + operator, keys)
                      .forEach(
                          (key, values) ->
                              conditions.add(condition(where, operator, key, values))));
    }
    return conditions;
  }

  private Condition condition(String place, String spelling, String key, JsonValue values) {
    Quantifier quantifier = Quantifier.SINGLE;
    String name = spelling;
    if (name.startsWith("ForAllValues:") || name.startsWith("ForAnyValue:")) {
      quantifier = name.startsWith("ForAll") ? Quantifier.ALL : Quantifier.ANY;
      name = name.substring(name.indexOf(':') + 1);
    }
    boolean ifExists = name.endsWith(IF_EXISTS);
    String bare = ifExists ? name.substring(0, name.length() - IF_EXISTS.length()) : name;
    Operator operator =
        Operator.named(bare)
            .filter(o -> o != Operator.NULL || bare.equals(spelling))
            .orElseThrow(
                () -> new InvalidPolicy(place, "'" + spelling + "' is no condition operator"));
    String where = place + "." + spelling + "." + key;
    if (!KEY.matcher(key).matches()) {
      throw new InvalidPolicy(where, "'" + key + "' is no condition key; write aws:SourceIp");
    }
    List<PolicyText> texts = new ArrayList<>();
    for (String value : PolicyJson.strings(where, values)) {
      PolicyText text = text(where, value);
      if (!text.hasVariables()) {
        operator
            .complaint(value)
            .ifPresent(
                complaint -> {
                  throw new InvalidPolicy(where, complaint);
                });
      }
      texts.add(text);
    }
    return new Condition(operator, quantifier, ifExists, key, List.copyOf(texts));
  }

  private PolicyText text(String place, String text) {
    if (!variables) {
      return PolicyText.plain(text);
    }
    try {
      return PolicyText.withVariables(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidPolicy(place, e.getMessage());
    }
  }
}
