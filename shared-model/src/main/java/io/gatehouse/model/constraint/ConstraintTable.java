package io.gatehouse.model.constraint;

import io.gatehouse.model.constraint.Constraints.Constraint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the tables of constraints; the head of the first tells the form. */
final class ConstraintTable {

  private ConstraintTable() {}

  static Map<String, List<Constraint>> read(String resource) {
    try (InputStream in = ConstraintTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, List<Constraint>> parse(String table) {
    Map<String, Rule> rules = new HashMap<>();
    rules.put("required", new Rule.Required());
    Map<String, List<Constraint>> byOperation = new HashMap<>();
    for (String line : table.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" ", 3);
        if (words.length < 3) {
          throw new IllegalArgumentException("a line of constraints has three words, not: " + line);
        }
        switch (words[0]) {
          case "enum" -> rules.put(words[1], new Rule.OneOf(List.of(words[2].split(", "))));
          case "between" -> {
            String[] bounds = words[2].split(" ");
            rules.put(
                words[1], new Rule.Between(Long.parseLong(bounds[0]), Long.parseLong(bounds[1])));
          }
          case "pattern" -> rules.put(words[1], new Rule.Matching(Pattern.compile(words[2])));
          default -> {
            Rule rule = rules.get(words[2]);
            if (rule == null) {
              throw new IllegalArgumentException(words[2] + " is no rule defined above: " + line);
            }
            byOperation
                .computeIfAbsent(words[0], operation -> new ArrayList<>())
                .add(new Constraint(List.of(words[1].split("\\.")), rule));
          }
        }
      }
    }
    return byOperation;
  }
}
