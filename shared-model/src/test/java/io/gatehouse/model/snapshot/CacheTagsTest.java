package io.gatehouse.model.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;

class CacheTagsTest {

  private static Stage tagged(String tag, String value) {
    return Stage.builder().tags(Map.of(tag, value)).build();
  }

  private static int stale(String value) {
    return CacheTags.staleIfErrorSeconds(tagged(CacheTags.STALE_IF_ERROR, value));
  }

  @Test
  void secondsAreANumberWithinADay() {
    assertEquals(90, stale("90"));
    assertEquals(86_400, stale("999999"));
    for (String nonsense : new String[] {"", "-1", "1h", "1.5", "9999999"}) {
      assertEquals(0, stale(nonsense), nonsense);
    }
    assertEquals(0, CacheTags.staleIfErrorSeconds(Stage.builder().build()));
  }

  @Test
  void onlyTheWordItselfSwitchesSomethingOn() {
    assertTrue(CacheTags.isPublic(tagged(CacheTags.SHARING, "public")));
    assertFalse(CacheTags.isPublic(tagged(CacheTags.SHARING, "Public")));
    assertFalse(CacheTags.isPublic(Stage.builder().build()));
    assertTrue(CacheTags.showsHits(tagged(CacheTags.HEADER, "on")));
    assertFalse(CacheTags.showsHits(tagged(CacheTags.HEADER, "true")));
    assertFalse(CacheTags.showsHits(Stage.builder().build()));
  }
}
