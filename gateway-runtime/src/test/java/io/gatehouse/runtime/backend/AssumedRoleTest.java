package io.gatehouse.runtime.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssumedRoleTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/api";
  private static final AwsKeys OWN = new AwsKeys("AKIDOWN", "own", Optional.empty());
  private static final GatewayException REFUSED =
      GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.ASSUME_ROLE_REFUSED);

  private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final List<Promise<AssumedRole.Session>> asked = new ArrayList<>();
  private final List<AssumedRole.Question> questions = new ArrayList<>();
  private KeySource by = region -> Future.succeededFuture(OWN);

  private AssumedRole role() {
    return new AssumedRole(
        "123456789012",
        ROLE,
        Optional.of("ext"),
        region -> by.keys(region),
        (question, keys) -> {
          assertSame(OWN, keys);
          Promise<AssumedRole.Session> answer = Promise.promise();
          synchronized (asked) {
            questions.add(question);
            asked.add(answer);
          }
          return answer.future();
        },
        () -> now);
  }

  private AwsKeys answer(int index, String id, Duration lifetime) {
    AwsKeys keys = new AwsKeys(id, "s", Optional.of("t"));
    asked.get(index).complete(new AssumedRole.Session(keys, now.plus(lifetime)));
    return keys;
  }

  @Test
  void stsIsAskedOnceForAsLongAsTheKeysAreGood() {
    AssumedRole role = role();
    Future<AwsKeys> first = role.keys("eu-west-1");
    assertFalse(first.isComplete());
    AwsKeys keys = answer(0, "A1", Duration.ofHours(1));
    assertSame(keys, first.result());
    now = now.plus(Duration.ofMinutes(54));
    assertSame(keys, role.keys("eu-west-1").result());
    assertEquals(1, asked.size());
    assertEquals(
        new AssumedRole.Question("123456789012", "eu-west-1", ROLE, Optional.of("ext")),
        questions.getFirst());
  }

  @Test
  void shortlyBeforeTheyExpireNewOnesAreFetchedWhileTheOldOnesServe() {
    AssumedRole role = role();
    role.keys("r");
    AwsKeys old = answer(0, "A1", Duration.ofHours(1));
    now = now.plus(Duration.ofMinutes(56));
    assertSame(old, role.keys("r").result());
    assertSame(old, role.keys("r").result());
    assertEquals(2, asked.size());
    AwsKeys renewed = answer(1, "A2", Duration.ofHours(1));
    assertSame(renewed, role.keys("r").result());
    assertEquals(2, asked.size());
  }

  @Test
  void keysThatHaveExpiredAreNotUsedAgain() {
    AssumedRole role = role();
    role.keys("r");
    answer(0, "A1", Duration.ofHours(1));
    now = now.plus(Duration.ofHours(1));
    Future<AwsKeys> next = role.keys("r");
    assertFalse(next.isComplete());
    assertSame(answer(1, "A2", Duration.ofHours(1)), next.result());
  }

  @Test
  void keysOfAShortLifeAreRenewedInItsLastQuarter() {
    AssumedRole role = role();
    role.keys("r");
    answer(0, "A1", Duration.ofSeconds(40));
    now = now.plusSeconds(29);
    role.keys("r");
    assertEquals(1, asked.size());
    now = now.plusSeconds(2);
    role.keys("r");
    assertEquals(2, asked.size());
  }

  @Test
  void aFailureIsBelievedForAWhile() {
    AssumedRole role = role();
    Future<AwsKeys> waiting = role.keys("r");
    asked.get(0).fail(REFUSED);
    assertSame(REFUSED, waiting.cause());
    now = now.plusSeconds(4);
    assertSame(REFUSED, role.keys("r").cause());
    assertEquals(1, asked.size());
    now = now.plusSeconds(2);
    Future<AwsKeys> again = role.keys("r");
    assertEquals(2, asked.size());
    assertSame(answer(1, "A1", Duration.ofHours(1)), again.result());
  }

  @Test
  void aFailureToRenewLeavesTheOldKeysUntilTheyExpire() {
    AssumedRole role = role();
    role.keys("r");
    AwsKeys old = answer(0, "A1", Duration.ofHours(1));
    now = now.plus(Duration.ofMinutes(56));
    role.keys("r");
    asked.get(1).fail(REFUSED);
    assertSame(old, role.keys("r").result());
    assertEquals(2, asked.size());
    now = now.plusSeconds(6);
    assertSame(old, role.keys("r").result());
    assertEquals(3, asked.size());
    now = now.plus(Duration.ofMinutes(4));
    asked.get(2).fail(REFUSED);
    assertSame(REFUSED, role.keys("r").cause());
  }

  @Test
  void keysThatAssumeTheRoleMayFailThemselves() {
    by = region -> Future.failedFuture(REFUSED);
    assertSame(REFUSED, role().keys("r").cause());
    assertEquals(0, asked.size());
  }

  @Test
  void aBugOnTheWayIsNotSwallowed() {
    AssumedRole role = role();
    Future<AwsKeys> waiting = role.keys("r");
    asked.get(0).fail(new IllegalStateException("x"));
    assertEquals(Reason.BUG, ((GatewayException) waiting.cause()).reason());
  }

  @Test
  void ofManyAtOnceOneAsks() throws Exception {
    AssumedRole role = role();
    int many = 64;
    CountDownLatch start = new CountDownLatch(1);
    List<Future<AwsKeys>> waiting = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < many; i++) {
        threads.submit(
            () -> {
              start.await();
              Future<AwsKeys> keys = role.keys("r");
              synchronized (waiting) {
                waiting.add(keys);
              }
              return null;
            });
      }
      start.countDown();
      threads.shutdown();
      assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    }
    assertEquals(1, asked.size());
    AwsKeys keys = answer(0, "A1", Duration.ofHours(1));
    assertEquals(many, waiting.size());
    waiting.forEach(one -> assertSame(keys, one.result()));
  }
}
