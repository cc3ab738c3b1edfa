package io.gatehouse.runtime.functions;

import static io.gatehouse.runtime.functions.Mailbox.Verdict.ACCEPTED;
import static io.gatehouse.runtime.functions.Mailbox.Verdict.NOT_NOW;
import static io.gatehouse.runtime.functions.Mailbox.Verdict.WRONG_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private static final Event EVENT = new Event("one", new byte[0], "", 0, "arn", "");
  private final Mailbox mailbox = new Mailbox();

  private static Outcome outcome(String body) {
    return Outcome.returned(body.getBytes());
  }

  @Test
  void anEventGoesToWhoeverAsksAndItsAnswerComesBack() throws InterruptedException {
    Outcome answer = outcome("x");
    assertEquals(ACCEPTED, mailbox.next(event -> mailbox.respond(event.id(), answer)));
    assertSame(answer, mailbox.give(EVENT, 0));
    assertEquals(NOT_NOW, mailbox.respond("one", answer));
    assertEquals(ACCEPTED, mailbox.next(event -> {}));
    assertEquals(WRONG_ID, mailbox.respond("one", answer));
  }

  @Test
  void nobodyAsksTwiceOrBeforeItHasAnswered() throws InterruptedException {
    assertEquals(ACCEPTED, mailbox.next(event -> {}));
    assertEquals(NOT_NOW, mailbox.next(event -> {}));
    assertNull(mailbox.give(EVENT, 0));
    assertEquals(NOT_NOW, mailbox.next(event -> {}));
    assertEquals(WRONG_ID, mailbox.respond("two", outcome("x")));
    assertEquals(NOT_NOW, mailbox.initError(outcome("x")));
  }

  @Test
  void whoeverHangsUpAsksNoMore() throws InterruptedException {
    Consumer<Event> taker = event -> {};
    mailbox.next(taker);
    mailbox.forget(taker);
    assertFalse(mailbox.awaitAsking(0));
    assertSame(Outcome.NOT_TAKEN, mailbox.give(EVENT, 0));
  }

  @Test
  void theFirstReasonOfAnEndCounts() throws InterruptedException {
    mailbox.next(
        event -> {
          mailbox.exited(Exit.OUT_OF_MEMORY);
          mailbox.exited(Exit.of(1));
        });
    assertEquals("Runtime.OutOfMemory", mailbox.give(EVENT, 0).error());
    assertFalse(mailbox.alive());
    assertEquals(NOT_NOW, mailbox.next(event -> {}));
  }

  @Test
  void aFailedStartIsToldAsItWasReported() throws InterruptedException {
    Outcome reported = Outcome.reported("{}".getBytes(), "Odd");
    assertTrue(mailbox.alive());
    assertEquals(ACCEPTED, mailbox.initError(reported));
    mailbox.exited(Exit.of(1));
    assertFalse(mailbox.awaitAsking(0));
    assertSame(reported, mailbox.initFailure("one"));
  }
}
