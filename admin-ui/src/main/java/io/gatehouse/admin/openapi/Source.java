package io.gatehouse.admin.openapi;

import io.gatehouse.model.definition.ApiDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all readers of one import share.
 *
 * @param former the API that the document is put over, or a bare new one; things that keep their
 *     name keep their id
 * @param documented what the document tells readers becomes documentation parts
 */
record Source(
    Node root,
    Dialect dialect,
    Report report,
    Supplier<String> ids,
    ApiDefinition former,
    boolean documented) {

  static final String EXTENSION = "x-amazon-apigateway-";
  static final String EXAMPLES = "Examples are no part of an API here";

  String apiId() {
    return former.restApi().id();
  }

  /** Members that {@link DocumentationReader} reads, for the report. */
  void documentation(Node node, String... names) {
    if (documented) {
      node.convert("Became documentation", names);
    } else {
      node.ignore("Documentation is not imported, as the import asks for", names);
    }
  }

  /** The former thing's id, or a new one. */
  <T> String id(Map<String, T> former, String key, Function<T, String> id) {
    return Optional.ofNullable(former.get(key)).map(id).orElseGet(ids);
  }
}
