package io.gatehouse.runtime.vtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "{\"statusCode\": 200}", "## comment", "#[[ $x ]]#", "#abc $5"})
  void textAloneIsStatic(String text) throws InvalidTemplate {
    assertTrue(compile(text).isStatic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$x", "#set($x = 1)", "#if(true)x#end", "\\$x", "a#stop"})
  void whatIsEvaluatedIsNotStatic(String text) throws InvalidTemplate {
    assertFalse(compile(text).isStatic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$input.body",
        "$input.json('$')",
        "#set($a = $input)",
        "#if(false)$input.path('$.x')#end",
        "#set($s = \"$input.body\")",
        "#macro(m $a)#end#m($input.body)",
        "$util.urlEncode($input.body)",
        "$list.get($input.json('$.i'))",
        "\\$input.body"
      })
  void aTemplateThatMayReadTheBodySaysSo(String text) throws InvalidTemplate {
    assertTrue(compile(text).readsBody());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "$input.params('body')",
        "$input.params().path.id",
        "$context.stage",
        "#set($s = '$input.body')",
        "$inputs.body",
        "#[[$input.body]]#"
      })
  void aTemplateThatCannotReadTheBodySaysSo(String text) throws InvalidTemplate {
    assertFalse(compile(text).readsBody());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #if(true)x                    |1|1
          a\\n  #set($x = )             |2|13
          a\\nb\\n#end                  |3|5
          #set($x = "a $y.b( z")        |1|20
          $input.json('$[')             |1|18
          \\n#evaluate('x')             |2|1
          """)
  void aRefusalNamesLineAndColumn(String template, int line, int column) {
    InvalidTemplate refused =
        assertThrows(InvalidTemplate.class, () -> compile(template.strip().replace("\\n", "\n")));
    assertEquals(line + ":" + column, refused.line() + ":" + refused.column(), refused::getMessage);
    assertTrue(refused.getMessage().contains("line " + line), refused.getMessage());
  }

  @Test
  void aFailureNamesLineAndColumn() throws InvalidTemplate {
    Template template = compile("a\n  #set($l = [1])$l.get(7)");
    TemplateFailure failed = assertThrows(TemplateFailure.class, () -> render(template, "{}"));
    assertEquals(TemplateFailure.Kind.BAD_ARGUMENT, failed.kind());
    assertEquals("2:17", failed.line() + ":" + failed.column());
    assertTrue(failed.getMessage().contains("index 7"), failed.getMessage());
  }

  @Test
  void nothingIsAskedForThatIsNotUsed() throws InvalidTemplate {
    AtomicInteger asked = new AtomicInteger();
    Input input =
        new Input(
            () -> "" + asked.incrementAndGet(),
            () -> Map.of("a", "" + asked.incrementAndGet()),
            () -> Map.of("b", "" + asked.incrementAndGet()),
            () -> Map.of("c", "" + asked.incrementAndGet()));
    compile("$context.stage x").render(scope(input), Budget.of(1000));
    assertEquals(0, asked.get());
    Template all = compile("$input.params('c') $input.params('c') $input.body $input.json('$')");
    assertEquals("3 3 4 4", all.render(scope(input), Budget.of(1000)));
  }

  @Test
  void theBodyIsParsedOnce() throws InvalidTemplate {
    String body = "[" + "1,".repeat(1000) + "1]";
    Budget once = Budget.of(1_000_000);
    Budget twice = Budget.of(1_000_000);
    compile("$input.path('$[0]')").render(scope(input(body)), once);
    compile("$input.path('$[0]')$input.json('$[1]')").render(scope(input(body)), twice);
    assertTrue(twice.spent() < once.spent() + 100, () -> once.spent() + " " + twice.spent());
  }

  @Test
  void renderingIsPaidFor() throws InvalidTemplate {
    Template template = compile("#foreach($i in [1..100])$i#end");
    assertThrows(BudgetExhausted.class, () -> template.render(scope(input("")), Budget.of(200)));
    Budget budget = Budget.of(10_000);
    template.render(scope(input("")), budget);
    assertTrue(budget.spent() > 200 && budget.spent() < 2000, () -> budget.spent() + " steps");
  }

  @Test
  void theOutputIsNotTrimmed() throws InvalidTemplate {
    assertEquals(" \n x\n ", render(compile(" \n x\n "), ""));
  }

  @Test
  void oneTemplateServesManyThreads() throws Exception {
    Template template =
        compile("#macro(m $a)$a#end#set($n = $input.path('$.n'))#foreach($i in [1..50])#m($n)#end");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> outputs =
          IntStream.range(0, 200)
              .mapToObj(n -> threads.submit(() -> render(template, "{\"n\":" + n + "}")))
              .toList();
      for (int n = 0; n < 200; n++) {
        assertEquals(("" + n).repeat(50), outputs.get(n).get());
      }
    }
  }

  @Test
  void oneRenderingDoesNotSeeAnother() throws InvalidTemplate {
    Template template = compile("$!x#set($x = 'seen')");
    assertEquals("", render(template, ""));
    assertEquals("", render(template, ""));
  }

  private static Template compile(String text) throws InvalidTemplate {
    return Template.compile(text, new RegexPatterns());
  }

  private static String render(Template template, String body) {
    return template.render(scope(input(body)), Budget.of(100_000));
  }

  private static Input input(String body) {
    return new Input(() -> body, Map::of, Map::of, Map::of);
  }

  private static Scope scope(Input input) {
    Facts facts =
        new Facts() {
          @Override
          public Object fact(String name) {
            return null;
          }

          @Override
          public Collection<String> names() {
            return List.of();
          }
        };
    return new Scope(input, facts, Map.of(), new Overrides());
  }
}
