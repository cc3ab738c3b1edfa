package io.gatehouse.admin.openapi;

import jakarta.json.JsonObject;

/** A document that could be parsed and names a known version; all else is still to be judged. */
public final class OpenApiDocument {

  private final JsonObject json;
  private final Dialect dialect;

  private OpenApiDocument(JsonObject json, Dialect dialect) {
    this.json = json;
    this.dialect = dialect;
  }

  /**
   * @throws io.gatehouse.model.wire.ApiError bad request, {@code Invalid OpenAPI input.}, with a
   *     detail that tells what is wrong and where
   */
  public static OpenApiDocument parse(byte[] bytes) {
    JsonObject json = DocumentParser.parse(bytes);
    return new OpenApiDocument(json, Dialect.of(json));
  }

  JsonObject json() {
    return json;
  }

  Dialect dialect() {
    return dialect;
  }
}
