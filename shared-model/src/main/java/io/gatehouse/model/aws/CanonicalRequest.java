package io.gatehouse.model.aws;

import java.util.List;

/** What of a request is signed, in its one spelling. */
final class CanonicalRequest {

  private static final int USUAL_BYTES = 1024;

  private CanonicalRequest() {}

  /**
   * @param payload hash of the body, or the word that stands for it
   */
  static ByteText of(HttpHead head, Signature signature, String payload) {
    Authorization authorization = signature.authorization();
    ByteText canonical = new ByteText(USUAL_BYTES);
    canonical.add(head.method()).add('\n');
    canonical.add(path(head.rawPath(), authorization.service())).add('\n');
    canonical
        .add(
            SignatureText.canonicalQuery(
                head.rawQuery(), signature.isPresigned() ? PresignedQuery.SIGNATURE : ""))
        .add('\n');
    for (String name : authorization.signedHeaders()) {
      canonical.add(name).add(':');
      values(canonical, head.values(name));
      canonical.add('\n');
    }
    canonical.add('\n');
    String before = "";
    for (String name : authorization.signedHeaders()) {
      canonical.add(before).add(name);
      before = ";";
    }
    return canonical.add('\n').add(payload);
  }

  private static String path(String rawPath, String service) {
    return service.equals(SigV4.S3)
        ? StrictEncoding.path(rawPath)
        : SignatureText.canonicalPath(rawPath);
  }

  private static void values(ByteText canonical, List<String> values) {
    if (values.isEmpty()) {
      // Else nobody would notice that an empty one has been taken away.
      throw SigV4.invalid(SigV4.MISMATCH);
    }
    for (int i = 0; i < values.size(); i++) {
      canonical.add(i == 0 ? "" : ",").addFolded(values.get(i));
    }
  }
}
