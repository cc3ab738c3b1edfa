package io.gatehouse.admin.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.observed.RequestRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterStoriesTest {

  private static final String STORY =
      """
      {"requestId":"r1","requestTime":"2026-06-01T12:00:00Z","httpMethod":"GET","path":"/x",
       "status":403,"responseType":"MISSING_AUTHENTICATION_TOKEN","reason":"API_NOT_FOUND",
       "because":"no API with this id is deployed","responseLatencyMicros":120,
       "steps":[{"step":"FindStage","micros":80}]}
      """;

  @Test
  void aStoryIsToldAsARecord() {
    RequestRecord record = ClusterStories.record(STORY).orElseThrow();

    assertEquals("API_NOT_FOUND", record.answer().refusal().reason());
    assertNull(record.answer().refusal().detail());
    assertEquals("", record.place().accountId());
    assertEquals(List.of(new RequestRecord.Step("FindStage", 80)), record.steps());
  }

  @Test
  void whatIsToldBesidesComesAlong() {
    String more =
        STORY.replace(
            "\"status\"",
            "\"accountId\":\"111111111111\",\"apiId\":\"a\",\"stage\":\"s\",\"deploymentId\":\"d\","
                + "\"detail\":\"what\",\"integrationLatencyMicros\":7,\"cache\":\"miss\","
                + "\"functionLog\":[\"hello\"],\"status\"");
    RequestRecord record = ClusterStories.record(more).orElseThrow();

    assertEquals("111111111111", record.place().accountId());
    assertEquals("what", record.answer().refusal().detail());
    assertEquals(7, record.answer().integration().latencyMicros());
    assertEquals("MISS", record.answer().cache());
    assertEquals("hello", record.execution().getFirst().text());
  }

  @Test
  void whatIsNotUnderstoodIsNothing() {
    for (String story : List.of("", "[]", "{}", "no", STORY.replace("12:00", "noon"))) {
      assertEquals(Optional.empty(), ClusterStories.record(story), story);
    }
  }
}
