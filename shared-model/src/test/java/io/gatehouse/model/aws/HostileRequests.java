package io.gatehouse.model.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Draws requests out of whatever signers might see differently. */
final class HostileRequests {

  private static final int[] AWKWARD =
      "abzAZ09-._~!*'()+,;:@$=/?&#[]{}|\\^`\"<> %üß€\t\u00e9\u0301日😀%2F%2f%25%zz..;;"
          .codePoints()
          .toArray();

  private final Random random;

  HostileRequests(Random random) {
    this.random = random;
  }

  /** Names and values. */
  record Parameters(List<String[]> pairs) {
    void forEach(BiConsumer<String, String> parameter) {
      pairs.forEach(pair -> parameter.accept(pair[0], pair[1]));
    }
  }

  String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.appendCodePoint(AWKWARD[random.nextInt(AWKWARD.length)]);
    }
    return text.toString();
  }

  byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Without dot segments, which no request line may have.
   *
   * @param encoding of a segment
   */
  String path(UnaryOperator<String> encoding) {
    StringBuilder path = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      path.append('/');
      switch (random.nextInt(8)) {
        case 0 -> {} // an empty one
        case 1 -> path.append("a:b@c!$&'()*+,;=~"); // allowed as it is
        case 2 -> path.append(".x");
        default -> path.append('s').append(encoding.apply(text(8)));
      }
    }
    return path.append(random.nextInt(4) == 0 ? "/" : "").toString();
  }

  Parameters parameters() {
    List<String[]> pairs = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      pairs.add(new String[] {"p" + text(6), text(8)});
      pairs.add(new String[] {random.nextBoolean() ? "same" : "Same", text(4)});
    }
    return new Parameters(pairs);
  }

  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.put("X-Custom-" + i, List.of("  v " + i + "   " + ascii(), ascii()));
    }
    if (random.nextBoolean()) {
      headers.put("x-amz-meta-" + random.nextInt(9), List.of(ascii() + "\t" + ascii()));
    }
    return headers;
  }

  /** What may stand in a header. */
  String ascii() {
    return text(8).replaceAll("[^ -~]", "");
  }
}
