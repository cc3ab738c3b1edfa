package io.gatehouse.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1.5",
        "\"\"",
        "\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\\u0001\"",
        "[]",
        "{}",
        "[1,[2,[]],{\"a\":{}}]",
        "{\"a\":1,\"b\":[true],\"\":null}",
        "\"\u00e9\u4e2d\ud83d\ude00\""
      })
  void whatIsReadIsWrittenAsItWas(String text) {
    assertEquals(text, Json.text(parse(text), budget()));
  }

  @Test
  void whiteSpaceBetweenValuesGoes() {
    assertEquals(
        "{\"a\":1,\"b\":[true]}",
        Json.text(parse(" {\n\t\"a\" : 1 ,\r\n\"b\" : [ true ] } \n"), budget()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nulls",
        "True",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123\"",
        "\"\\u\uff11234\"",
        "\"a\nb\"",
        "\"\\\n\"",
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "1 2",
        "[]]",
        "{}{}",
        "\ufeff1",
        "// x\n1",
        "\u00a01",
        "a"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThrows(InvalidJson.class, () -> parse(text));
  }

  @Test
  void aRefusalNamesThePlace() {
    InvalidJson refused = assertThrows(InvalidJson.class, () -> parse("{\"a\":1,}"));
    assertEquals("expected a name at character 7", refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, java.lang.Integer",
    "-0, java.lang.Integer",
    "2147483647, java.lang.Integer",
    "2147483648, java.lang.Long",
    "9223372036854775807, java.lang.Long",
    "-9223372036854775808, java.lang.Long",
    "9223372036854775808, java.math.BigInteger",
    "1.0, java.lang.Double",
    "1e3, java.lang.Double",
    "0.1, java.lang.Double",
    "1234567890.12345, java.lang.Double",
    "0.1234567890123456789, java.math.BigDecimal",
    "1e400, java.math.BigDecimal",
    "1e-400, java.math.BigDecimal",
  })
  void aNumberHasTheSmallestTypeThatHoldsIt(String text, String type) {
    assertEquals(type, parse(text).getClass().getName());
  }

  @Test
  void numbersKeepTheirValue() {
    assertEquals(new BigInteger("123456789012345678901"), parse("123456789012345678901"));
    assertEquals(new BigDecimal("0.1234567890123456789"), parse("0.1234567890123456789"));
    assertEquals(-1.5e-3, parse("-1.5E-3"));
    assertEquals(Long.MIN_VALUE, parse("-9223372036854775808"));
    assertEquals(0.0, parse("0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e99999999999999999999", "-1.5e2000"})
  void aNumberOutOfRangeIsRefused(String text) {
    assertThrows(InvalidJson.class, () -> parse(text));
  }

  @Test
  void aNumberOfVeryManyDigitsIsRefused() {
    assertThrows(InvalidJson.class, () -> parse("9".repeat(1001)));
    assertThrows(InvalidJson.class, () -> parse("0." + "9".repeat(1000)));
    parse("9".repeat(1000));
  }

  @Test
  void ofNamesGivenTwiceTheLastCounts() {
    assertEquals(Map.of("a", 2), parse("{\"a\":1,\"a\":2}"));
  }

  @Test
  void membersKeepTheirOrder() {
    assertEquals("[z, a, m]", ((Map<?, ?>) parse("{\"z\":1,\"a\":2,\"m\":3}")).keySet().toString());
  }

  @Test
  void depthIsBounded() {
    parse("[".repeat(513) + "]".repeat(513));
    assertThrows(InvalidJson.class, () -> parse("[".repeat(514) + "]".repeat(514)));
    assertThrows(InvalidJson.class, () -> parse("{\"a\":".repeat(100_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {statusCode: 200}|{"statusCode":200}
          {'a': 'b\\'c'}|{"a":"b'c"}
          {"a": [1, 2,],}|{"a":[1,2]}
          {a-b: 1, $c: 2, d_1: 3}|{"a-b":1,"$c":2,"d_1":3}
          {"a":1}|{"a":1}
          [ 'x' , "y" ]|["x","y"]
          """)
  void theLenientReaderForgives(String text, String strict) {
    assertEquals(strict, Json.text(Json.parseLenient(text, budget()), budget()));
    assertTrue(text.equals("{\"a\":1}") || isRefused(text), text);
  }

  private static boolean isRefused(String text) {
    try {
      parse(text);
      return false;
    } catch (InvalidJson e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{a}", "{a:b}", "{:1}", "[,]", "{,}", "{a:1", "'a", "a", "{a:1}}"})
  void theLenientReaderDoesNotForgiveAll(String text) {
    assertThrows(InvalidJson.class, () -> Json.parseLenient(text, budget()));
  }

  @Test
  void readingIsPaidForBeforeItIsDone() {
    Budget budget = Budget.of(10);
    assertThrows(BudgetExhausted.class, () -> Json.parse("\"01234567890\"", budget));
    Budget enough = budget();
    Json.parse("[1,2,3]", enough);
    assertTrue(enough.spent() >= 7, () -> enough.spent() + " steps");
  }

  @Test
  void writingIsPaidFor() {
    assertThrows(
        BudgetExhausted.class,
        () -> Json.write("x".repeat(100), new StringBuilder(), Budget.of(50)));
  }

  @Test
  void writingStopsAtItsBound() {
    StringBuilder out = new StringBuilder();
    InvalidJson refused =
        assertThrows(
            InvalidJson.class, () -> Json.write(List.of("x".repeat(100)), out, budget(), 50));
    assertTrue(refused.isTooLong());
    assertTrue(out.length() <= 50, () -> out.length() + " characters");
    Json.write("abc", new StringBuilder(), budget(), 5);
  }

  @Test
  void aValueThatHoldsItselfIsNotWritten() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    InvalidJson refused = assertThrows(InvalidJson.class, () -> Json.text(loop, budget()));
    assertFalse(refused.isTooLong());
  }

  @Test
  void whereItMattersNamesAreGivenOnce() {
    assertEquals(Map.of("a", 2), parse("{\"a\":1,\"a\":2}"));
    for (String twice :
        new String[] {
          "{\"a\":1,\"a\":1}",
          "{\"a\":null,\"a\":1}",
          "{\"a\":1,\"\\u0061\":2}",
          "[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]"
        }) {
      assertThrows(
          InvalidJson.class, () -> Json.parseUnambiguous(twice, budget(), Json.MAX_DEPTH), twice);
    }
    assertEquals(
        Map.of("a", Map.of("a", 1)),
        Json.parseUnambiguous("{\"a\":{\"a\":1}}", budget(), Json.MAX_DEPTH));
    assertEquals(List.of(List.of()), Json.parseUnambiguous("[[]]", budget(), 1));
    assertThrows(InvalidJson.class, () -> Json.parseUnambiguous("[[]]", budget(), 0));
  }

  @Test
  void anythingElseIsWrittenAsText() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(1, new StringBuilder("x"));
    map.put("n", Double.NaN);
    assertEquals("{\"1\":\"x\",\"n\":null}", Json.text(map, budget()));
    assertNull(parse("null"));
  }

  private static Object parse(String text) {
    return Json.parse(text, budget());
  }

  private static Budget budget() {
    return Budget.of(1_000_000);
  }
}
