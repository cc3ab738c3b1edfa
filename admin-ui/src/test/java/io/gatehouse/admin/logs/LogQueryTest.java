package io.gatehouse.admin.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.logs.LogQuery.Beginning;
import io.gatehouse.admin.logs.LogQuery.Between;
import io.gatehouse.admin.logs.LogQuery.Clause;
import io.gatehouse.admin.logs.LogQuery.Condition;
import io.gatehouse.admin.logs.LogQuery.Exact;
import io.gatehouse.admin.logs.LogQuery.Like;
import io.gatehouse.admin.logs.LogQuery.Phrase;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogQueryTest {

  private static Condition only(String text) {
    List<Clause> clauses = LogQuery.parse(text).clauses();
    assertEquals(1, clauses.size(), text);
    return clauses.getFirst().condition();
  }

  @Test
  void wordsAndQuotesAreLookedForInTexts() {
    assertEquals(new Phrase(List.of("timeout")), only("Timeout"));
    assertEquals(new Phrase(List.of("connection", "refused")), only("\"connection refused\""));
    assertEquals(new Phrase(List.of("10", "0", "0", "5")), only("10.0.0.5"));
    assertEquals(new Beginning("time"), only("time*"));
    assertEquals(List.of(), LogQuery.parse("  \t ").clauses());
  }

  @Test
  void fieldsAreLookedForAsTheyAreSpelled() {
    assertEquals(new Exact(LogField.METHOD, "POST"), only("method:post"));
    assertEquals(new Exact(LogField.REASON, "THROTTLED_BY_PLAN"), only("reason:throttled_by_plan"));
    assertEquals(new Like(LogField.PATH, "/pets/*"), only("path:/pets/*"));
    assertEquals(new Exact(LogField.PATH, "/a b"), only("path:\"/a b\""));
    assertEquals(new Exact(LogField.STAGE, "prod"), only("Stage:prod"));
  }

  @ParameterizedTest
  @CsvSource({
    "status:429, STATUS, 429, 429",
    "status:5xx, STATUS, 500, 599",
    "status:>=500, STATUS, 500, 9223372036854775807",
    "status:<400, STATUS, 0, 399",
    "status:400-499, STATUS, 400, 499",
    "latency:>500, LATENCY, 501000, 9223372036854775807",
    "latency:<20ms, LATENCY, 0, 19999",
    "latency:>=2s, LATENCY, 2000000, 9223372036854775807",
    "latency:20, LATENCY, 20000, 20999",
    "latency:100-200, LATENCY, 100000, 200999",
  })
  void numbersAreRanges(String text, LogField field, long least, long most) {
    assertEquals(new Between(field, least, most), only(text));
  }

  @Test
  void aMinusExcludes() {
    List<Clause> clauses = LogQuery.parse("-stage:dev cat -\"a dog\"").clauses();

    assertEquals(List.of(true, false, true), clauses.stream().map(Clause::excluded).toList());
    assertEquals(
        List.of("-stage:dev", "cat", "-\"a dog\""), clauses.stream().map(Clause::written).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat colour:red | 'colour:red'",
        "status:many | 'status:many'",
        "status:5s | 'status:5s'",
        "latency:slow | 'latency:slow'",
        "stage: | 'stage:'",
        "cat \"dog | '\"dog'",
        "*dog | '*dog'",
        "d* | 'd*'",
        "cat - dog | '-'",
        "path:*a*b*c*d*e* | 'path:*a*b*c*d*e*'",
        "http://pets | 'http://pets'",
      })
  void whatIsNotUnderstoodIsNamed(String text, String word) {
    ApiError error = assertThrows(ApiError.class, () -> LogQuery.parse(text.strip()));

    assertEquals(ApiError.Kind.BAD_REQUEST, error.kind());
    assertTrue(
        error.getMessage().startsWith("'" + word + "' is not understood"), error.getMessage());
  }

  @Test
  void queriesAreBounded() {
    assertThrows(ApiError.class, () -> LogQuery.parse("a ".repeat(33)));
    assertThrows(ApiError.class, () -> LogQuery.parse("a".repeat(1001)));
    assertThrows(ApiError.class, () -> LogQuery.parse("\"" + "a ".repeat(33) + "\""));
  }

  /** Whatever is typed is a query or an error that says something. */
  @Test
  void noTextBreaksTheParser() {
    Random random = new Random(7);
    String alphabet = "ab:*\"-\\?.<>=05x status:latency:path:\u00e9\ud83d\ude00\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        LogClauses.of(Requests.ANN, LogQuery.parse(text.toString()));
      } catch (ApiError refused) {
        assertFalse(refused.getMessage().isBlank());
      }
    }
  }
}
