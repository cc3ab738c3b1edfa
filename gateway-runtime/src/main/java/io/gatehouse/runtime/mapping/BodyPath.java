package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.json.InvalidPath;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.json.JsonPath;
import java.util.Optional;

/** A value out of a JSON body, as {@code method.request.body.user.name}. */
record BodyPath(JsonPath path) implements ParameterSource {

  static Optional<ParameterSource> compile(String text) {
    try {
      return Optional.of(new BodyPath(JsonPath.compile(text)));
    } catch (InvalidPath e) {
      return Optional.empty();
    }
  }

  /** Texts as they are, everything else as JSON. */
  @Override
  public String value(Exchange x, Content content) {
    Object value = path.read(content.json(), x.budget());
    if (value == null || value instanceof String) {
      return (String) value;
    }
    StringBuilder out = new StringBuilder();
    Json.write(value, out, x.budget());
    return out.toString();
  }

  @Override
  public boolean wantsBody() {
    return true;
  }
}
