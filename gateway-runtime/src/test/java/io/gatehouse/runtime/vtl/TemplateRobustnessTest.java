package io.gatehouse.runtime.vtl;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Templates cut up and put together again at random: whatever comes of them, it is an output or one
 * of the refusals. The seed is fixed, so that what fails once fails again.
 */
class TemplateRobustnessTest {

  private static final int ROUNDS = 20_000;
  private static final long STEPS = 20_000;
  private static final int LONGEST = 4_000;

  private static final List<String> PIECES =
      List.of(
          "$",
          "#",
          "\\",
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "'",
          "$!",
          "${",
          "#{",
          "#set(",
          "#if(",
          "#elseif(",
          "#else",
          "#end",
          "#foreach($i in ",
          "#macro(m $a)",
          "#m(",
          "#define($d)",
          "$d",
          "#break",
          "#stop",
          "#*",
          "*#",
          "##",
          "#[[",
          "]]#",
          "..",
          "=",
          "==",
          "&&",
          "||",
          "!",
          "+",
          "-",
          "*",
          "/",
          "%",
          "<",
          ">",
          ",",
          ":",
          ".",
          "1",
          "0",
          "-1",
          "99999999999",
          "1.5",
          "true",
          "null",
          "in",
          "not",
          "$x",
          "$x.y",
          "$x[0]",
          "$input.path('$')",
          "$input.json('$..a')",
          "$context",
          "$util.parseJson(",
          ".put(",
          ".get(",
          ".size()",
          ".add($x)",
          ".split(",
          ".replaceAll(",
          ".substring(",
          " ",
          "\n",
          "\r\n",
          "\t",
          "a",
          "\u00e9",
          "\ud83d");

  @Test
  void whateverIsWrittenIsRenderedOrRefused() throws IOException {
    List<TemplateCase> cases = corpus();
    Random random = new Random(20_240_501);
    for (int round = 0; round < ROUNDS; round++) {
      TemplateCase one = cases.get(random.nextInt(cases.size()));
      TemplateCase other = cases.get(random.nextInt(cases.size()));
      String text = mutated(one.template(), other.template(), random);
      try {
        new TemplateCase(text, request(one), "").outcome(STEPS);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("round " + round + ": " + text, e);
      }
    }
  }

  private static List<TemplateCase> corpus() throws IOException {
    List<Path> files = new ArrayList<>(TemplateCase.in("vtl"));
    files.addAll(TemplateCase.in("vtl-hostile"));
    List<TemplateCase> cases = new ArrayList<>();
    for (Path file : files) {
      TemplateCase one = TemplateCase.read(file);
      if (one.template().length() < LONGEST) {
        cases.add(one);
      }
    }
    return cases;
  }

  private static Map<String, Object> request(TemplateCase one) {
    return one.request().isEmpty() ? Map.of("body", "{\"a\":[1,{\"a\":\"x\"}]}") : one.request();
  }

  private static String mutated(String text, String other, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int change = random.nextInt(6); change >= 0; change--) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> mutant.delete(at, end);
        case 1 -> mutant.insert(at, mutant.substring(at, end));
        case 2 -> mutant.insert(at, part(other, random));
        case 3 -> mutant.setLength(at);
        default -> mutant.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return mutant.toString();
  }

  private static String part(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(from, from + random.nextInt(text.length() - from + 1));
  }
}
