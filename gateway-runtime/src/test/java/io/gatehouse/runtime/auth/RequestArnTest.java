package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path has one spelling where policies are asked about it. */
class RequestArnTest {

  @ParameterizedTest
  @CsvSource({
    "/pets/1, /pets/1",
    "/%61dmin, /admin",
    "/%41%7a%30%2d%2E%5f%7E, /Az0-._~",
    "/a%3ab, /a:b",
    "/a%2fb, /a%2Fb",
    "/a/b/, /a/b",
    "/, /",
    "/caf%c3%a9, /caf%C3%A9",
    "/a%20b, /a%20b",
    "/a+b, /a+b",
    "/*, /%2A",
    "/%2a, /%2A",
    "/a%3Fb, /a%3Fb",
    "/${aws:x}, /$%7Baws:x%7D",
    "/100%, /100%25",
    "/%zz, /%25zz",
    "/%2, /%252",
    "/%25%36%31, /%2561",
    "/a%00b, /a%00b"
  })
  void aPathHasOneSpelling(String raw, String spelt) {
    assertEquals(spelt, RequestArn.path(raw));
  }

  @ParameterizedTest
  @CsvSource({"/pets/1", "/a%2Fb", "/caf%C3%A9", "/%25zz", "/%2A", "/$%7Baws:x%7D"})
  void whatIsSpeltSoStaysSo(String spelt) {
    assertEquals(spelt, RequestArn.path(spelt));
  }

  @Test
  void theEmptyPathIsItself() {
    assertEquals("", RequestArn.path(""));
  }
}
