package io.gatehouse.runtime.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written must be read as what it was. */
class JsonBytesTest {

  private static final int TIMES = 20_000;

  private static Object read(JsonBytes json) {
    return Json.parse(new String(json.whole(), UTF_8), Budget.of(Long.MAX_VALUE));
  }

  /** Of all the kinds of characters, odd ones more often than they are. */
  private static String text(Random random) {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> out.append((char) random.nextInt(0x20));
        case 1 -> out.append(random.nextBoolean() ? '"' : '\\');
        case 2 -> out.append((char) (0x80 + random.nextInt(0x780)));
        case 3 -> out.append((char) (0x800 + random.nextInt(0xd000)));
        case 4 -> out.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> out.append((char) (' ' + random.nextInt(0x5f)));
      }
    }
    return out.toString();
  }

  @Test
  void everyStringIsReadAsItWasWritten() {
    Random random = new Random(5);
    for (int i = 0; i < TIMES; i++) {
      String text = text(random);
      assertEquals(text, read(new JsonBytes(0).string(text)));
      assertEquals(text, read(new JsonBytes(0).text(text.getBytes(UTF_8))));
    }
  }

  @Test
  void bytesThatAreNoTextAreRepairedAsJavaDoes() {
    Random random = new Random(6);
    for (int i = 0; i < TIMES; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertEquals(new String(bytes, UTF_8), read(new JsonBytes(0).text(bytes)));
    }
  }

  @Test
  void halfASurrogatePairIsNoCharacter() {
    assertEquals("a\ufffdb", read(new JsonBytes(0).string("a\ud83db")));
    assertEquals("\ufffd", read(new JsonBytes(0).string("\ude00")));
    assertEquals("\ufffd\ud83d\ude00", read(new JsonBytes(0).string("\ud83d\ud83d\ude00")));
  }

  @Test
  void whatIsNotThereIsNull() {
    assertEquals("null", new String(new JsonBytes(0).string(null).whole(), UTF_8));
    JsonBytes object = new JsonBytes(0).raw("{\"a\":[]").member("b", null).raw("}");
    assertEquals("{\"a\":[],\"b\":null}", new String(object.whole(), UTF_8));
    assertEquals("[\"a\",\"b\"]", new String(new JsonBytes(1).strings(List.of("a", "b")).whole()));
  }
}
