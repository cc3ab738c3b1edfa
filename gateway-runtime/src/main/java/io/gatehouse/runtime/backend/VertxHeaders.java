package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.BiConsumer;

/** Received header fields, seen through our own type. */
public record VertxHeaders(MultiMap fields) implements Headers {

  @Override
  public String first(String name) {
    return fields.get(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> field) {
    fields.forEach(field);
  }
}
