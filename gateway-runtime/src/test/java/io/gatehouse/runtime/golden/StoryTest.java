package io.gatehouse.runtime.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.observe.Stories;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

  @Test
  void aRefusalsStoryEndsWithTheStepThatRefused() throws Exception {
    Stories stories = new Stories(4096);
    try (Door door = new Door("", 10)) {
      door.serve(SampleApi.api("story00001", "dev").mock("GET", "/x", 200, "{}").snapshot(1));
      door.get("/_aws/execute-api/story00001/dev/nosuch");
      Exchange refused = door.exchange();
      stories.over(refused, refused.timeline().start(), 0);
      JsonObject story = stories.of(refused.id()).orElseThrow();
      assertEquals("ROUTE_NOT_FOUND", story.getString("reason"));
      assertEquals("story00001", story.getString("apiId"));
      JsonArray steps = story.getJsonArray("steps");
      assertEquals("FindStage", steps.getJsonObject(0).getString("step"));
      assertEquals("FindMethod", steps.getJsonObject(steps.size() - 1).getString("step"));
      door.get("/_aws/execute-api/story00001/dev/x");
      Exchange served = door.exchange();
      stories.over(served, served.timeline().start(), 0);
      assertEquals(Optional.empty(), stories.of(served.id()));
    }
  }
}
