package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.FunctionLog;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import org.junit.jupiter.api.Test;

class StoriesTest {

  private final Stories stories = new Stories(1 << 20);

  private void failed(String id, String... lines) {
    Request request =
        new Request(
            "GET", "/", "", "x", new HeaderList(), Body.EMPTY, "10.0.0.9", "https", "HTTP/1.1");
    Exchange x = new Exchange(request, id, "extended", "Root=1-2-3", 0, new Timeline(0));
    FunctionLog log = new FunctionLog();
    x.functionLog(log);
    for (String line : lines) {
      log.add(line);
    }
    x.refusal(
        GatewayException.of(ResponseType.DEFAULT_5XX, Reason.LAMBDA_FUNCTION_ERROR)
            .with("ValueError: no"));
    stories.over(x, 0, 0);
  }

  @Test
  void aStoryTellsWhatTheFunctionWrote() {
    failed("one", "START", "no luck");
    assertEquals(
        "[\"START\",\"no luck\"]",
        stories.of("one").orElseThrow().getJsonArray("functionLog").toString());
    failed("two");
    assertFalse(stories.of("two").orElseThrow().containsKey("functionLog"));
  }

  @Test
  void whatFunctionsWroteMakesWayBeforeStoriesDo() {
    for (int i = 0; i < 400; i++) {
      failed("id" + i, "x".repeat(60_000));
    }
    assertFalse(stories.of("id0").orElseThrow().containsKey("functionLog"));
    assertEquals("ValueError: no", stories.of("id0").orElseThrow().getString("detail"));
    assertTrue(stories.of("id399").orElseThrow().containsKey("functionLog"));
    assertTrue(stories.of("id200").orElseThrow().containsKey("functionLog"));
  }

  @Test
  void theOldestMakeWayAndTheLastHalfIsAlwaysThere() {
    int many = 20_000;
    for (int i = 0; i < many; i++) {
      failed("id" + i);
    }
    assertTrue(stories.of("id0").isEmpty());
    assertTrue(stories.of("id1").isEmpty());
    for (int i = many - 1_000; i < many; i++) {
      assertEquals("id" + i, stories.of("id" + i).orElseThrow().getString("requestId"));
    }
    assertTrue(stories.of("id").isEmpty());
  }

  @Test
  void aStoryThatIsLongerThanTheRoomIsNotKeptAndOthersAre() {
    RecentBytes few = new RecentBytes(100);
    few.add("a", new byte[] {1});
    few.add("b", new byte[50]);
    few.add("a", new byte[] {2, -3});
    assertTrue(few.find("b").isEmpty());
    assertArrayEquals(new byte[] {2, -3}, few.find("a").orElseThrow());
    few.add("c", new byte[40]);
    assertArrayEquals(new byte[] {2, -3}, few.find("a").orElseThrow());
    few.add("d", new byte[40]);
    assertTrue(few.find("a").isEmpty());
    assertEquals(40, few.find("c").orElseThrow().length);
  }
}
