package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What {@code $input} stands for: the payload and the parameters of the method request. Nothing is
 * asked for before a template wants it, and nothing twice; the body is parsed once at most, however
 * many paths are read from it. Confined to the exchange's thread.
 */
public final class Input {

  private final Supplier<String> bodySource;
  private final Supplier<Map<String, String>> pathSource;
  private final Supplier<Map<String, String>> querystringSource;
  private final Supplier<Map<String, String>> headerSource;
  private String body;
  private boolean parsed;
  private Object json;
  private Map<String, String> path;
  private Map<String, String> querystring;
  private Map<String, String> header;

  /**
   * @param body as text; null counts as empty
   * @param path parameters by name
   * @param querystring parameters by name
   * @param header fields by name, as sent
   */
  public Input(
      Supplier<String> body,
      Supplier<Map<String, String>> path,
      Supplier<Map<String, String>> querystring,
      Supplier<Map<String, String>> header) {
    this.bodySource = body;
    this.pathSource = path;
    this.querystringSource = querystring;
    this.headerSource = header;
  }

  /** The raw body; an empty one is {@code {}} (recorded: data-plane-misc.json). */
  String body() {
    if (body == null) {
      String given = bodySource.get();
      body = given == null || given.isEmpty() ? "{}" : given;
    }
    return body;
  }

  /**
   * @throws InvalidJson when the body is none
   */
  Object json(Budget budget) {
    if (!parsed) {
      json = Json.parse(body(), budget);
      parsed = true;
    }
    return json;
  }

  Map<String, String> path() {
    if (path == null) {
      path = pathSource.get();
    }
    return path;
  }

  Map<String, String> querystring() {
    if (querystring == null) {
      querystring = querystringSource.get();
    }
    return querystring;
  }

  Map<String, String> header() {
    if (header == null) {
      header = headerSource.get();
    }
    return header;
  }

  /** Looked for in the path, then the query string, then the header; null for none. */
  String parameter(String name) {
    String found = path().get(name);
    if (found == null) {
      found = querystring().get(name);
    }
    return found == null ? header().get(name) : found;
  }
}
