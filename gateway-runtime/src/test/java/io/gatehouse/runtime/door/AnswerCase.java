package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of {@code answers/}: bytes that a backend answers with, and what must become of them.
 *
 * <p>The lines before {@code ---} are {@code # why}; {@code status: 502}, what the caller gets;
 * {@code reason: REASON}, left out where the answer is served; {@code detail: words} that the
 * reason's detail has; {@code body: text}, what the caller gets of a body; {@code type: HTTP} for
 * an integration that gathers, HTTP_PROXY else; {@code method: HEAD}, GET else; {@code then: close}
 * where the backend hangs up behind its bytes, else it waits; {@code connection: kept} where the
 * connection may carry more requests, else none ever; {@code asked: 2} where the request is sent
 * that often. After it come the bytes as in {@link FramingCase}.
 */
record AnswerCase(String name, Map<String, String> lines, byte[] bytes) {

  static List<AnswerCase> all() {
    URL folder = AnswerCase.class.getResource("/answers");
    try (var files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(AnswerCase::read).toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AnswerCase read(Path file) {
    try {
      String text = Files.readString(file);
      int cut = text.indexOf("---\n");
      Map<String, String> lines = new HashMap<>();
      for (String line : text.substring(0, cut).split("\n")) {
        int space = line.indexOf(' ');
        lines.put(line.substring(0, space).replace(":", ""), line.substring(space + 1));
      }
      String name = file.getFileName().toString().replace(".http", "");
      return new AnswerCase(
          name, lines, FramingCase.unescape(text.substring(cut + 4).replace("\n", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String line(String name, String otherwise) {
    return lines.getOrDefault(name, otherwise);
  }

  Reason reason() {
    return lines.containsKey("reason") ? Reason.valueOf(lines.get("reason")) : null;
  }
}
