package io.gatehouse.model.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Model;

/** The two models that every API made by CreateRestApi is born with; imported APIs are not. */
public final class BuiltInModels {

  private static final String EMPTY =
      """
      {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title" : "Empty Schema",
        "type" : "object"
      }""";

  private static final String ERROR =
      """
      {
        "$schema" : "http://json-schema.org/draft-04/schema#",
        "title" : "Error Schema",
        "type" : "object",
        "properties" : {
          "message" : { "type" : "string" }
        }
      }""";

  private BuiltInModels() {}

  /** By name. */
  public static Map<String, Model> create(Supplier<String> ids) {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("Empty", model(ids, "Empty", "This is a default empty schema model", EMPTY));
    models.put("Error", model(ids, "Error", "This is a default error schema model", ERROR));
    return models;
  }

  private static Model model(Supplier<String> ids, String name, String description, String schema) {
    return Model.builder()
        .id(ids.get())
        .name(name)
        .description(description)
        .schema(schema)
        .contentType("application/json")
        .build();
  }
}
