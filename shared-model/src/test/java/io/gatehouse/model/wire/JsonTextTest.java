package io.gatehouse.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers write instead of JSON is their mistake, and never an error of ours. */
class JsonTextTest {

  private static final String DIGITS = "1".repeat(2000);

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1E+99999999999", "digits", "0.digits", "[digits]"})
  void aNumberThatIsTooLongOrTooLargeIsNoJson(String number) {
    byte[] text =
        ("{\"n\":" + number.replace("digits", DIGITS) + "}").getBytes(StandardCharsets.UTF_8);
    ApiError error = assertThrows(ApiError.class, () -> JsonText.object(text));
    assertEquals(ApiError.Kind.SERIALIZATION, error.kind());
  }
}
