package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gatehouse.runtime.exchange.Redaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairMaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          user=a&password=x%20y&b=1~user=a&password=*****&b=1
          http://h/p?X-Amz-Signature=abc&X-Amz-Date=1~http://h/p?X-Amz-Signature=*****&X-Amz-Date=1
          access_token=x~access_token=*****
          Token=x; other=y~Token=*****; other=y
          {"body":"user=a&password=x"}~{"body":"user=a&password=*****"}
          pass%77ord=x~pass%77ord=*****
          password=~password=*****
          """)
  void theValuesOfSecretNamesAreHidden(String text, String masked) {
    assertEquals(masked, PairMask.mask(text, Redaction.USUAL));
  }

  @Test
  void whatHidesNothingIsTheTextItself() {
    for (String text : new String[] {"", "=", "a=b&c=d", "mytoken=x", "100%=x", "%zz=1"}) {
      assertSame(text, PairMask.mask(text, Redaction.USUAL));
    }
  }
}
