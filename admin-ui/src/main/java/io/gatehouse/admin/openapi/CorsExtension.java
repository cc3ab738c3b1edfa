package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.definition.Cors;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * CORS settings in documents: the extension that the vendor's HTTP APIs have at the top level, here
 * also on a path.
 */
final class CorsExtension {

  static final String NAME = EXTENSION + "cors";

  private CorsExtension() {}

  /**
   * @param owner the document, or a path of it
   * @throws io.gatehouse.model.wire.ApiError bad request, when the settings cannot be
   */
  static Optional<Cors> read(Node owner, Report report) {
    return owner
        .object(NAME)
        .map(
            node -> {
              Cors cors =
                  new Cors(
                      node.texts("allowOrigins"),
                      node.texts("allowMethods"),
                      node.texts("allowHeaders"),
                      node.texts("exposeHeaders"),
                      node.number("maxAge"),
                      node.flag("allowCredentials").orElse(false));
              node.finish();
              report.kept(node.pointer(), "CORS");
              return cors;
            });
  }

  static JsonObject write(Cors cors) {
    return new ObjectWriter()
        .texts("allowOrigins", cors.allowOrigins())
        .texts("allowMethods", cors.allowMethods())
        .texts("allowHeaders", cors.allowHeaders())
        .texts("exposeHeaders", cors.exposeHeaders())
        .number("maxAge", cors.maxAge().orElse(null))
        .add("allowCredentials", cors.allowCredentials())
        .done();
  }
}
