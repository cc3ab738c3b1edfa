package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs {@code policy/statements.txt}, which tells its own form. */
class StatementTableTest {

  private static final Path TABLE = Path.of("src/test/resources/policy/statements.txt");
  private static final String ACCOUNT = "123456789012";

  @TestFactory
  Stream<DynamicTest> everyStatementSaysWhatItsLineTells() throws IOException {
    return rows().stream()
        .map(
            row ->
                dynamicTest(
                    String.join(" | ", row),
                    () -> assertEquals(row[0].strip(), said(row[1], row[2].strip()))));
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertTrue(rows().size() >= 250, () -> "too few");
  }

  private static List<String[]> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.contains(" | "))
        .map(line -> line.split(" \\| "))
        .toList();
  }

  private static String said(String statement, String asked) {
    boolean resource = statement.contains("Principal\"");
    String text = "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}";
    Policy policy;
    try {
      policy = Policy.parse(text, resource ? Policy.Kind.RESOURCE : Policy.Kind.IDENTITY);
    } catch (InvalidPolicy e) {
      return "invalid";
    }
    return switch (policy.verdict(request(asked.split(" "))).kind()) {
      case ALLOW -> "allow";
      case EXPLICIT_DENY -> "deny";
      case NO_STATEMENT -> "silent";
    };
  }

  private static PolicyRequest request(String[] words) {
    Map<String, List<String>> context = new HashMap<>();
    Principal who = new Principal(ACCOUNT, "arn:aws:iam::123456789012:user/ann");
    for (int i = 2; i < words.length; i++) {
      String key = words[i].substring(0, words[i].indexOf('='));
      String value = words[i].substring(key.length() + 1);
      if (key.equals("who")) {
        who = who(value);
      } else {
        context.put(key, List.of(value.split(",", -1)));
      }
    }
    return new PolicyRequest(who, words[0], words[1], context);
  }

  private static Principal who(String name) {
    return switch (name) {
      case "ann" -> new Principal(ACCOUNT, "arn:aws:iam::123456789012:user/ann");
      case "session" ->
          Principal.session(
              ACCOUNT,
              "arn:aws:sts::123456789012:assumed-role/deploy/ann",
              "arn:aws:iam::123456789012:role/deploy");
      case "service" -> Principal.service("apigateway.amazonaws.com");
      case "nobody" -> Principal.ANONYMOUS;
      default -> throw new IllegalArgumentException(name + " is nobody of the table's");
    };
  }
}
