package io.gatehouse.admin.operations;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gatehouse.model.wire.ApiError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The API keys of a file in the vendor's "API key file format": comma-separated values with a head
 * line, its columns in any order and spelling of case, unknown ones ignored. Imitates the page of
 * that name.
 */
record KeyFile(List<Line> lines) {

  private static final int MOST_LINES = 10_000;

  /**
   * One key.
   *
   * @param number of the line in the file, from 1
   * @param enabled true where the file says nothing
   */
  record Line(
      long number,
      String name,
      String key,
      String description,
      boolean enabled,
      List<String> planIds) {}

  /**
   * @throws ApiError bad request, when the file is no CSV, has no columns Name and Key or too many
   *     lines
   */
  static KeyFile parse(byte[] utf8) {
    String text = text(utf8);
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
      return read(records);
    } catch (CsvParseException e) {
      throw ApiError.badRequest("The file of API keys is not valid CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot fail to be read", e);
    }
  }

  private static String text(byte[] utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw ApiError.badRequest("The file of API keys is not valid UTF-8");
    }
    if (text.indexOf('\0') >= 0) {
      throw ApiError.badRequest("The file of API keys must not contain the character U+0000");
    }
    return text;
  }

  private static KeyFile read(CsvReader<CsvRecord> records) {
    Optional<Map<String, Integer>> columns = Optional.empty();
    List<Line> lines = new ArrayList<>();
    for (CsvRecord record : records) {
      if (columns.isEmpty()) {
        columns = Optional.of(columns(record));
      } else {
        lines.add(line(columns.get(), record));
        if (lines.size() > MOST_LINES) {
          throw ApiError.badRequest("A file of API keys can have at most " + MOST_LINES + " lines");
        }
      }
    }
    if (columns.isEmpty()) {
      throw noColumns();
    }
    return new KeyFile(List.copyOf(lines));
  }

  private static Map<String, Integer> columns(CsvRecord head) {
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = head.getFields();
    for (int i = 0; i < names.size(); i++) {
      columns.putIfAbsent(names.get(i).strip().toLowerCase(Locale.ROOT), i);
    }
    if (!columns.containsKey("name") || !columns.containsKey("key")) {
      throw noColumns();
    }
    return columns;
  }

  private static ApiError noColumns() {
    return ApiError.badRequest("The file of API keys must contain the columns Name and Key");
  }

  private static Line line(Map<String, Integer> columns, CsvRecord record) {
    List<String> fields = singleQuotesRead(record.getFields());
    return new Line(
        record.getStartingLineNumber(),
        field(columns, fields, "name"),
        field(columns, fields, "key"),
        field(columns, fields, "description"),
        !field(columns, fields, "enabled").equalsIgnoreCase("false"),
        Arrays.stream(field(columns, fields, "usageplanids").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList());
  }

  private static String field(Map<String, Integer> columns, List<String> fields, String name) {
    int column = columns.getOrDefault(name, fields.size());
    return column < fields.size() ? fields.get(column).strip() : "";
  }

  /** The vendor takes single quotes for a list of plans too, which RFC 4180 does not know. */
  private static List<String> singleQuotesRead(List<String> fields) {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      int end = fields.get(i).startsWith("'") ? closing(fields, i) : -1;
      if (end < 0) {
        read.add(fields.get(i));
      } else {
        String quoted = String.join(",", fields.subList(i, end + 1));
        read.add(quoted.substring(1, quoted.length() - 1));
        i = end;
      }
    }
    return read;
  }

  private static int closing(List<String> fields, int from) {
    for (int i = from; i < fields.size(); i++) {
      if (fields.get(i).endsWith("'") && (i > from || fields.get(i).length() > 1)) {
        return i;
      }
    }
    return -1;
  }
}
