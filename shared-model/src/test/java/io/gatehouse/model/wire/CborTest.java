package io.gatehouse.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;

class CborTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static String read(String hex) {
    return CborInput.object(hex(hex)).toString();
  }

  private static void refused(String hex) {
    ApiError e = assertThrows(ApiError.class, () -> read(hex), hex);
    assertEquals(ApiError.Kind.SERIALIZATION, e.kind());
  }

  /** Values of appendix A of RFC 8949. */
  @Test
  void valuesAreReadAsTheStandardHasThem() {
    assertEquals("{}", CborInput.object(new byte[0]).toString());
    assertEquals("{\"a\":1,\"b\":[2,3]}", read("a2 6161 01 6162 82 02 03"));
    assertEquals("{\"a\":1,\"b\":[2,3]}", read("bf 6161 01 6162 9f 02 03 ff ff"));
    assertEquals(
        "{\"n\":[23,24,1000,1000000,-1,-500]}",
        read("a1 616e 86 17 1818 1903e8 1a000f4240 20 3901f3"));
    assertEquals(
        "{\"n\":[1.5,1.1,100000.0]}", read("a1 616e 83 f93e00 fb3ff199999999999a fa47c35000"));
    assertEquals("{\"n\":[false,true,null]}", read("a1 616e 83 f4 f5 f6"));
    assertEquals("{\"t\":1363896240.5}", read("a1 6174 c1 fb41d452d9ec200000"));
    assertEquals("{\"s\":\"streaming\"}", read("a1 6173 7f 657374726561 646d696e67 ff"));
    assertEquals("{\"s\":\"ü水\"}", read("a1 6173 65 c3bc e6b0b4"));
  }

  @Test
  void whatIsNoObjectIsRefused() {
    refused("01");
    refused("80");
    refused("a0 00");
    refused("a1 6161");
    refused("a1 01 02");
    refused("a2 6161 01 6161 02");
    refused("a1 6161 41 00");
    refused("a1 6161 fb7ff0000000000000");
    refused("a1 6161 1bffffffffffffffff");
    refused("a1 6161 62 c328");
    refused("a1 6161 7f 01 ff");
    refused("a1 6161 9bffffffffffffff00");
    refused("a1 6161 9b7fffffffffffffff");
    refused("a1 6161 1c");
    refused("a1 6161" + "81".repeat(100_000));
    refused("a1 6161" + "c1".repeat(100_000));
  }

  @Test
  void randomBytesAreRefusedAndNothingElseHappens() {
    Random random = new Random(3);
    byte[] good = CborOutput.of(Map.of("a", "b", "c", "d"));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(30)] : good.clone();
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      } else {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        CborInput.object(bytes);
      } catch (ApiError e) {
        assertEquals(ApiError.Kind.SERIALIZATION, e.kind(), Arrays.toString(bytes));
      }
    }
  }

  @Test
  void aShapeComesBackAsItWasWritten() {
    Stage stage =
        Stage.builder()
            .stageName("prüf".repeat(80))
            .cacheClusterEnabled(true)
            .variables(Map.of("a", "b"))
            .canarySettings(c -> c.percentTraffic(12.5))
            .createdDate(Instant.ofEpochMilli(1_780_315_200_250L))
            .build();
    assertEquals(stage, Wire.read(CborInput.object(CborOutput.of(stage)), Stage.builder()));
    ThrottleSettings throttle =
        ThrottleSettings.builder().burstLimit(70_000).rateLimit(-1.0).build();
    assertEquals(
        throttle, Wire.read(CborInput.object(CborOutput.of(throttle)), ThrottleSettings.builder()));
    assertTrue(CborOutput.of(ThrottleSettings.builder().build()).length == 1);
  }
}
