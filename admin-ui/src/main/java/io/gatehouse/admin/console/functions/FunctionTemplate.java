package io.gatehouse.admin.console.functions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a new function may begin with: one file that answers an API's requests.
 *
 * @param file the name of the one file
 * @param handler in the runtime's form
 */
record FunctionTemplate(String label, String runtime, String file, String handler, String code) {

  static final FunctionTemplate NODE =
      new FunctionTemplate(
          "Node.js",
          "nodejs22.x",
          "index.js",
          "index.handler",
          """
          exports.handler = async (event) => {
            return {
              statusCode: 200,
              headers: { "Content-Type": "application/json" },
              body: JSON.stringify({ path: event.path, hello: "from a function" }),
            };
          };
          """);

  static final FunctionTemplate PYTHON =
      new FunctionTemplate(
          "Python",
          "python3.12",
          "app.py",
          "app.handler",
          """
          import json


          def handler(event, context):
              return {
                  "statusCode": 200,
                  "headers": {"Content-Type": "application/json"},
                  "body": json.dumps({"path": event.get("path"), "hello": "from a function"}),
              }
          """);

  /** The archive that holds the file with this text. */
  byte[] archive(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(file);
      // the same text is the same archive, and so no new version
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("a stream of memory does not break", e);
    }
    return bytes.toByteArray();
  }
}
