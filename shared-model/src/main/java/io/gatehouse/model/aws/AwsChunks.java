package io.gatehouse.model.aws;

import static io.gatehouse.model.aws.SignatureText.lowerCase;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * A body in the coding {@code aws-chunked}: chunks whose signatures hang together from the
 * request's own on, and perhaps a trailer. Imitates the pages "Signature calculations for the
 * Authorization header: transferring payload in multiple chunks" and "... with trailing headers".
 */
final class AwsChunks {

  private static final String EMPTY_HASH = SignatureText.hex(SignatureText.sha256(new byte[0]));
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";
  private static final String CHUNK_SIGNATURE = ";chunk-signature=";
  private static final int LONGEST_LINE = 4096;

  /** Of a signed chunk, as the vendor asks for; only the last may be smaller. */
  private static final int SMALLEST_CHUNK = 8192;

  private final byte[] coded;
  private final Signature signature;
  private final SecretKey key;
  private final byte[] decoded;
  private int at;
  private int length;
  private boolean small;
  private String previous;

  private AwsChunks(byte[] coded, Signature signature, SecretKey key, int length) {
    this.coded = coded;
    this.signature = signature;
    this.key = key;
    this.decoded = new byte[length];
    this.previous = signature.authorization().signature();
  }

  /**
   * The content itself.
   *
   * @throws ApiError of kind INVALID_SIGNATURE when a chunk is not what was signed, or is missing
   */
  static byte[] decode(HttpHead head, byte[] coded, Signature signature, SecretKey key) {
    int length = decodedLength(head.values("x-amz-decoded-content-length"), coded.length);
    AwsChunks chunks = new AwsChunks(coded, signature, key, length);
    chunks.readChunks();
    chunks.readTrailer(head.values("x-amz-trailer"));
    if (chunks.at != coded.length || chunks.length != length) {
      throw malformed();
    }
    return chunks.decoded;
  }

  private static int decodedLength(List<String> values, int most) {
    String text = values.size() == 1 ? values.getFirst().strip() : "";
    long length = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && length >= 0 && length <= most; i++) {
      int digit = text.charAt(i) - '0';
      length = digit < 0 || digit > 9 ? -1 : length * 10 + digit;
    }
    if (length < 0 || length > most) {
      throw SigV4.invalid(
          "The 'x-amz-decoded-content-length' header does not tell the length of the content.");
    }
    return (int) length;
  }

  private void readChunks() {
    int size;
    do {
      String line = line();
      int semicolon = line.indexOf(';');
      size = size(semicolon < 0 ? line : line.substring(0, semicolon));
      if (size > coded.length - at || size > decoded.length - length) {
        throw malformed();
      }
      if (signature.payload().hasSignedChunks()) {
        requireSigned(line, semicolon, size);
      } else if (semicolon >= 0) {
        throw malformed();
      }
      System.arraycopy(coded, at, decoded, length, size);
      at += size;
      length += size;
      if (size > 0) {
        end();
      }
    } while (size > 0);
  }

  private void requireSigned(String line, int semicolon, int size) {
    if (semicolon < 0 || !line.startsWith(CHUNK_SIGNATURE, semicolon)) {
      throw malformed();
    }
    if (small && size > 0) {
      throw SigV4.invalid(
          "Only the last chunk is allowed to have a size less than " + SMALLEST_CHUNK + " bytes");
    }
    small = size < SMALLEST_CHUNK;
    ByteText toSign = toSign("-PAYLOAD").add(EMPTY_HASH).add('\n');
    toSign.addHex(SignatureText.sha256(coded, at, size));
    require(toSign, line.substring(semicolon + CHUNK_SIGNATURE.length()));
  }

  private ByteText toSign(String what) {
    return new ByteText(512)
        .add(SigV4.ALGORITHM)
        .add(what)
        .add('\n')
        .add(signature.timestamp())
        .add('\n')
        .add(signature.authorization().scope())
        .add('\n')
        .add(previous)
        .add('\n');
  }

  private void require(ByteText toSign, String given) {
    String expected = SignatureText.hex(toSign.hmac(key));
    SigV4.requireSame(expected, given);
    previous = expected;
  }

  /** Exactly the headers that were announced, and a signature where chunks have one. */
  private void readTrailer(List<String> announced) {
    Set<String> missing = new HashSet<>();
    if (signature.payload().hasTrailer()) {
      announced.forEach(
          names -> List.of(names.split(",")).forEach(n -> missing.add(lowerCase(n.strip()))));
    }
    ByteText trailer = new ByteText(256);
    String given = "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : lowerCase(line.substring(0, colon));
      if (name.equals(TRAILER_SIGNATURE) && given.isEmpty()) {
        given = line.substring(colon + 1).strip();
      } else if (given.isEmpty() && missing.remove(name)) {
        trailer.add(name).add(':').addFolded(line.substring(colon + 1)).add('\n');
      } else {
        throw malformed();
      }
    }
    if (!missing.isEmpty()
        || !given.isEmpty() && signature.payload() != Payload.SIGNED_CHUNKS_AND_TRAILER) {
      throw malformed();
    }
    if (signature.payload() == Payload.SIGNED_CHUNKS_AND_TRAILER) {
      require(toSign("-TRAILER").addHex(trailer.sha256()), given);
    }
  }

  private static int size(String hex) {
    if (hex.isEmpty() || hex.length() > 7) {
      throw malformed();
    }
    int size = 0;
    for (int i = 0; i < hex.length(); i++) {
      int digit = Character.digit(hex.charAt(i), 16);
      if (digit < 0) {
        throw malformed();
      }
      size = size << 4 | digit;
    }
    return size;
  }

  private String line() {
    int most = Math.min(coded.length, at + LONGEST_LINE);
    for (int i = at; i + 1 < most; i++) {
      if (coded[i] == '\r' && coded[i + 1] == '\n') {
        String line = new String(coded, at, i - at, StandardCharsets.ISO_8859_1);
        at = i + 2;
        return line;
      }
    }
    throw malformed();
  }

  private void end() {
    if (coded.length - at < 2 || coded[at] != '\r' || coded[at + 1] != '\n') {
      throw malformed();
    }
    at += 2;
  }

  private static ApiError malformed() {
    return SigV4.invalid("The body is not in the coding aws-chunked that its headers announce.");
  }
}
