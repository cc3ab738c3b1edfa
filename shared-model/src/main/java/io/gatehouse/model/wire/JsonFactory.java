package io.gatehouse.model.wire;

import jakarta.json.spi.JsonProvider;

/**
 * The JSON provider, looked up once. The methods of {@code jakarta.json.Json} look it up by the
 * service loader for every single value, which costs a thousand times what making the value does.
 */
public final class JsonFactory {

  public static final JsonProvider JSON = JsonProvider.provider();

  private JsonFactory() {}
}
