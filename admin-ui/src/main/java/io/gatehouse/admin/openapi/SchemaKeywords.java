package io.gatehouse.admin.openapi;

import java.util.Map;
import java.util.Set;

/** The keywords of JSON Schema draft 4, the language of models, and what stands below them. */
final class SchemaKeywords {

  /** What a keyword's value is made of. */
  enum Below {
    SCHEMAS_BY_NAME,
    LIST_OF_SCHEMAS,
    SCHEMA,
    NO_SCHEMA
  }

  /** Documents may not have every keyword; those go as extensions, {@code x-oneOf} and alike. */
  static final String AS_EXTENSION = "x-";

  private static final Map<String, Below> WITH_SCHEMAS =
      Map.ofEntries(
          Map.entry("properties", Below.SCHEMAS_BY_NAME),
          Map.entry("patternProperties", Below.SCHEMAS_BY_NAME),
          Map.entry("definitions", Below.SCHEMAS_BY_NAME),
          Map.entry("$defs", Below.SCHEMAS_BY_NAME),
          Map.entry("dependencies", Below.SCHEMAS_BY_NAME),
          Map.entry("allOf", Below.LIST_OF_SCHEMAS),
          Map.entry("anyOf", Below.LIST_OF_SCHEMAS),
          Map.entry("oneOf", Below.LIST_OF_SCHEMAS),
          Map.entry("items", Below.SCHEMA),
          Map.entry("additionalItems", Below.SCHEMA),
          Map.entry("additionalProperties", Below.SCHEMA),
          Map.entry("not", Below.SCHEMA));

  private static final Set<String> PLAIN =
      Set.of(
          "title",
          "description",
          "default",
          "format",
          "type",
          "enum",
          "required",
          "multipleOf",
          "maximum",
          "minimum",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxProperties",
          "minProperties");

  private SchemaKeywords() {}

  static Below below(String keyword) {
    return WITH_SCHEMAS.getOrDefault(keyword, Below.NO_SCHEMA);
  }

  static boolean known(String keyword) {
    return WITH_SCHEMAS.containsKey(keyword) || PLAIN.contains(keyword);
  }

  /** The keyword itself, or the one that it stands for as an extension. */
  static String plain(String keyword) {
    String rest =
        keyword.startsWith(AS_EXTENSION) ? keyword.substring(AS_EXTENSION.length()) : keyword;
    return known(rest) ? rest : keyword;
  }
}
