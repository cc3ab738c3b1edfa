package io.gatehouse.model.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The coding itself, where no chunk is signed: what a right signature lets a caller send. */
class AwsChunksTest {

  private static String decoded(String body, String length) {
    byte[] coded = body.replace("|", "\r\n").replace("_", "").getBytes(StandardCharsets.ISO_8859_1);
    SigV4.Request head =
        new SigV4.Request(
            "PUT",
            "/",
            "",
            Map.of(
                "x-amz-decoded-content-length", List.of(length),
                "x-amz-trailer", List.of("x-amz-checksum-crc32")),
            coded);
    Signature signature =
        Signature.of(
            new Authorization("A", "20261122", "r", "s", List.of("host"), "0"),
            "20261122T120000Z",
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of("STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
    return new String(
        AwsChunks.decode(head, coded, signature, new SigningSecret("x").key("d", "r", "s")),
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void chunksOfAnySizeAreJoined() {
    assertEquals("abcde", decoded("3|abc|2|de|0|x-amz-checksum-crc32:AAAA==||", "5"));
    assertEquals("", decoded("0|x-amz-checksum-crc32:AAAA==||", "0"));
  }

  @ParameterizedTest
  @CsvSource({
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==||, 2",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==||, 4",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==||, 3x",
    "3_|abc_|0||, 3",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==|, 3",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==||x, 3",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==|x-amz-checksum-crc32:AAAA==||, 3",
    "3_|abc_|0|x-other:AAAA==||, 3",
    "3_|abc_|0|x-amz-checksum-crc32:AAAA==|x-amz-trailer-signature:0||, 3",
    "3;chunk-signature=0|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "4_|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "2_|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "fffffff|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "ffffffff|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "_|abc_|0|x-amz-checksum-crc32:AAAA==||, 3",
    "3_|abc_|, 3",
    "3_|abc, 3",
  })
  void whatIsNotWellFormedIsRefused(String body, String length) {
    assertEquals(
        ApiError.Kind.INVALID_SIGNATURE,
        assertThrows(ApiError.class, () -> decoded(body, length)).kind());
  }
}
