package io.gatehouse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a system's clock and a control plane's that are set as nobody should set them. */
class NodeClockTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  /** What the time really is; the monotonic clock goes by it, from anywhere. */
  private long truth = Instant.parse("2026-11-30T08:00:00Z").toEpochMilli();

  /** By how much the system's clock is ahead of it, and the control plane's. */
  private long ahead;

  private long controlAhead;
  private NodeClock clock;

  @BeforeEach
  void restart() throws IOException {
    clock =
        new NodeClock(
            directory.resolve("clock"),
            () -> Instant.ofEpochMilli(truth + ahead),
            () -> (truth - 1_800_000_000_000L) * 1_000_000);
  }

  private void setTo(Duration ahead) {
    this.ahead = ahead.toMillis();
  }

  /** The node ticks, and hears of the control plane every five minutes. */
  private void pass(Duration time) {
    pass(time, this::tell);
  }

  /** Without the control plane. */
  private void passAlone(Duration time) {
    pass(time, () -> {});
  }

  private void pass(Duration time, Runnable each) {
    each.run();
    clock.tick();
    long step = Duration.ofMinutes(5).toMillis();
    for (long left = time.toMillis(); left > 0; left -= step) {
      truth += Math.min(left, step);
      each.run();
      clock.tick();
    }
  }

  private void tell() {
    clock.told(truth + controlAhead);
  }

  private void isAhead(Duration by) {
    assertEquals(truth + by.toMillis(), clock.millis());
    assertEquals(Instant.ofEpochMilli(truth + by.toMillis()), clock.instant());
  }

  @Test
  void theSystemsClockIsFollowedAsLongAsItIsSensible() {
    isAhead(Duration.ZERO);
    passAlone(HOUR);
    setTo(Duration.ofSeconds(2));
    isAhead(Duration.ofSeconds(2));
  }

  @Test
  void aClockThatIsSetBackIsNotFollowed() {
    setTo(HOUR.negated());
    isAhead(Duration.ZERO);
    pass(DAY);
    isAhead(Duration.ZERO);
    passAlone(DAY);
    isAhead(Duration.ZERO);
  }

  @Test
  void whatIsKnownOutlivesARestart() throws Exception {
    passAlone(HOUR);
    setTo(HOUR.negated());
    restart();
    isAhead(Duration.ZERO);
    passAlone(DAY);
    restart();
    isAhead(Duration.ZERO);
  }

  @Test
  void aNodeThatWasOffTakesTheSystemsWordAndThenKeepsIt() throws Exception {
    passAlone(HOUR);
    truth += DAY.toMillis();
    restart();
    isAhead(Duration.ZERO);
    pass(Duration.ofMinutes(5));
    setTo(HOUR.negated());
    isAhead(Duration.ZERO);
  }

  @Test
  void aNodeThatKnowsNothingTakesTheControlPlanesWord() throws Exception {
    setTo(DAY.negated());
    restart();
    isAhead(DAY.negated());
    tell();
    isAhead(Duration.ZERO);
    pass(DAY);
    isAhead(Duration.ZERO);
  }

  @Test
  void anOldWordThatComesLateMakesNoNodeSure() throws Exception {
    setTo(DAY.negated());
    restart();
    clock.told(truth - DAY.toMillis());
    tell();
    isAhead(Duration.ZERO);
  }

  @Test
  void aNodeThatIsSureOfItsTimeDoesNotFollowAControlPlaneThatGoesAstray() {
    pass(HOUR);
    controlAhead = DAY.toMillis();
    pass(DAY);
    isAhead(Duration.ZERO);
  }

  @Test
  void aLeapForwardCountsAtOnceAndIsForgottenWhenItIsMendedWithinTheHour() {
    setTo(DAY);
    isAhead(DAY);
    pass(Duration.ofMinutes(50));
    setTo(Duration.ZERO);
    isAhead(Duration.ZERO);
    passAlone(Duration.ofMinutes(1));
    setTo(DAY);
    passAlone(Duration.ofMinutes(50));
    setTo(Duration.ZERO);
    isAhead(Duration.ZERO);
  }

  @Test
  void aLeapForwardIsRememberedWhenTheControlPlaneAgreesOrItHasStoodForAnHour() {
    setTo(HOUR);
    controlAhead = HOUR.toMillis();
    pass(Duration.ZERO);
    setTo(Duration.ZERO);
    isAhead(HOUR);
    setTo(DAY);
    passAlone(NodeClock.BELIEVED_AFTER);
    setTo(Duration.ZERO);
    isAhead(DAY);
  }

  @Test
  void aMendedClockIsBelievedWhenTheControlPlaneHasAgreedForAnHour() throws Exception {
    setTo(DAY);
    controlAhead = DAY.toMillis();
    pass(HOUR);
    setTo(Duration.ZERO);
    controlAhead = 0;
    pass(Duration.ofMinutes(55));
    isAhead(DAY);
    pass(Duration.ofMinutes(5));
    isAhead(Duration.ZERO);
    restart();
    isAhead(Duration.ZERO);
  }

  @Test
  void theHourBeginsAnewWhenTheControlPlaneDisagreesOrIsSilent() {
    pass(HOUR);
    setTo(HOUR.negated());
    controlAhead = ahead;
    pass(Duration.ofMinutes(55));
    controlAhead = 0;
    pass(Duration.ofMinutes(5));
    controlAhead = ahead;
    pass(Duration.ofMinutes(40));
    passAlone(Duration.ofMinutes(15));
    pass(Duration.ofMinutes(55));
    isAhead(Duration.ZERO);
    pass(Duration.ofMinutes(5));
    isAhead(HOUR.negated());
  }

  @Test
  void aFileThatHoldsNoTimeIsNone() throws Exception {
    Files.writeString(directory.resolve("clock"), "noon");
    restart();
    isAhead(Duration.ZERO);
    clock.tick();
    assertEquals("" + truth, Files.readString(directory.resolve("clock")));
  }
}
