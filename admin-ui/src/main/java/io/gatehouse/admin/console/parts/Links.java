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

  /** The path of a screen within the console, each segment encoded where it must be. */
  public static String path(String... segments) {
    return Arrays.stream(segments).map(Links::encoded).collect(Collectors.joining("/"));
  }

  /** What a path may hold stays: screens are told their parameters as the address has them. */
  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2B", "+")
        .replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%3D", "=")
        .replace("%40", "@");
  }

  public static Anchor to(String label, String... segments) {
    return new Anchor(ROOT + path(segments), label);
  }
}
