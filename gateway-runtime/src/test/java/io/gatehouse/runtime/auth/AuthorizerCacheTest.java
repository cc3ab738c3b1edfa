package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.auth.AuthorizerCache.Bounds;
import io.gatehouse.runtime.auth.AuthorizerCache.Key;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** No account and no crowd of callers fills a node with answers. */
class AuthorizerCacheTest {

  private static final String ONE = "111111111111";
  private static final String OTHER = "222222222222";
  private static final Bounds MANY = new Bounds(1_000_000, Long.MAX_VALUE);

  private final Object authorizer = new Object();

  private static AuthorizerAnswer answer(int longer) {
    return AuthorizerAnswer.read(
        ("{\"principalId\":\""
                + "x".repeat(1 + longer)
                + "\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[]}}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private Key key(int number) {
    return new Key(authorizer, "k" + number);
  }

  @Test
  void whatIsKeptIsFoundUntilItsTimeIsUp() {
    AuthorizerCache cache = new AuthorizerCache(MANY, MANY);
    AuthorizerAnswer answer = answer(0);
    cache.put(ONE, key(1), answer, 100);
    assertSame(answer, cache.get(ONE, key(1), 99));
    assertNull(cache.get(ONE, key(1), 100));
    assertEquals(0, cache.size());
    assertEquals(0, cache.bytes());
  }

  @Test
  void theClockMayWrapAround() {
    AuthorizerCache cache = new AuthorizerCache(MANY, MANY);
    cache.put(ONE, key(1), answer(0), Long.MIN_VALUE + 10);
    assertNotNull(cache.get(ONE, key(1), Long.MAX_VALUE));
    assertNull(cache.get(ONE, key(1), Long.MIN_VALUE + 11));
  }

  @Test
  void nothingOfAnotherAccountOrAuthorizerIsFound() {
    AuthorizerCache cache = new AuthorizerCache(MANY, MANY);
    cache.put(ONE, key(1), answer(0), 100);
    assertNull(cache.get(OTHER, key(1), 0));
    assertNull(cache.get(ONE, new Key(new Object(), "k1"), 0));
  }

  @Test
  void anAccountHasSoManyAndTheLeastAskedForMakesWay() {
    AuthorizerCache cache = new AuthorizerCache(new Bounds(3, Long.MAX_VALUE), MANY);
    for (int i = 1; i <= 3; i++) {
      cache.put(ONE, key(i), answer(0), 100);
    }
    cache.put(OTHER, key(1), answer(0), 100);
    assertNotNull(cache.get(ONE, key(1), 0));
    cache.put(ONE, key(4), answer(0), 100);
    assertNotNull(cache.get(ONE, key(1), 0));
    assertNull(cache.get(ONE, key(2), 0));
    assertNotNull(cache.get(OTHER, key(1), 0));
    assertEquals(4, cache.size());
  }

  @Test
  void anAccountHasSoManyBytes() {
    AuthorizerAnswer large = answer(1000);
    AuthorizerCache cache =
        new AuthorizerCache(new Bounds(100, 2L * large.bytes() + large.bytes() / 2), MANY);
    for (int i = 1; i <= 5; i++) {
      cache.put(ONE, key(i), large, 100);
    }
    assertEquals(2, cache.size());
    assertEquals(2L * large.bytes(), cache.bytes());
    assertNotNull(cache.get(ONE, key(5), 0));
  }

  @Test
  void oneLargerThanTheBoundIsNotKept() {
    AuthorizerCache cache = new AuthorizerCache(new Bounds(100, 10), MANY);
    cache.put(ONE, key(1), answer(0), 100);
    assertEquals(0, cache.size());
    assertEquals(0, cache.bytes());
  }

  @Test
  void whereAllTogetherAreTooManyTheOneWithTheMostMakesRoom() {
    AuthorizerCache cache = new AuthorizerCache(MANY, new Bounds(10, Long.MAX_VALUE));
    cache.put(OTHER, key(1), answer(0), 100);
    for (int i = 1; i <= 50; i++) {
      cache.put(ONE, key(i), answer(0), 100);
    }
    assertEquals(10, cache.size());
    assertNotNull(cache.get(OTHER, key(1), 0));
    assertNotNull(cache.get(ONE, key(50), 0));
  }

  @Test
  void anAnswerThatIsReplacedCountsOnce() {
    AuthorizerCache cache = new AuthorizerCache(MANY, MANY);
    cache.put(ONE, key(1), answer(0), 100);
    cache.put(ONE, key(1), answer(50), 200);
    assertEquals(1, cache.size());
    assertEquals(answer(50).bytes(), cache.bytes());
    assertTrue(cache.bytes() > 0);
  }
}
