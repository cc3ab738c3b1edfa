package io.gatehouse.model.aws;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose signature of Version 4 it is, and of what: as an {@code Authorization} header says it.
 *
 * @param date of the credential scope, as {@code 20261122}
 * @param service of the credential scope: tells the services behind one address apart
 */
public record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {

  private static final String PREFIX = SigV4.ALGORITHM + " ";

  /** What is said when one of its parts is missing. */
  private static final SortedMap<String, String> LACKS =
      new TreeMap<>(
          Map.of(
              "Credential", "Authorization header requires 'Credential' parameter.",
              "Signature", "Authorization header requires 'Signature' parameter.",
              "SignedHeaders", "Authorization header requires 'SignedHeaders' parameter."));

  private static final int LONGEST = 8192;
  private static final int MOST_HEADERS = 100;

  public Authorization {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /**
   * @param header the header's value
   * @throws ApiError of kind INCOMPLETE_SIGNATURE naming all that is missing
   */
  public static Authorization parse(String header) {
    String text = header.strip();
    if (text.length() > LONGEST || text.startsWith("AWS4-") && !(text + " ").startsWith(PREFIX)) {
      throw incomplete(
          "Unsupported authorization: the header must start with " + SigV4.ALGORITHM + ".");
    }
    if (!text.startsWith("AWS4-")) {
      throw incomplete(
          String.join(" ", LACKS.values())
              + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
              + " header.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : text.substring(SigV4.ALGORITHM.length()).split(",")) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && parts.put(pair[0], pair[1].strip()) != null) {
        throw incomplete("Authorization header holds '" + pair[0] + "' twice.");
      }
    }
    List<String> missing = new ArrayList<>(0);
    LACKS.forEach(
        (name, sentence) -> {
          if (parts.getOrDefault(name, "").isEmpty()) {
            missing.add(sentence);
          }
        });
    if (!missing.isEmpty()) {
      throw incomplete(String.join(" ", missing) + " Authorization=" + SigV4.ALGORITHM);
    }
    return of(parts.get("Credential"), parts.get("SignedHeaders"), parts.get("Signature"));
  }

  /**
   * @param credential as {@code AKIDEXAMPLE/20261122/us-east-1/execute-api/aws4_request}
   * @param signedHeaders with semicolons between
   */
  static Authorization of(String credential, String signedHeaders, String signature) {
    String[] scope = credential.split("/", -1);
    if (scope.length != 5) {
      throw incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'"
                  .formatted(SignatureText.shortened(credential)));
    }
    if (!scope[4].equals(SigV4.TERMINATOR)) {
      throw ApiError.of(
          ApiError.Kind.INVALID_SIGNATURE,
          "Credential should be scoped with a valid terminator: 'aws4_request', not '%s'."
              .formatted(SignatureText.shortened(scope[4])));
    }
    if (!isDate(scope[1])) {
      throw incomplete("Date in Credential scope must be YYYYMMDD.");
    }
    List<String> names = new ArrayList<>();
    for (String name : signedHeaders.split(";", MOST_HEADERS + 1)) {
      names.add(SignatureText.lowerCase(name.strip()));
    }
    if (names.size() > MOST_HEADERS) {
      throw incomplete("A signature covers at most " + MOST_HEADERS + " headers.");
    }
    return new Authorization(scope[0], scope[1], scope[2], scope[3], names, signature);
  }

  private static boolean isDate(String text) {
    return text.length() == 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  String scope() {
    return String.join("/", date, region, service, SigV4.TERMINATOR);
  }

  Authorization withSignature(String newSignature) {
    return new Authorization(accessKeyId, date, region, service, signedHeaders, newSignature);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            SigV4.ALGORITHM, accessKeyId, scope(), String.join(";", signedHeaders), signature);
  }

  private static ApiError incomplete(String message) {
    return ApiError.of(ApiError.Kind.INCOMPLETE_SIGNATURE, message);
  }
}
