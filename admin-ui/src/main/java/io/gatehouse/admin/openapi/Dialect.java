package io.gatehouse.admin.openapi;

import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** The two families of documents, which keep the same things in different places. */
public enum Dialect {
  SWAGGER_2("swagger"),
  OPENAPI_3("oas30");

  private final String exportType;

  Dialect(String exportType) {
    this.exportType = exportType;
  }

  /**
   * @param exportType as the protocol names it: {@code swagger} or {@code oas30}
   * @throws ApiError bad request, when there is no such type
   */
  public static Dialect exported(String exportType) {
    for (Dialect dialect : values()) {
      if (dialect.exportType.equals(exportType)) {
        return dialect;
      }
    }
    throw ApiError.badRequest("No API exporter for type '" + exportType + "'");
  }

  /** As the protocol names it. */
  public String exportType() {
    return exportType;
  }

  /**
   * @throws ApiError when the document names neither version, or one that is not known
   */
  static Dialect of(JsonObject document) {
    String swagger = version(document, "swagger");
    String openapi = version(document, "openapi");
    if (swagger.equals("2.0") && openapi.isEmpty()) {
      return SWAGGER_2;
    }
    if (openapi.matches("3\\.[01](\\.[0-9]{1,3})?") && swagger.isEmpty()) {
      return OPENAPI_3;
    }
    throw DocumentParser.invalid(
        "The member swagger must be \"2.0\" or the member openapi \"3.0.x\" or \"3.1.x\""
            + found(swagger.isEmpty() ? openapi : swagger));
  }

  /** JSON pointer of the map of schemas. */
  String schemas() {
    return this == SWAGGER_2 ? "/definitions" : "/components/schemas";
  }

  private static String found(String version) {
    return version.isEmpty() ? "" : ", not \"" + TreeBuilder.abbreviated(version) + "\"";
  }

  private static String version(JsonObject document, String member) {
    JsonValue value = document.get(member);
    if (value == null) {
      return "";
    }
    return value instanceof JsonString text ? text.getString() : value.toString();
  }
}
