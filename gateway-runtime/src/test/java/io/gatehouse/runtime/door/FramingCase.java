package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file of {@code framing/}: bytes that a caller sends, and what must become of them.
 *
 * <p>The lines before {@code ---} are {@code # why}, {@code reason: REASON} for a case that is
 * refused, {@code backend: METHOD PATH BODY} for each request that a backend must see, and {@code
 * differs: nginx|haproxy why} where another proxy sees it otherwise. After it come the bytes: line
 * ends of the file are left out, {@code \r \n \t \s \0 \xHH \\} stand for bytes, {@code \{9*abc}}
 * repeats, {@code $AT} is where the API is.
 */
record FramingCase(
    String name, Reason reason, List<String> backend, Map<String, String> differs, byte[] bytes) {

  static final String AT = "/_aws/execute-api/abc123/dev";

  boolean refused() {
    return reason != null;
  }

  static List<FramingCase> all() {
    URL folder = FramingCase.class.getResource("/framing");
    try (var files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(FramingCase::read).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FramingCase read(Path file) {
    try {
      return parse(file.getFileName().toString().replace(".http", ""), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FramingCase parse(String name, String text) {
    int cut = text.indexOf("---\n");
    Reason reason = null;
    List<String> backend = new ArrayList<>();
    Map<String, String> differs = new TreeMap<>();
    for (String line : text.substring(0, cut).split("\n")) {
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "#" -> {}
        case "reason:" -> reason = Reason.valueOf(rest);
        case "backend:" -> backend.add(latin(unescape(rest)));
        case "differs:" -> differs.put(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
        default -> throw new IllegalArgumentException(name + ": " + line);
      }
    }
    String raw = text.substring(cut + 4).replace("\n", "").replace("$AT", AT);
    return new FramingCase(name, reason, backend, differs, unescape(raw));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] unescape(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char kind = text.charAt(at++);
      switch (kind) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 's' -> out.append(' ');
        case '0' -> out.append('\0');
        case '\\' -> out.append('\\');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(at, at + 2), 16));
          at += 2;
        }
        case '{' -> {
          int star = text.indexOf('*', at);
          int end = text.indexOf('}', at);
          String again = latin(unescape(text.substring(star + 1, end)));
          out.append(again.repeat(Integer.parseInt(text.substring(at, star))));
          at = end + 1;
        }
        default -> throw new IllegalArgumentException("no escape: \\" + kind);
      }
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
