package io.gatehouse.runtime.golden;

import io.gatehouse.model.aws.Authorization;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.aws.Signature;
import io.gatehouse.model.aws.SigningSecret;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a signed request differs each time, and whether its signature is right. */
final class SignatureMask {

  private static final Pattern SIGNATURE = Pattern.compile("Signature=[0-9a-f]{64}");
  private static final Pattern DAY = Pattern.compile("/20\\d{6}/");
  private static final Pattern TIMESTAMP = Pattern.compile("\\b20\\d{6}T\\d{6}Z\\b");

  private SignatureMask() {}

  /** The request with {@code <right>} or {@code <wrong>} in the place of its signature. */
  static HttpText masked(HttpText request, byte[] body, Map<String, String> secrets) {
    List<String> found = request.values("Authorization");
    if (found.size() != 1 || !found.getFirst().startsWith("AWS4-")) {
      return request;
    }
    String verdict = verdict(request, body, found.getFirst(), secrets);
    List<String> headers =
        request.headers().stream()
            .map(line -> SIGNATURE.matcher(line).replaceAll(Matcher.quoteReplacement(verdict)))
            .map(line -> DAY.matcher(line).replaceAll("/<day>/"))
            .map(line -> TIMESTAMP.matcher(line).replaceAll("<timestamp>"))
            .toList();
    return new HttpText(request.firstLine(), headers, request.body());
  }

  private static String verdict(
      HttpText request, byte[] body, String header, Map<String, String> secrets) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : request.headers()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    String[] words = request.firstLine().split(" ");
    String[] target = words[1].split("\\?", 2);
    String secret = secrets.get(Authorization.parse(header).accessKeyId());
    SigV4.Request signed =
        new SigV4.Request(words[0], target[0], target.length == 2 ? target[1] : "", headers, body);
    try {
      Signature signature = Signature.read(signed);
      signature.requireCurrent(Instant.now());
      SigV4.verify(signed, body, signature, new SigningSecret(secret == null ? "" : secret));
      return "Signature=<right>";
    } catch (ApiError wrong) {
      return "Signature=<wrong>";
    }
  }
}
