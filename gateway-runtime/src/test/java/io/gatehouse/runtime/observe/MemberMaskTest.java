package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gatehouse.runtime.exchange.Redaction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberMaskTest {

  private static final Redaction REDACTION = Redaction.with(List.of("iban"), List.of("iban"));

  private static String mask(String text) {
    return MemberMask.mask(text, REDACTION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"password":"x","b":2}~{"a":1,"password":"*****","b":2}
          {"Password" : "x\\"y" }~{"Password" : "*****" }
          {"IBAN":[1,{"a":"]"}],"b":2}~{"IBAN":"*****","b":2}
          {"iban":12345,"b":2}~{"iban":"*****","b":2}
          {"iban":null}~{"iban":"*****"}
          {"iban":{"a":{"b":"}"}}}~{"iban":"*****"}
          {"pass\\u0077ord":"x"}~{"pass\\u0077ord":"*****"}
          [{"token":"x"},{"token":"y"}]~[{"token":"*****"},{"token":"*****"}]
          {"headers":{"authorization":"x","Cookie":["a","b"]}}~{"headers":{"authorization":"*****","Cookie":"*****"}}
          {"password":"cut~{"password":"*****"
          {"password":{"a":"cut~{"password":"*****"
          {"password":~{"password":"*****"
          {"a":"password","b":"c"}~{"a":"password","b":"c"}
          {"body":"{\\"password\\":\\"x\\",\\"n\\":1}"}~{"body":"{\\"password\\":\\"*****\\",\\"n\\":1}"}
          {"body":"{\\"password\\":\\"cut~{"body":"{\\"password\\":\\"*****\\"
          {"body":"{\\u0022password\\u0022:\\u0022x\\u0022}"}~{"body":"{\\"password\\":\\"*****\\"}"}
          told {"password":"x"} so~told {"password":"*****"} so
          """)
  void theValuesOfSecretMembersAreHidden(String text, String masked) {
    assertEquals(masked, mask(text));
  }

  @Test
  void jsonInJsonInJsonIsLookedInto() {
    String text = "{\"password\":\"hunter2\"}";
    for (int depth = 0; depth < 8; depth++) {
      text = "{\"body\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
      assertFalse(mask(text).contains("hunter2"), text);
    }
  }

  @Test
  void whatHidesNothingIsTheTextItself() {
    for (String text : List.of("", "plain", "{\"a\":\"b\\\"c\"}", "\"", "\"\\", "{\"a\":")) {
      assertSame(text, mask(text));
    }
  }

  @Test
  void noTextIsTooMuchForIt() {
    Random random = new Random(7);
    char[] alphabet = "\"\\:{}[],pu0 \n".toCharArray();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{\"password\":");
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append(alphabet[random.nextInt(alphabet.length)]);
      }
      mask(text.toString());
    }
    mask("\"" + "\\".repeat(100_000) + "\"");
    mask("\\\"".repeat(100_000));
    mask("{\"password\":" + "[".repeat(100_000));
  }
}
