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
 */
record Source(
    Node root, Dialect dialect, Report report, Supplier<String> ids, ApiDefinition former) {

  static final String EXTENSION = "x-amazon-apigateway-";
  static final String DOCUMENTATION = "Documentation is not imported";

  String apiId() {
    return former.restApi().id();
  }

  /** The former thing's id, or a new one. */
  <T> String id(Map<String, T> former, String key, Function<T, String> id) {
    return Optional.ofNullable(former.get(key)).map(id).orElseGet(ids);
  }
}
