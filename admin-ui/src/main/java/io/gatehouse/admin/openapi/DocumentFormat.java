package io.gatehouse.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import java.util.Locale;

/** How a document is written down. */
public enum DocumentFormat {
  JSON,
  YAML;

  /**
   * @param accept the header, null or empty when it was not sent
   * @throws ApiError bad request, when neither JSON nor YAML is accepted
   */
  public static DocumentFormat accepted(String accept) {
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    for (String range : accept.split(",")) {
      switch (range.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT)) {
        case "application/json", "application/*", "*/*" -> {
          return JSON;
        }
        case "application/yaml" -> {
          return YAML;
        }
        default -> {}
      }
    }
    throw ApiError.badRequest(
        "Invalid Accept header. Valid options are application/json, application/yaml");
  }

  /** What files of this format end in, without the dot. */
  public String fileType() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As UTF-8 text. */
  public byte[] bytes(JsonObject document) {
    return (this == JSON ? JsonText.pretty(document) : YamlWriter.write(document)).getBytes(UTF_8);
  }
}
