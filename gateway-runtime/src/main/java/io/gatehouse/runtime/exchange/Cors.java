package io.gatehouse.runtime.exchange;

import java.util.List;
import java.util.Set;

/**
 * The headers that let pages of other origins call a resource. Lists are joined once, when the
 * stage is compiled; only the origin is looked at for each request.
 */
public final class Cors {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final boolean anyOrigin;
  private final Set<String> origins;
  private final String methods;
  private final String headers;
  private final String exposed;
  private final String maxAge;
  private final boolean credentials;

  /**
   * @param origins that may call; {@code *} for any
   * @param methods of a preflight's answer
   * @param headers that requests may have; empty for those that a preflight asks for
   * @param maxAgeSeconds how long a browser may remember a preflight; -1 to leave it to the browser
   */
  public Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      int maxAgeSeconds,
      boolean credentials) {
    this.anyOrigin = origins.contains("*");
    this.origins = Set.copyOf(origins);
    this.methods = String.join(",", methods);
    this.headers = String.join(",", headers);
    this.exposed = String.join(",", exposed);
    this.maxAge = maxAgeSeconds < 0 ? "" : Integer.toString(maxAgeSeconds);
    this.credentials = credentials;
  }

  /** Adds the headers of any answer, in the place of a backend's own. */
  public void allow(Request request, HeaderList out) {
    String origin = request.headers().first("Origin");
    if (!anyOrigin) {
      // Also where the origin is not allowed: what a cache keeps must not serve another's page.
      out.add("Vary", "Origin");
    }
    out.remove(ALLOW_ORIGIN);
    out.remove("Access-Control-Allow-Credentials");
    if (anyOrigin) {
      out.add(ALLOW_ORIGIN, "*");
    } else if (origin != null && origins.contains(origin)) {
      out.add(ALLOW_ORIGIN, origin);
    } else {
      return;
    }
    if (credentials) {
      out.add("Access-Control-Allow-Credentials", "true");
    }
    if (!exposed.isEmpty()) {
      out.set("Access-Control-Expose-Headers", exposed);
    }
  }

  /** Adds what a preflight asks for, besides the headers of any answer. */
  public void preflight(Request request, HeaderList out) {
    allow(out, "Access-Control-Allow-Methods", methods, request, "Access-Control-Request-Method");
    allow(out, "Access-Control-Allow-Headers", headers, request, "Access-Control-Request-Headers");
    if (!maxAge.isEmpty()) {
      out.add("Access-Control-Max-Age", maxAge);
    }
  }

  /** Where anything may be sent, what is asked for: browsers take a {@code *} at its word then. */
  private void allow(HeaderList out, String name, String listed, Request request, String askedIn) {
    String asked = request.headers().first(askedIn);
    boolean anything = listed.isEmpty() || (listed.equals("*") && credentials);
    String allowed = anything && asked != null ? asked : listed;
    if (!allowed.isEmpty()) {
      out.add(name, allowed);
    }
  }
}
