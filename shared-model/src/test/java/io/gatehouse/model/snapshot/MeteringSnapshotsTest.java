package io.gatehouse.model.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Quota.Period;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import io.gatehouse.model.wire.ApiError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteringSnapshotsTest {

  private static final String ACCOUNT = "111111111111";
  private static final long MONDAY = day("2026-11-30");
  private static final Quota MONTHLY = new Quota(100, 30, Period.MONTH);

  @Test
  void aPlanTravelsWithItsLimits() throws Exception {
    PlanSnapshot sent =
        new PlanSnapshot(
            3,
            ACCOUNT,
            "plan01",
            Set.of("api1:prod", "api1:dev"),
            Optional.of(new RateLimit(2.5, 7)),
            Optional.of(new Quota(1000, 10, Period.WEEK)),
            Map.of("api1:prod", Map.of("/pets/{id}/GET", new RateLimit(0, 0))),
            WhenUnreachable.SERVE);

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void aPlanWithoutLimitsTravels() throws Exception {
    PlanSnapshot sent = new PlanSnapshot(3, ACCOUNT, "plan01", Set.of("api1:prod"));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void thePlanOfAnOlderControlPlaneHasNoLimits() throws Exception {
    String json = "{\"account\":\"111111111111\",\"planId\":\"p\",\"apiStages\":[\"a:b\"]}";

    assertEquals(new PlanSnapshot(1, ACCOUNT, "p", Set.of("a:b")), decode("plan", json));
  }

  @Test
  void aKeyTravelsWithWhatItMayUse() throws Exception {
    KeySnapshot sent =
        new KeySnapshot(
            4,
            ACCOUNT,
            "key01",
            "ab".repeat(32),
            true,
            Set.of("p1", "p2"),
            Map.of("p1", MONDAY),
            Map.of("p1", new Quota.Total(Period.MONTH, day("2026-11-01"), 5_000_000_000L)));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void theKeyOfAnOlderControlPlaneHasBeenInItsPlansForLong() throws Exception {
    String json =
        "{\"account\":\"111111111111\",\"keyId\":\"k\",\"sha256\":\"ab\",\"enabled\":true,"
            + "\"planIds\":[\"p\"]}";

    assertEquals(
        new KeySnapshot(1, ACCOUNT, "k", "ab", true, Set.of("p"), Map.of(), Map.of()),
        decode("key", json));
  }

  @Test
  void anAccountTravels() throws Exception {
    AccountSnapshot sent = new AccountSnapshot(5, ACCOUNT, new RateLimit(50, 20));

    assertEquals(sent, SnapshotCodec.decode(SnapshotCodec.encode(sent)));
  }

  @Test
  void theOperatorSaysWhatAccountsHaveThatHaveNoLimitOfTheirOwn() {
    assertEquals(new RateLimit(10_000, 5_000), RateLimit.ofAccounts(Map.of()));
    assertEquals(
        new RateLimit(7, 8),
        RateLimit.ofAccounts(
            Map.of("GATEHOUSE_ACCOUNT_RATE_LIMIT", "7", "GATEHOUSE_ACCOUNT_BURST_LIMIT", " 8 ")));
    for (String wrong : List.of("-1", "1.5", "many", "10000001")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> RateLimit.ofAccounts(Map.of("GATEHOUSE_ACCOUNT_BURST_LIMIT", wrong)))
              .getMessage();
      assertTrue(message.startsWith("GATEHOUSE_ACCOUNT_BURST_LIMIT is " + wrong), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"throttle\":{\"rate\":-1,\"burst\":1}",
        "\"throttle\":{\"rate\":1}",
        "\"quota\":{\"limit\":1,\"offset\":0,\"period\":\"YEAR\"}",
        "\"quota\":{\"limit\":-1,\"offset\":0,\"period\":\"DAY\"}",
        "\"methodThrottles\":{\"a:b\":1}"
      })
  void aLimitThatIsNoneIsNotRead(String member) {
    String json = "{\"account\":\"1\",\"planId\":\"p\",\"apiStages\":[]," + member + "}";

    assertThrows(UnreadableSnapshot.class, () -> decode("plan", json));
  }

  @ParameterizedTest
  @CsvSource({
    "DAY,   2026-11-30, 2026-11-30, 2026-12-01",
    "WEEK,  2026-11-28, 2026-11-22, 2026-11-29",
    "WEEK,  2026-11-29, 2026-11-29, 2026-12-06",
    "WEEK,  1969-12-31, 1969-12-28, 1970-01-04",
    "MONTH, 2026-11-30, 2026-11-01, 2026-12-01",
    "MONTH, 2024-02-29, 2024-02-01, 2024-03-01"
  })
  void periodsAreOfTheCalendar(Period period, LocalDate day, LocalDate start, LocalDate end) {
    assertEquals(start.toEpochDay(), period.startOf(day.toEpochDay()));
    assertEquals(end.toEpochDay(), period.endOf(day.toEpochDay()));
  }

  @Test
  void theOffsetIsTakenOffInTheFirstPeriodOnly() {
    KeySnapshot key = key(Map.of("p", MONDAY), Map.of());

    assertEquals(70, key.allowed("p", MONTHLY, MONDAY));
    assertEquals(100, key.allowed("p", MONTHLY, MONDAY + 1));
    assertEquals(100, key.allowed("other", MONTHLY, MONDAY));
    assertEquals(0, key.allowed("p", new Quota(10, 30, Period.MONTH), MONDAY));
  }

  @Test
  void whatSomebodySaidHoldsForItsPeriodAlone() {
    Quota.Total said = new Quota.Total(Period.MONTH, day("2026-11-01"), 500);
    KeySnapshot key = key(Map.of("p", MONDAY), Map.of("p", said));

    assertEquals(500, key.allowed("p", MONTHLY, MONDAY));
    assertEquals(100, key.allowed("p", MONTHLY, MONDAY + 1));
    assertEquals(70, key.allowed("p", new Quota(100, 30, Period.DAY), MONDAY));
  }

  @Test
  void aPlansTagSaysWhatToDoWithoutTheCluster() {
    assertEquals(WhenUnreachable.REFUSE, WhenUnreachable.of(Map.of()));
    assertEquals(WhenUnreachable.SERVE, WhenUnreachable.of(Map.of(WhenUnreachable.TAG, "serve")));
    assertEquals(WhenUnreachable.REFUSE, WhenUnreachable.of(Map.of(WhenUnreachable.TAG, "Serve")));
    WhenUnreachable.check(Map.of(WhenUnreachable.TAG, "refuse"));
    ApiError refused =
        assertThrows(
            ApiError.class, () -> WhenUnreachable.check(Map.of(WhenUnreachable.TAG, "Serve")));
    assertTrue(refused.getMessage().contains("gatehouse:when-unreachable: Serve"));
  }

  private static KeySnapshot key(Map<String, Long> joined, Map<String, Quota.Total> totals) {
    return new KeySnapshot(1, ACCOUNT, "k", "ab", true, Set.of("p"), joined, totals);
  }

  private static long day(String text) {
    return LocalDate.parse(text).toEpochDay();
  }

  private static Snapshot decode(String kind, String json) throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head = "gatehouse 1 " + kind + " 1 " + SnapshotCodec.sha256(bytes) + "\n";
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return SnapshotCodec.decode(out.toByteArray());
  }
}
