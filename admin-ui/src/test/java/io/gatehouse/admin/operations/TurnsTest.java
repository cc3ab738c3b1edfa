package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns("tests", 2, 3);

  @Test
  void anAccountHasNoMoreThanItsShareAndGetsItBack() {
    Turns.Turn first = turns.take("a");
    turns.take("a");
    ApiError refusal = assertThrows(ApiError.class, () -> turns.take("a"));
    assertEquals(429, refusal.kind().status());
    assertEquals("Too many tests at once; at most 2 for each account", refusal.getMessage());

    first.close();
    turns.take("a");
  }

  @Test
  void allTogetherHaveNoMoreThanThereIs() {
    turns.take("a");
    turns.take("a");
    turns.take("b");
    assertThrows(ApiError.class, () -> turns.take("c"));
  }
}
