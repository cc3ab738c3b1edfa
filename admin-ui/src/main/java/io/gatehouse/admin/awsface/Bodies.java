package io.gatehouse.admin.awsface;

import io.gatehouse.admin.operations.Turns;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.ApiError.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * How much of a body is read for which operation, and how many large ones at once: each is in
 * memory as a whole, because its signature covers all of it.
 */
final class Bodies {

  static final int LARGEST = 1024 * 1024;

  /** Of what nobody has signed. */
  private static final int LARGEST_UNSIGNED = 64 * 1024;

  static final int LARGEST_DOCUMENT = 6 * 1024 * 1024;

  /** The vendor's bound: 50 MB of archive in base64, and a little more. */
  static final int LARGEST_CODE = 70_167_211;

  private static final Set<String> CODE =
      Set.of("createFunction", "updateFunctionCode", "publishLayerVersion");

  private final Turns turns = new Turns("uploads of more than 6 MB", 1, 2);

  private static int most(Optional<OperationTable.Match> match) {
    if (match.isEmpty()) {
      return LARGEST;
    }
    OperationTable.Entry entry = match.get().entry();
    if (isCode(entry)) {
      return LARGEST_CODE;
    }
    return entry.takesRawBody() ? LARGEST_DOCUMENT : LARGEST;
  }

  private static boolean isCode(OperationTable.Entry entry) {
    return entry.service().equals("lambda") && CODE.contains(entry.method().getName());
  }

  /**
   * What has to be held while the request is served.
   *
   * @throws ApiError too many requests, while others upload
   */
  Turns.Turn take(Incoming in, String account, Optional<OperationTable.Match> match) {
    boolean large =
        match.filter(m -> isCode(m.entry())).isPresent()
            && in.header("Content-Length").filter(Bodies::isSmall).isEmpty();
    return large ? turns.take(account) : () -> {};
  }

  private static boolean isSmall(String length) {
    return length.length() < 10
        && length.matches("\\d+")
        && Integer.parseInt(length) <= LARGEST_DOCUMENT;
  }

  /** A body that comes from a stranger. */
  byte[] readSmall(Incoming in) throws IOException {
    byte[] body = in.body().read(LARGEST_UNSIGNED + 1);
    if (body.length > LARGEST_UNSIGNED) {
      throw ApiError.of(
          Kind.REQUEST_TOO_LARGE,
          "The request body is larger than the %d bytes that this operation takes"
              .formatted(LARGEST_UNSIGNED));
    }
    return body;
  }

  byte[] read(Incoming in, Optional<OperationTable.Match> match) throws IOException {
    int most = most(match);
    byte[] body = in.body().read(most + 1);
    if (body.length > most) {
      throw match
          .filter(m -> m.entry().service().equals("lambda"))
          .map(m -> tooLarge(m.entry().method().getName(), most))
          .orElseGet(
              () ->
                  ApiError.of(
                      Kind.REQUEST_TOO_LARGE,
                      "The request body is larger than the %d bytes that this operation takes"
                          .formatted(most)));
    }
    return body;
  }

  /** In Lambda's words. */
  private static ApiError tooLarge(String method, int most) {
    boolean invokes = method.equals("invoke");
    return ApiError.of(
        invokes ? Kind.PAYLOAD_TOO_LARGE : Kind.REQUEST_TOO_LARGE,
        "Request must be smaller than %d bytes for the %s operation"
            .formatted(
                most,
                invokes
                    ? "InvokeFunction"
                    : Character.toUpperCase(method.charAt(0)) + method.substring(1)));
  }
}
