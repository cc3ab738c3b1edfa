package io.gatehouse.runtime.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One {@code .exchange} file. Above the first {@code ----} it says in words what it shows, and
 * which recording says so. Then come its sections, each under {@code ---- name}:
 *
 * <ul>
 *   <li>{@code api}: what is deployed, see {@link CaseApi}.
 *   <li>{@code request}: what the caller sends, see {@link HttpText}.
 *   <li>{@code backend}: what the backend must have received, or {@code none} when it must not have
 *       been called. May be left out.
 *   <li>{@code function}: what the function must have been called with: kind and ARN, {@code
 *       Invoker}, {@code Qualifier} and {@code Timeout} in the manner of headers, and the payload.
 *   <li>{@code asked}: what the function {@code auth}, an authorizer's, must have been called with,
 *       in the same form; {@code none} when it must not have been called. May be left out.
 *   <li>{@code authorizer}: what Invoke answers for that function, where it is not the {@code
 *       answer}.
 *   <li>{@code answer}: what the backend answers, or what Invoke answers for the function, where
 *       {@code Log: line} is a line that the function writes; {@code hang} or {@code drop} when it
 *       does not. May be left out.
 *   <li>{@code response}: what the caller must get.
 *   <li>{@code reason}: the code of the refusal; left out where there must be none.
 *   <li>{@code detail}: what exactly was wrong, for the API's author. May be left out.
 * </ul>
 *
 * <p>Of the messages that are compared, first line and body must be the same, and of the headers
 * those that the file names: {@code Name: value} a line for each value, {@code Name: *} for any,
 * {@code ! Name} for one that must not be there, and {@code ! *} when there must be no others. A
 * body {@code @any} is not compared. What differs each time is masked: {@code <trace>}, {@code
 * <uuid>}, {@code <time>}, {@code <epoch>}, {@code <latency>}.
 *
 * <p>{@code {{100*x}}} stands for a hundred times {@code x}. {@code <api>} is the API's id, {@code
 * <backend>} the backend's host and port, {@code <token NAME>} one of the API's tokens, and {@code
 * <keys>} the keys that they are signed with, published. A request has a Host and asks for the
 * connection to be closed unless it says otherwise; {@code ! Host} takes the Host away.
 */
record ExchangeCase(Path file, String words, Map<String, String> sections) {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final String MARK = "---- ";

  /** All the files of a folder and of the folders in it, in order. */
  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".exchange")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static ExchangeCase read(Path file) throws IOException {
    String[] parts = ("\n" + Files.readString(file, UTF_8)).split("\n" + MARK, -1);
    Map<String, String> sections = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      String name = parts[i].substring(0, end < 0 ? parts[i].length() : end).strip();
      String content = end < 0 ? "" : parts[i].substring(end + 1).stripTrailing();
      if (sections.put(name, content) != null) {
        throw new IllegalArgumentException(file + " has two sections " + name);
      }
    }
    return new ExchangeCase(file, parts[0].strip() + "\n", sections);
  }

  /** Below the folder of all cases. */
  String name() {
    return FOLDER.relativize(file).toString();
  }

  String section(String name) {
    String content = sections.get(name);
    if (content == null) {
      throw new IllegalArgumentException(file + " has no section " + name);
    }
    return content;
  }

  boolean has(String name) {
    return sections.containsKey(name);
  }

  /** Writes the file with other sections. */
  void rewrite(Map<String, String> changed) throws IOException {
    String text =
        words
            + changed.entrySet().stream()
                .map(section -> MARK + section.getKey() + "\n" + section.getValue() + "\n")
                .collect(Collectors.joining());
    Files.writeString(file, text, UTF_8);
  }
}
