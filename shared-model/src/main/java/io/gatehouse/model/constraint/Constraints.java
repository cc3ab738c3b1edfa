package io.gatehouse.model.constraint;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Members;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** The constraints of all operations, read once from a table. */
public final class Constraints {

  private static final int LONGEST_SHOWN = 256;

  /** The service whose complaints name the input's shape. */
  private static final String API_GATEWAY = "apigateway";

  /** By service, then by operation. */
  private final Map<String, Map<String, List<Constraint>>> tables;

  Constraints(Map<String, List<Constraint>> byOperation) {
    this.tables = Map.of(API_GATEWAY, byOperation);
  }

  private Constraints(List<String> services) {
    Map<String, Map<String, List<Constraint>>> read = new HashMap<>();
    read.put(API_GATEWAY, ConstraintTable.read("constraints.txt"));
    services.forEach(service -> read.put(service, ConstraintTable.read(service + ".txt")));
    this.tables = Map.copyOf(read);
  }

  /** The tables that come with this version. */
  public static Constraints ofThisVersion() {
    return new Constraints(List.of("lambda", "iam", "sts", "cognito-idp", "cloudwatch"));
  }

  /**
   * @param member path of member names
   */
  record Constraint(List<String> member, Rule rule) {}

  /**
   * Answers in silence when the request satisfies all constraints of its operation.
   *
   * @param request as {@code CreateStageRequest}
   * @throws ApiError of kind VALIDATION naming all that is wrong, body members first
   */
  public void check(SdkPojo request) {
    String operation = operation(request);
    String service = Members.service(request.getClass());
    String input = service.equals(API_GATEWAY) ? decapitalized(operation) + "Input." : "";
    List<String> ofBody = new ArrayList<>();
    List<String> ofUri = new ArrayList<>();
    Map<String, List<Constraint>> table = tables.getOrDefault(service, Map.of());
    for (Constraint constraint : table.getOrDefault(operation, List.of())) {
      boolean inBody = Members.isInBody(request, plain(constraint.member().getFirst()));
      String prefix = inBody ? input : "";
      check(request, constraint.member(), prefix, constraint.rule(), inBody ? ofBody : ofUri);
    }
    for (String label : Members.ofPath(request)) {
      check(request, List.of(label), "", new Rule.Required(), ofUri);
    }
    List<String> complaints = new ArrayList<>(ofBody);
    complaints.addAll(ofUri);
    if (!complaints.isEmpty()) {
      throw ApiError.of(
          ApiError.Kind.VALIDATION,
          "%d validation error%s detected: %s"
              .formatted(
                  complaints.size(),
                  complaints.size() == 1 ? "" : "s",
                  String.join("; ", complaints)));
    }
  }

  private static void check(
      SdkPojo shape, List<String> member, String prefix, Rule rule, List<String> complaints) {
    String name = member.getFirst();
    String at = prefix + decapitalized(plain(name));
    Optional<Object> value = Members.value(shape, plain(name));
    List<String> rest = member.subList(1, member.size());
    if (name.endsWith("[]")) {
      List<?> elements = (List<?>) value.orElse(List.of());
      if (rest.isEmpty()) {
        checkElements(elements, at, rule, complaints);
        return;
      }
      for (int i = 0; i < elements.size(); i++) {
        if (elements.get(i) instanceof SdkPojo element) {
          check(element, rest, at + "." + (i + 1) + ".member.", rule, complaints);
        }
      }
    } else if (rest.isEmpty()) {
      rule.complaint(value).ifPresent(text -> complaints.add(sentence(value, at, text)));
    } else if (value.isPresent()) {
      check((SdkPojo) value.get(), rest, at + ".", rule, complaints);
    }
  }

  private static void checkElements(
      List<?> elements, String at, Rule rule, List<String> complaints) {
    elements.stream()
        .map(element -> rule.complaint(Optional.ofNullable(element)))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            text ->
                complaints.add(
                    sentence(
                        Optional.of(elements),
                        at,
                        "Member must satisfy constraint: [" + text + "]")));
  }

  private static String sentence(Optional<Object> value, String at, String text) {
    String shown = value.map(v -> "'" + shortened(v.toString()) + "'").orElse("null");
    return "Value %s at '%s' failed to satisfy constraint: %s".formatted(shown, at, text);
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }

  private static String plain(String member) {
    return member.endsWith("[]") ? member.substring(0, member.length() - 2) : member;
  }

  /** Some services begin their members with a capital, and none its complaints. */
  private static String decapitalized(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String operation(SdkPojo request) {
    String type = request.getClass().getSimpleName();
    return type.substring(0, type.length() - "Request".length());
  }
}
