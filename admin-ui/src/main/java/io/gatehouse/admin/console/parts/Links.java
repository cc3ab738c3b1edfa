package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Anchor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Addresses of screens. */
public final class Links {

  /** Where the console lies on its server. */
  public static final String ROOT = "/console/";

  private Links() {}

  /** The path of a screen within the console, each segment encoded. */
  public static String path(String... segments) {
    return Arrays.stream(segments)
        .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  public static Anchor to(String label, String... segments) {
    return new Anchor(ROOT + path(segments), label);
  }
}
