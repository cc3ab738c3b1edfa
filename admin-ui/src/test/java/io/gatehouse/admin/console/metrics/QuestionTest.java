package io.gatehouse.admin.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.metrics.Question.Fixed;
import io.gatehouse.admin.console.metrics.Question.Last;
import io.gatehouse.admin.console.metrics.Question.Percentile;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Question FIRST = Question.of(Map.of());

  @Test
  void anAddressBringsBackWhatWasLookedAt() {
    Question question =
        FIRST
            .withApi("a1")
            .withStage("prod/Canary")
            .withMethod("GET /pets/{petId}")
            .with(Grouping.METHOD)
            .with(Percentile.P99)
            .with(Last.HALF_DAY);
    assertEquals(question, Question.of(question.parameters()));

    Question fixed = question.with(new Fixed(NOON, NOON.plusSeconds(90)));
    assertEquals(fixed, Question.of(fixed.parameters()));
    assertEquals(Optional.empty(), fixed.with(Last.DAY).fixed(), "the span moves again");
  }

  @Test
  void nonsenseInAnAddressIsWhatIsShownFirst() {
    assertEquals(
        FIRST,
        Question.of(
            Map.of(
                "by", "TABLE",
                "at", "p0",
                "last", "ever",
                "from", "2026-06-01T12:00:00Z",
                "until", "2026-05-01T12:00:00Z")));
    assertEquals(FIRST, Question.of(Map.of("from", "-999999999-01-01T00:00:00Z", "until", "x")));
    assertEquals(
        FIRST,
        Question.of(Map.of("from", "-1000-01-01T00:00:00Z", "until", "2026-05-01T12:00:00Z")));
  }

  @Test
  void whatBelongsToAnotherApiIsNotKept() {
    Question question = FIRST.withApi("a1").withStage("prod").withMethod("GET /");
    assertEquals("", question.withApi("b2").stage());
    assertEquals("", question.withStage("dev").method());
  }

  @Test
  void periodsFitTheSpan() {
    assertEquals(Duration.ofMinutes(1), FIRST.with(Last.THREE_HOURS).asked(NOON).period());
    assertEquals(Duration.ofMinutes(5), FIRST.with(Last.DAY).asked(NOON).period());
    assertEquals(Duration.ofHours(1), FIRST.with(Last.WEEK).asked(NOON).period());
    assertEquals(Duration.ofDays(1), FIRST.with(Last.YEAR).asked(NOON).period());
    assertEquals("POST", FIRST.withMethod("POST /a b").asked(NOON).httpMethod());
    assertEquals("/a b", FIRST.withMethod("POST /a b").asked(NOON).resourcePath());
  }
}
