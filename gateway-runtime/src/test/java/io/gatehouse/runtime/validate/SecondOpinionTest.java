package io.gatehouse.runtime.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.gatehouse.runtime.budget.Budget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random schemas and values are judged as a library, written by others, judges them. */
class SecondOpinionTest {

  private static final int SCHEMAS = 1_500;
  private static final int VALUES = 20;

  /** Draft 4 lets no 1.0 be an integer and the library does, so there is none among the values. */
  private static final List<String> SCALARS =
      List.of(
          "null", "true", "false", "0", "1", "2", "3", "-1", "1.5", "2.5", "10", "\"\"", "\"a\"",
          "\"ab\"", "\"aab\"", "\"b\"");

  private static final List<String> NAMES = List.of("a", "b", "ab", "c");
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "null", "number", "object", "string");
  private static final List<String> PATTERNS = List.of("a", "^a", "b$", "^a*b$", "c");
  private static final List<String> TARGETS =
      List.of("#", "#/definitions/x", "#/definitions/y", "#/definitions/z");

  private final Random random = new Random(4);

  @Test
  void randomSchemasAndValuesAreJudgedAsTheLibraryJudgesThem() throws Exception {
    ValidatorFactory library =
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft4Dialect())
            .withDisabledSchemaValidation(true)
            .withJsonNodeFactory(new JakartaJsonNode.Factory());
    int valid = 0;
    int refused = 0;
    for (int i = 0; i < SCHEMAS; i++) {
      String schema = root();
      SchemaCheck check = TestDocuments.check(schema);
      Validator theirs = library.createValidator();
      URI address = theirs.registerSchema(schema);
      for (int j = 0; j < VALUES; j++) {
        String value = value(3);
        boolean ours =
            check.violations(TestDocuments.json(value), Budget.of(TestDocuments.PLENTY)).isEmpty();
        assertEquals(theirs.validate(address, value).isValid(), ours, schema + " of " + value);
        valid += ours ? 1 : 0;
        refused += ours ? 0 : 1;
      }
    }
    assertTrue(Math.min(valid, refused) > SCHEMAS, valid + " valid, " + refused + " refused");
  }

  private String root() {
    String definitions =
        "\"definitions\":{\"x\":%s,\"y\":%s,\"z\":%s}".formatted(schema(1), schema(1), schema(0));
    String schema = schema(3);
    return schema.equals("{}")
        ? "{" + definitions + "}"
        : schema.substring(0, schema.length() - 1) + "," + definitions + "}";
  }

  /** References stand only where values get smaller, so that all of them end. */
  private String schema(int depth) {
    return "{"
        + IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> random.nextInt(depth > 0 ? 24 : 14))
            .distinct()
            .map(keyword -> keyword(keyword, depth))
            .collect(Collectors.joining(","))
        + "}";
  }

  private String keyword(int keyword, int depth) {
    return switch (keyword) {
      case 0 -> "\"type\":\"%s\"".formatted(pick(TYPES));
      case 1 -> "\"type\":[\"object\",\"%s\"]".formatted(pick(TYPES.subList(0, 5)));
      case 2 -> "\"enum\":" + distinct(() -> value(1));
      case 3 -> "\"minimum\":%s,\"exclusiveMinimum\":%s".formatted(number(), random.nextBoolean());
      case 4 -> "\"maximum\":%s,\"exclusiveMaximum\":%s".formatted(number(), random.nextBoolean());
      case 5 -> "\"multipleOf\":" + pick(List.of("0.5", "1", "2", "1.5"));
      case 6 -> "\"minLength\":" + random.nextInt(3);
      case 7 -> "\"maxLength\":" + random.nextInt(3);
      case 8 -> "\"pattern\":\"%s\"".formatted(pick(PATTERNS));
      case 9 -> "\"minItems\":%d,\"uniqueItems\":true".formatted(random.nextInt(3));
      case 10 -> "\"maxItems\":%d".formatted(random.nextInt(3));
      case 11 -> "\"minProperties\":%d".formatted(random.nextInt(3));
      case 12 -> "\"maxProperties\":%d".formatted(random.nextInt(3));
      case 13 -> "\"required\":" + distinct(this::name);
      case 14 -> "\"allOf\":[%s,%s]".formatted(schema(depth - 1), schema(depth - 1));
      case 15 -> "\"anyOf\":[%s,%s]".formatted(schema(depth - 1), schema(depth - 1));
      case 16 -> "\"oneOf\":[%s,%s]".formatted(schema(depth - 1), schema(depth - 1));
      case 17 -> "\"not\":" + schema(depth - 1);
      case 18 -> "\"items\":" + below(depth);
      case 19 ->
          "\"items\":[%s,%s],\"additionalItems\":%s"
              .formatted(below(depth), below(depth), rest(depth));
      case 20 ->
          "\"properties\":{\"a\":%s,\"b\":%s},\"additionalProperties\":%s"
              .formatted(below(depth), below(depth), rest(depth));
      case 21 -> "\"patternProperties\":{\"^a\":%s}".formatted(below(depth));
      case 22 -> "\"dependencies\":{\"a\":[\"b\"],\"c\":%s}".formatted(schema(depth - 1));
      default -> "\"title\":\"any\"";
    };
  }

  private String below(int depth) {
    return random.nextInt(3) == 0
        ? "{\"$ref\":\"%s\"}".formatted(pick(TARGETS))
        : schema(depth - 1);
  }

  private String rest(int depth) {
    return switch (random.nextInt(3)) {
      case 0 -> "false";
      case 1 -> "true";
      default -> below(depth);
    };
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 2 ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> value(depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
      case 3 ->
          NAMES.stream()
              .filter(name -> random.nextBoolean())
              .map(name -> "\"%s\":%s".formatted(name, value(depth - 1)))
              .collect(Collectors.joining(",", "{", "}"));
      default -> pick(SCALARS);
    };
  }

  private String number() {
    return pick(List.of("-1", "0", "1", "1.5", "2", "3"));
  }

  private String name() {
    return "\"" + pick(NAMES) + "\"";
  }

  private String distinct(java.util.function.Supplier<String> source) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      elements.add(source.get());
    }
    return elements.stream().distinct().collect(Collectors.joining(",", "[", "]"));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
