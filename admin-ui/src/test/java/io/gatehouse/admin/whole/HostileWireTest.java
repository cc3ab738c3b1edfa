package io.gatehouse.admin.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.whole.WireCall.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever is sent to an operation, it answers a clear refusal or does a legal thing: it neither
 * breaks nor tells of its inside, and what it refuses leaves nothing behind.
 */
@Tag("slow")
class HostileWireTest {

  private static final int MOST_SHOWN = 10;

  /** What only a program's inside looks like; one sentence of the vendor's names a Java class. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\tat |(java|javax|jakarta|io\\.gatehouse|org\\.\\w+|software\\.amazon)\\.(?!lang\\.Boolean"
              + " can)\\w+|SQL|NullPointer|IndexOutOf|ClassCast");

  private static final Logger AUDIT = Logger.getLogger("io.gatehouse.audit");
  private static WholeHouse house;
  private static Fingerprint fingerprint;

  @BeforeAll
  static void open() {
    house = new WholeHouse();
    fingerprint = new Fingerprint(house.database().dataSource());
    AUDIT.setLevel(Level.OFF);
  }

  @AfterAll
  static void close() throws Exception {
    AUDIT.setLevel(null);
    house.close();
  }

  @Test
  void something_left_behind_would_be_noticed() {
    World world = new World(house.api(), "699999999999");
    long before = fingerprint.content();
    WireCall call = WireCall.all().get("CreateApiKey");
    Line line = new Hostility(call, world).honest();
    Answered answer =
        house.api().call(world.account(), call.verb(), line.path(), line.query(), line.body());

    assertEquals(201, answer.status());
    assertNotEquals(before, fingerprint.content());
  }

  @Test
  void an_inside_would_be_noticed() {
    assertTrue(INSIDE.matcher("java.lang.NullPointerException: x").find());
    assertTrue(INSIDE.matcher("\tat io.gatehouse.admin.Door.open(Door.java:1)").find());
    assertFalse(INSIDE.matcher("class java.lang.Boolean can not be converted to an String").find());
  }

  @TestFactory
  Stream<DynamicTest> whatever_is_sent_is_refused_in_words_or_done() {
    List<WireCall> calls = new ArrayList<>(WireCall.all().values());
    calls.addAll(WireCall.ofFunctions().values());
    return calls.stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.service() + " " + call.operation(),
                    () -> attack(call, 700_000_000_000L + calls.indexOf(call))));
  }

  private static void attack(WireCall call, long account) {
    World world = new World(house.api(), Long.toString(account));
    List<Hostility.Attack> attacks = new Hostility(call, world).attacks();
    assertTrue(
        attacks.size() > 10 || call.request().stream().noneMatch(field -> true),
        () -> "only " + attacks.size() + " attacks");
    List<String> broken = new ArrayList<>();
    boolean writes = !call.verb().equals("GET");
    for (Hostility.Attack attack : attacks) {
      Line line = attack.line();
      long before = writes ? fingerprint.content() : 0;
      Answered answer =
          house
              .api()
              .call(
                  call.service(),
                  world.account(),
                  call.verb(),
                  line.path(),
                  line.query(),
                  line.body());
      String wrong = wrong(answer);
      boolean refused = wrong.isEmpty() && answer.status() >= 400;
      if (writes && refused && fingerprint.content() != before) {
        wrong = "left something behind, answering " + answer.status() + " " + answer.text();
      }
      if (!wrong.isEmpty()) {
        broken.add(attack.what() + ": " + wrong);
      }
    }
    assertEquals(
        List.of(),
        broken.subList(0, Math.min(MOST_SHOWN, broken.size())),
        () -> broken.size() + " of " + attacks.size());
  }

  /** Empty for an answer that has nothing wrong. */
  private static String wrong(Answered answer) {
    String text = answer.text();
    boolean unbuilt = answer.status() == 501 && text.contains("is not built yet");
    if (answer.status() >= 500 && !unbuilt) {
      return answer.status() + " " + text;
    }
    if (answer.status() < 400) {
      return "";
    }
    if (answer.headers().getOrDefault("x-amzn-ErrorType", "").isEmpty()
        || !text.matches("\\{(\"Type\":\"User\",)?\"[mM]essage\":\"(?s:.*)")
        || text.length() < 20) {
      return "not clear: " + answer.status() + " " + text;
    }
    return INSIDE.matcher(text).find() ? "tells of the inside: " + text : "";
  }
}
